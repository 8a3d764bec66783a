"""Makes sentences of praise, of complaint and of neither, about many things, from parts: what the polarity learns from.

Written for this purpose; nothing in here comes from a data set, and nothing from the examples or golden cases of the
skill packs, on which the result is measured.
"""

import random

from models.training.polarity_phrases import PHRASES

PRAISE, COMPLAINT, NEITHER = 0, 1, 2

_THINGS = """film movie novel book album concert restaurant meal hotel room service support team app update phone laptop
headset chair jacket course teacher lesson doctor clinic nurse delivery parcel flight airline train game episode series
performance script story plot acting soundtrack coffee pizza staff manager website checkout product battery screen
camera contract lawyer bank branch agent repair workshop garage museum tour guide presentation meeting report article
exhibition""".split()
_ADJECTIVES = (
    """excellent wonderful superb brilliant delightful charming gripping moving funny witty clever fresh beautiful
    gorgeous delicious friendly helpful kind patient attentive reliable fast quick smooth comfortable spotless generous
    honest fair professional outstanding remarkable impressive flawless perfect great good fantastic amazing lovely
    enjoyable engaging thoughtful original inventive touching warm absorbing rewarding satisfying polished sturdy
    practical intuitive clear thorough prompt courteous heartfelt dazzling riveting hilarious masterful inspired
    captivating compelling refreshing magnificent""".split(),
    """terrible awful horrible dreadful boring tedious dull bland stale rude unhelpful slow late broken faulty useless
    worthless flimsy cheap overpriced disappointing poor bad mediocre sloppy careless confusing messy dirty filthy noisy
    cold greasy inedible predictable shallow pretentious lifeless clumsy annoying irritating frustrating painful
    pointless incoherent ridiculous laughable forgettable uninspired amateurish dishonest unfair unprofessional
    insulting unacceptable shoddy buggy unreliable unusable tasteless soulless muddled tiresome contrived humourless
    incompetent appalling""".split(),
)
_SENTENCES = (
    """I loved the {t}.|I really enjoyed the {t}.|The {t} exceeded my expectations.|I would recommend the {t} to anyone.
    |The {t} made my day.|I cannot praise the {t} enough.|The {t} was worth every penny.|The {t} won me over.
    |I was pleasantly surprised by the {t}.|The {t} works like a charm.|Thank you for the {t}, I am very happy.
    |The {t} is a joy from start to finish.|The best {t} in years.|I will come back for the {t}.|A triumph of a {t}.
    |The {t} kept me smiling.|We are delighted with the {t}.|The {t} solved my problem at once.
    |The {t} never disappoints.|I have no complaints about the {t}.|Nothing to fault in the {t}.
    |The {t} could hardly be better.|You will not regret the {t}.|I have rarely been so pleased with a {t}.""",
    """I hated the {t}.|The {t} was a waste of time.|The {t} was a waste of money.|I regret the {t}.|Avoid the {t}.
    |I would not recommend the {t}.|The {t} fell short of what was promised.|The {t} let me down.
    |I want my money back for the {t}.|The {t} does not work.|The {t} stopped working after a week.
    |I expected more from the {t}.|The {t} ruined my evening.|The {t} tries hard and fails.|The worst {t} in years.
    |Never again this {t}.|I am fed up with the {t}.|The {t} left me angry.|The {t} lacks any heart.
    |The {t} falls apart quickly.|I walked out of the {t}.|Nobody cared about the {t} and it shows.|The {t} is a mess.
    |I have never been so disappointed by a {t}.|It is hard to find anything good in the {t}.|Save yourself the {t}.""",
    """The {t} starts at nine.|The {t} is on the second floor.|I received the {t} on Monday.|The {t} comes in two sizes.
    |Please send me the {t}.|When does the {t} open?|The {t} has four parts.|The {t} was moved to Thursday.
    |The {t} is made in Portugal.|I would like to know more about the {t}.|The {t} was used last week.
    |We discussed the {t} yesterday.|The {t} costs twenty euros.|The {t} replaces the old one.|They announced a new {t}.
    |Attached is the list for the {t}.|The {t} does what it says.|The {t} is as expected.|The {t} is average.
    |The {t} is okay, nothing special.|The {t} has good and bad sides.|The {t} was neither good nor bad.""",
)
_PLAIN_FACTS = 16
"""So many of the neither-sentences say no more than a fact; the others weigh."""
_PARTS = tuple([part.strip() for part in sentences.split("|")] for sentences in _SENTENCES)
_INTENSIFIERS = ["", "very ", "really ", "so ", "truly ", "quite ", "extremely "]
_DIRECT = [
    "The {t} was {i}{a}.", "What {an} {t}!", "{a} {t}.", "The {t} is {a} and {b}.", "I found the {t} {i}{a}.", "{a}",
    "The {t} was {a}, and the {u} was {b} too.", "{i}{a} {t}, {b} {u}", "This {t} is {i}{a}.", "{i}{a} and {b}",
]  # fmt: skip
_NEGATED = [
    "The {t} was not {o} at all.", "The {t} is anything but {o}.", "Far from {o}, this {t}.", "The {t} is never {o}.",
    "I expected the {t} to be {o}, but it was {a}.",
]  # fmt: skip
_WEIGHED = [
    "The {t} was {o}, but overall it was {a}.", "Despite the {o} {u}, the {t} is {a}.",
    "The {u} looked {o}; in the end the {t} was {a}.",
]  # fmt: skip


