"""Postal addresses of many countries after a label, in a sentence and alone."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()

FORMS = [
    "69060 Torres Fort, New Susanberg, TN 94347",
    "4 Privet Drive, Little Whinging, GU21 4QT",
    "Studio 06v, Lewis Circles, Port Bernardville, M4 2LF",
    "Stretto Cilea, 9, 87043, Bisignano (CS)",
    "aleja Zdrojowa 03, 64-907 Wałcz",
    "Am Alten Markt 7a, 50667 Köln",
    "chemin Guy Mendès, 35342 Lesage-sur-Mer",
    "Paseo de Leandra Navarrete 148 Piso 5, Soria, 49825",
    "Veerlesteeg 2, 1593 XS Hengelo",
    "Rua Pinho, 73, 6413-287 Alcácer do Sal",
    "H.No. 12, Sodhi Nagar, Saharanpur-600113",
    "Vejlandsgade 27, 2748 Trustrup",
    "18 Rosewood Close, Port Ann, TAS 2635",
    "200 Sanchez Crossing, Alexandertown, NS X3C 3J5",
]
FRAMES = ["Address: {}", "She has lived at {} since May.", "Ship to: {}\nItems: 2", "Anschrift: {}", "We moved to {}."]


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("frame", FRAMES)
def test_most_of_an_address_after_words_for_one_is_found(frame: str, address: str) -> None:
    text = frame.format(address)
    start = text.index(address)
    covered = {
        place
        for finding in ANALYZER.scan(text).findings
        if finding.entity == "ADDRESS"
        for place in range(max(finding.start, start), min(finding.end, start + len(address)))
    }
    assert len(covered) >= 0.7 * len(address)


ALONE = [
    "12 Harrow Lane\nOxford\nOX2 6GG",
    "8 Larkspur Court, Apt 4\nPortland, OR 97205",
    "Ralf-Pechel-Ring 90\n08764 Staffelstein",
    "12 bis, rue des Lilas\n69003 Lyon",
    "Piazza Mantegazza, 36\n70013, Castellana Grotte",
]


@pytest.mark.parametrize("address", ALONE)
def test_an_address_on_lines_of_its_own_is_found(address: str) -> None:
    text = f"To whom it may concern\n\n{address}\n\nre: your letter"
    found = [text[f.start : f.end] for f in ANALYZER.scan(text).findings if f.entity == "ADDRESS"]
    assert found == [address]


NONE = [
    "The IP address: 203.0.113.7 answered. E-mail address: jane@example.org",
    "Address: see above. We live in hope; they moved to Version 12.",
    "In 2024, 15000 Visitors came to Berlin and 20000 Fans to Leipzig.",
    "He lives in London and moved to Leeds in 2019.",
    "Please address the 3 points below. They ship to 40 countries.",
    "Table 4, 12345 Rows; Figure 12, 4711 Samples. On May 12, 15000 People marched.",
    "Memory address: 0x7ffee4bff5c8",
    "The office is based in Paris and the fund is registered in Delaware.",
    "The M4 motorway, the A1 and the B2 2ND edition",
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_resembles_an_address_is_not_one(text: str) -> None:
    assert [text[f.start : f.end] for f in ANALYZER.scan(text).findings if f.entity == "ADDRESS"] == []
