"""The shipped model in the scan: it reads names, gives the same after edits as anew, and ends when asked."""

import threading

from models.pii.analyzer import Analyzer
from models.pii.incremental import IncrementalAnalyzer
from models.pii.registry import default_analyzer, default_recognizers
from models.pii.tagger.labels import ENTITIES
from models.pii.tagger.session import load
from models.pii.tagger.tagger import Tagger

LETTER = (
    "Hello,\n\nmy neighbour Wilhelmina Okonkwo was diagnosed with type 2 diabetes last spring and cannot come.\n"
    "Please write to her at 12 Linden Road, Northbridge.\n\nOkonkwo will call you.\n"
)
FILLER = "The plan for the next quarter holds, and the report goes to print on Friday.\n"


def test_the_model_names_a_threshold_for_every_entity() -> None:
    assert set(load().thresholds) == set(ENTITIES)


def test_a_name_and_what_is_said_of_a_person_are_found_in_prose() -> None:
    scan = default_analyzer().scan(LETTER)
    assert scan.complete
    found = {(finding.entity, LETTER[finding.start : finding.end]) for finding in scan.findings}
    assert ("PERSON", "Wilhelmina Okonkwo") in found
    assert ("PERSON", "Okonkwo") in found
    assert any(entity == "HEALTH" and "diabetes" in value for entity, value in found)


def test_plain_prose_is_clear() -> None:
    assert default_analyzer().scan(FILLER * 20).verdict == "clear"


def test_after_edits_the_model_reads_what_it_reads_anew() -> None:
    analyzer = Analyzer(default_recognizers(), tagger=Tagger())
    incremental = IncrementalAnalyzer(analyzer)
    text = (FILLER * 6 + LETTER) * 3
    incremental.scan(text)
    for place, inserted in ((10, "Ngozi "), (len(text) // 2, "\n\n"), (len(text), "Regards\nAna Diaz\n")):
        text = text[:place] + inserted + text[place:]
        again = incremental.scan(text)
        assert again == Analyzer(default_recognizers(), tagger=Tagger()).scan(text)


def test_the_model_stops_between_two_windows() -> None:
    looks = 0

    def is_over() -> bool:
        nonlocal looks
        looks += 1
        return looks > 2

    tagger = Tagger(threads=1)
    assert tagger.read("".join(f"{index}. {FILLER}" for index in range(60)), is_over) is None
    assert looks > 3
    assert len(tagger._known) == 2


def test_a_cancelled_scan_is_not_complete() -> None:
    cancel = threading.Event()
    cancel.set()
    scan = default_analyzer().scan(LETTER, cancel)
    assert "model" in scan.failures


def test_threads_may_share_a_model() -> None:
    tagger = Tagger()
    alone = Tagger().read(LETTER)
    readings = []
    threads = [threading.Thread(target=lambda: readings.append(tagger.read(LETTER))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert alone is not None
    assert [reading.predictions for reading in readings if reading] == [alone.predictions] * 4