def sentences(count: int, seed: int = 1) -> list[tuple[str, int]]:
    """Up to ``count`` different (sentence, class) pairs; the same for the same seed."""
    rng = random.Random(seed)
    found = {phrase: kind for kind, phrases in enumerate(PHRASES) for phrase in phrases}
    for _ in range(count):
        kind = rng.choice((PRAISE, PRAISE, COMPLAINT, COMPLAINT, NEITHER))
        found[_sentence(kind, rng)] = kind
    for _ in range(count // 5):
        kind = rng.choice((PRAISE, COMPLAINT, NEITHER))
        found[_with_phrase(kind, rng)] = kind
    return list(found.items())


def _with_phrase(kind: int, rng: random.Random) -> str:
    phrase, other = rng.sample(PHRASES[kind], 2)
    thing = rng.choice(_THINGS)
    company = rng.choice((other, rng.choice(_PARTS[NEITHER][:_PLAIN_FACTS]), rng.choice(_PARTS[kind]))).format(t=thing)
    return f"{company} {phrase}"


def _sentence(kind: int, rng: random.Random) -> str:
    thing, other = rng.choice(_THINGS), rng.choice(_THINGS)
    draw = rng.random()
    if kind == NEITHER:
        sentence = rng.choice(_PARTS[NEITHER]).format(t=thing)
        return f"{sentence} {rng.choice(_PARTS[NEITHER]).format(t=other)}" if draw < 0.3 else sentence
    if draw < 0.25:
        return rng.choice(_PARTS[kind]).format(t=thing)
    if draw < 0.35:
        return (
            f"{rng.choice(_PARTS[NEITHER][:_PLAIN_FACTS]).format(t=other)} {rng.choice(_PARTS[kind]).format(t=thing)}"
        )
    frames = _DIRECT if draw < 0.75 else _NEGATED if draw < 0.88 else _WEIGHED
    adjective = rng.choice(_ADJECTIVES[kind])
    words = {
        "t": thing, "u": other, "a": adjective, "b": rng.choice(_ADJECTIVES[kind]), "i": rng.choice(_INTENSIFIERS),
        "o": rng.choice(_ADJECTIVES[1 - kind]), "an": ("an " if adjective[0] in "aeiou" else "a ") + adjective,
    }  # fmt: skip
    return rng.choice(frames).format(**words)
