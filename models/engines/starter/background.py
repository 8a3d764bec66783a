"""Texts of many kinds that belong to no task in particular: what a classifier is shown as "none of the labels".

Written for this purpose. A task leaves out those that are like its own examples (see ``domain.py``), so a pack about
recipes is not told that recipes are none of its business.
"""


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.strip().splitlines())


FILLER = _lines(
    """
    Dear Sir or Madam,
    Good morning to everybody.
    I hope that this finds you well.
    With kind regards and best wishes, Peter Holm
    Please excuse my handwriting, I am no longer used to it.
    I am writing to you from the train, so this will be short.
    First of all I want to introduce myself.
    As you may remember, we met last autumn at a friend's house.
    I shall come to the point in a moment.
    Let me begin at the beginning.
    You can reach me at home in the evenings.
    My number and address are at the foot of this page.
    Looking forward to your reply.
    That is all for now, take care.
    We have known each other for a long time.
    Sent from my phone
    Page 3 of 12
    See above. As mentioned before, and as everybody knows.
    """
)
GENERAL = _lines(
    """
    Peel the onions, fry them in butter until golden and add a glass of stock.
    Whisk the egg whites until stiff, fold in the sugar and bake for forty minutes.
    Soak the beans overnight and cook them with bay leaf and garlic.
    The moon rose over the hills, and the dog slept by the fire.
    She opened the letter slowly, as if the paper might burn her fingers.
    Once upon a time there was a miller who had three sons and a cat.
    Shall I compare the evening to a river that forgets its source?
    The knight rode for seven days through the forest and met nobody.
    A light wind from the west, some clouds, eleven degrees in the afternoon.
    Tomorrow dry and mostly sunny, with frost in the valleys at dawn.
    The battle began at sunrise and was over before noon.
    The town was founded by monks in the twelfth century and burnt down twice.
    Under Queen Anne the two kingdoms were joined by an act of parliament.
    The mitochondrion releases the energy that the cell needs.
    Water boils at a lower temperature on a high mountain because the air is thinner.
    The sum of the angles of a triangle is two right angles.
    Let f be a continuous function on a closed interval; then it has a maximum.
    The robin lays four to six eggs in a nest of moss and leaves.
    Elephants can hear sounds that are far too low for us.
    The glacier has carved a broad valley with steep sides.
    The second movement is slow and in a minor key, with a solo for the oboe.
    The painter laid the colours on thickly and left the corners bare.
    Knit two, purl two, and turn the work at the end of the row.
    Sow the carrots in March, a finger deep, and thin them out in May.
    Prune the roses after the last frost, just above a bud that points outwards.
    White moves the knight and threatens both rooks.
    Each player draws seven cards and may swap one of them.
    The home side scored early and then defended with ten men.
    He ran the marathon in under three hours, in the rain.
    Inhale, raise both arms, and hold the pose for five breaths.
    Sagittarius: today the stars favour new friendships, beware of haste.
    In the beginning was silence, and the silence was without end.
    Blessed are the patient, for they shall find rest.
    Two men walk into a bar, and the third one ducks.
    What has four legs in the morning and two at noon?
    We walked along the beach for hours and picked up shells.
    My grandmother kept bees and could tell their mood by the hum.
    Our neighbours have got a new puppy, it is black with white paws.
    I dreamt that I could fly, but only as high as the roofs.
    Yesterday we saw a film about a lighthouse keeper.
    The children built a castle of sand, with a moat and three towers.
    Turn left at the church and follow the river as far as the mill.
    The train stops at every village and takes two hours to the coast.
    The museum is closed on Mondays; admission is free for children.
    Bonjour means good day, and merci means thank you.
    The word comes from Latin and once meant a small stone.
    A noun names a thing, a verb says what it does.
    Freedom, says the philosopher, is the insight into necessity.
    Whereof one has no knowledge one had better ask.
    The senator spoke for an hour about the harvest and the roads.
    Gold was found in the river, and within a year ten thousand had come.
    The star is forty light years away and has two planets.
    The volcano threw ash into the sky for nine days.
    Two cups of flour, one of sugar, a pinch of salt, three eggs.
    The suit of hearts is trumps, and the dealer begins.
    Happy birthday, and may all your wishes come true!
    la la la, na na na, hey hey hey
    What is the capital of Mongolia?
    How many legs does a spider have?
    Tell me a story about a dragon.
    Who wrote the play about the prince of Denmark?
    Blue, green, yellow, seven, nine, table, cloud.
    monday tuesday wednesday thursday friday
    """
)
UNREADABLE = _lines(
    """
    Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.
    Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip.
    dfgh jkl wert yuiop vbnm
    xkcd qwpo zmxn alsk djfh
    aaaa bbbb cccc dddd
    blah blah blah blah
    foo bar baz qux
    test test 123 test
    abc def ghi jkl mno
    hjkdsf oiuwer nmxcv, sdkfj wer.
    0 1 1 2 3 5 8 13 21 34 55 89 144
    4f3a 9c1d 00ff be7e 1a2b c0de
    ??? !!! ... --- ***
    8472-3391-00 / 55.1 / 7 x 12
    def main(): return [x * 2 for x in range(10) if x % 3]
    for (int i = 0; i < n; i++) { total += values[i]; }
    import os, sys; print(os.environ.get("HOME", ""))
    SELECT name, count(*) FROM orders WHERE total > 100 GROUP BY name;
    const button = document.querySelector("#go"); button.onclick = () => alert(1);
    public static void main(String[] args) { System.out.println("x"); }
    if [ -f config ]; then source config; fi; echo $PATH | grep bin
    <div class="row"><p id="x">text</p></div>
    {"id": 7, "items": [1, 2, 3], "ok": true, "next": null}
    Traceback (most recent call last): File "a.py", line 3, in <module>
    \\begin{equation} x^2 + y^2 = z^2 \\end{equation}
    GET /index.html HTTP/1.1 200 512 "-" "Mozilla/5.0"
    Der Hund läuft über die Wiese und bellt die Kühe an.
    Am Abend saßen wir lange am See und sprachen über früher.
    Le petit garçon mange une pomme dans le jardin de sa tante.
    Il était une fois un roi qui vivait seul dans son château.
    El gato duerme sobre la mesa mientras llueve en la calle.
    Nel mezzo del mercato c'era una fontana con quattro leoni.
    O menino correu pela praia até ao farol.
    Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae.
    Solen skinner over byen, og børnene leger i parken.
    Pociąg odjeżdża o ósmej z peronu trzeciego.
    日本語の文章をここに書きます。
    Это просто предложение на другом языке.
    هذه جملة قصيرة بلغة أخرى
    """
)
BACKGROUND = (*FILLER, *GENERAL, *UNREADABLE)
