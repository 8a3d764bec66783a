"""Health in the shorthand of clinical notes."""

import time

import pytest

from models.pii.recognizers.clinical_note import ClinicalNoteRecognizer

RECOGNIZER = ClinicalNoteRecognizer()


def found(text: str) -> list[str]:
    findings = sorted(RECOGNIZER.find(text))
    assert {finding.entity for finding in findings} <= {"HEALTH"}
    return [text[f.start : f.end] for f in findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Admitted overnight, h/o gallstones and gout.", "gallstones and gout"),
        ("58M w/ PMH of HTN, seen today", "HTN, seen today"),
        ("PMH: eczema; lives alone", "eczema"),
        ("Pt c/o dizziness. Obs stable.", "dizziness"),
        ("s/p hip replacement", "hip replacement"),
        ("Dx: shingles", "shingles"),
        ("Mrs Adair, dob 1.2.1950\nPast medical history: angina\n", "angina"),
        ("Frau Kern, geb. 1.2.1950\nDiagnose: Asthma bronchiale\n", "Asthma bronchiale"),
        ("34F with COPD, on oxygen", "COPD"),
        ("Bloods sent. HTN, CKD, sleeping well.", "HTN"),
        ("She was diagnosed with coeliac disease.", "coeliac disease"),
        ("My brother suffers from vertigo.", "vertigo"),
        ("He is allergic to latex.", "latex"),
        ("She has PTSD from the crash.", "PTSD"),
        ("Continue metformin 500 mg bd", "metformin 500 mg"),
    ],
)
def test_shorthand_for_an_illness_is_found(text: str, value: str) -> None:
    assert value in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Post it c/o Ruth Adair, 12 High St.",
        "PMH: nil",
        "Diagnosis: made by a blood test in most cases.",
        "Allergies: contains nuts",
        "People diagnosed with diabetes live longer today.",
        "Many patients suffer from asthma.",
        "Set dx: 4 and dy: 2.",
        "Rx: 1.2 GB, Tx: 3 GB",
        "MS Office and the UTI folder",
        "a tablet of 500 mg",
        "COPD is a disease of the lungs.",
        "He is not allergic to anything.",
    ],
)
def test_what_is_said_of_nobody_is_not_flagged(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "piece", ["h/o a ", "PMH: ", "HTN, ", "She has been diagnosed with ", "on abcdefg 5 mg ", "dx: "]
)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    started = time.process_time()
    list(RECOGNIZER.find(piece * 6_000))
    assert time.process_time() - started < 8
