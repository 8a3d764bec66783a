"""Passages that the check for names cannot read."""

import pytest

from models.pii.recognizers.other_script import OtherScriptRecognizer, is_other_script
from models.pii.registry import pattern_analyzer

RUSSIAN = "Вчера я говорил с соседкой о ремонте крыши."


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN,
        "Η συνάντηση έγινε χθες το απόγευμα στο γραφείο.",
        "התיק הועבר אתמול לבית המשפט המחוזי.",
        "تم تحويل الملف أمس إلى المحكمة",
        "会議は昨日の午後に行われました。",
        "昨天下午我们在办公室开会讨论了预算。",
        "어제 오후에 사무실에서 회의가 있었습니다.",
        "मैंने कल उनसे छत की मरम्मत के बारे में बात की।",
    ],
)
def test_a_sentence_in_another_script_is_flagged_from_first_letter_to_last(text):
    framed = f"Note: «{text}» (translated)"
    (finding,) = OtherScriptRecognizer().find(framed)
    assert framed[finding.start : finding.end] == text.rstrip("।.。")
    assert finding.entity == "OTHER_SCRIPT"


@pytest.mark.parametrize(
    "text",
    [
        "Ordinary English prose, with numbers 1234567890 and — dashes — in it.",
        "Żółć, naïve façade, Straße, Þórr, ﬁnal, ǅungla, ʃeɪp: Latin letters all.",
        "The word спасибо means thanks, and 東京 is a city.",
        "α, β, γ and Δx → 0; Σ over 10 Ω.",
        "👩‍👩‍👧 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉 ✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓",
    ],
)
def test_latin_letters_short_foreign_words_and_signs_are_let_through(text):
    assert not list(OtherScriptRecognizer().find(text))


def test_a_card_number_within_is_still_found_as_one():
    text = f"{RUSSIAN[:-1]} 4111 1111 1111 1111 {RUSSIAN}"
    findings = pattern_analyzer().scan(text).findings
    assert ("PAYMENT_CARD", "4111 1111 1111 1111") in {(f.entity, text[f.start : f.end]) for f in findings}
    assert "OTHER_SCRIPT" in {f.entity for f in findings}


@pytest.mark.parametrize(
    ("value", "other"), [("Ольга", True), ("Olga", False), ("Ольга O", True), ("Olga О", False), ("12", False)]
)
def test_most_letters_decide_which_script_it_is(value, other):
    assert is_other_script(value) == other
