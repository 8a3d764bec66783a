"""User names that are no part of a person's name: those of forums, games, networks and offices."""

import random

from models.training.pii_corpus.addresses import digits

_FIRST = (
    "night moon tiger silent lazy crazy little real the old happy salty frozen pixel lunar velvet rusty iron golden "
    "sneaky grumpy tired electric honest quiet lost secret wild sour sleepy cosmic paper neon midnight ginger"
)
_SECOND = (
    "owl wolf fox rider baker mum dad runner gamer knitter fisher dreamer hiker badger otter panda koala viking pirate "
    "wizard ninja ghost raven sparrow trucker nurse teacher gardener biker drummer coder potato pickle waffle teapot"
)
_OFFICE = ("u%#####", "x####", "usr_%####", "@@%####", "ext.%###", "p%######", "svc-%##", "D%#####", "t-%####")


def made_up_handle(_language: str, rng: random.Random) -> str:
    """A user name of words and digits, or the code that an office gives out."""
    first, second = rng.choice(_FIRST.split()), rng.choice(_SECOND.split())
    number = str(rng.choice((rng.randint(2, 99), rng.randint(1955, 2012), rng.randint(100, 9999))))
    camel = f"{first.capitalize()}{second.capitalize()}"
    return rng.choice(
        (
            f"{first}{second}{number}", f"{first}_{second}", f"{first}_{second}_{number}", f"{camel}{number}",
            f"xX_{second}_Xx", f"{first}.{second}", f"{first}-{second}-{number}", f"its{first}{second}",
            f"_{second}{number}_", f"{camel}", f"{second}{number}", f"{first[0]}{second}{number}",
            f"not_{first}_{second}", f"{second}of{number}", f"{first}{second}".translate(str.maketrans("aeio", "4310")),
            digits(rng.choice(_OFFICE), rng), digits(rng.choice(_OFFICE), rng).lower(),
        )
    )  # fmt: skip
