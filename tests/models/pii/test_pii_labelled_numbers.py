"""Numbers that only the words before them give away."""

import pytest
from processor_time import least_seconds

from models.pii.recognizers.labelled_number import LabelledNumberRecognizer
from models.pii.recognizers.number_labels import KINDS

RECOGNIZER = LabelledNumberRecognizer()

FOUND = [
    ("PASSPORT", "Passport No.: K7720184", "K7720184"),
    ("PASSPORT", '{"passport_number": "601928374"}', "601928374"),
    ("PASSPORT", "the passport that she showed us was 44TR51920", "44TR51920"),
    ("PASSPORT", "Passeport n° 18FT40372 délivré à Lyon", "18FT40372"),
    ("PASSPORT", "Numer paszportu: ER4820193", "ER4820193"),
    ("DRIVING_LICENCE", "Driver's License Number: R512-8830-1944", "R512-8830-1944"),
    ("DRIVING_LICENCE", "Do you hold a driving licence? Yes, 62BC40917", "62BC40917"),
    ("DRIVING_LICENCE", "Führerschein-Nr. B21KLM4470X", "B21KLM4470X"),
    ("DRIVING_LICENCE", "of Leeds, licence KD-4471920385.", "KD-4471920385"),
    ("BANK_ACCOUNT", "Account number 4471 9920 31", "4471 9920 31"),
    ("BANK_ACCOUNT", "his acct ending in 5519", "5519"),
    ("BANK_ACCOUNT", "sort code 71-12-55", "71-12-55"),
    ("BANK_ACCOUNT", "Routing: 110009876", "110009876"),
    ("BANK_ACCOUNT", "rachunek bankowy: 5510229871", "5510229871"),
    ("DEVICE_ID", "IMSI: 262019876543210", "262019876543210"),
    ("DEVICE_ID", "Device serial number: QX-4418-0093", "QX-4418-0093"),
    ("VEHICLE", "Chassis no: JX55TT9901", "JX55TT9901"),
    ("PAYMENT_CARD", "the card ending in 5519", "5519"),
    ("NATIONAL_ID", "Aadhaar: 5512 3344 9912", "5512 3344 9912"),
    ("ID_NUMBER", "Medical Record Number: HN-440218", "HN-440218"),
    ("ID_NUMBER", "the MRN on the wristband is 7718203", "7718203"),
    ("ID_NUMBER", "Health plan beneficiary no. 55-8102-A", "55-8102-A"),
    ("ID_NUMBER", "Employee: Ann Lee (E40917)", "E40917"),
    ("ID_NUMBER", "Student ID# 20418873", "20418873"),
    ("ID_NUMBER", "(application no. 40183/11)", "40183/11"),
    ("ID_NUMBER", "Docket No. 21-cv-10482", "21-cv-10482"),
    ("ID_NUMBER", "Claim KX-771820 was opened", "KX-771820"),
    ("ID_NUMBER", "Our ref: 2031/55180", "2031/55180"),
    ("ID_NUMBER", "PNR: R4TZ9K", "R4TZ9K"),
    ("ID_NUMBER", "Aktenzeichen: 4 C 118/22", "4 C 118/22"),
    ("ID_NUMBER", "Numéro de dossier : 2022/4471", "2022/4471"),
    ("ID_NUMBER", "contratto n. 771820-44", "771820-44"),
    ("ID_NUMBER", "Wristband no.: 77182033", "77182033"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "text", "value"), FOUND)
def test_the_number_behind_a_label_is_found(entity: str, text: str, value: str) -> None:
    assert (entity, value) in [(f.entity, text[f.start : f.end]) for f in RECOGNIZER.find(text)]


NOT_FOUND = [
    "The account of 2019 shows a profit. Accounts for 2023/24 were filed on 12 March 2024.",
    "In that case 120 people came; the claim of 2,500.00 was paid at 10:30.",
    "Order no. 55182034, invoice number 20310977, part no. 88120394 and version no. 20240117.",
    "The patient was 45 years old. The client paid 120.50 and the member left in 1999.",
    "Passport control took 45 minutes; the passport costs 88.50 and the driving licence 1,200 rupees.",
    "The employee worked 40 hours. Student numbers rose to 1,204,000 in 2024.",
    '{"id": "3f0c1b9e-88aa-4d2c-9b1f-0a1b2c3d4e5f", "node_id": 123}',
    "The number 4: nothing. No. 10 won. Account managers meet at 9:15.",
    "It follows ISO 27001 and the case ISO-9001; see RFC 2822 and file EN 50126.",
    "a reunião é no dia 13-08-2012",
    "Serial 4711, s/n unknown; the serial ran for 1200 episodes.",
    "Device drivers for 64-bit; 1080p video on the device.",
    "https://host.example/case/12345678@x and account 12345678@example.org",
]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_dates_amounts_and_numbers_of_things_are_left_alone(text: str) -> None:
    assert [text[f.start : f.end] for f in RECOGNIZER.find(text)] == []


def test_an_everyday_word_needs_a_sign_or_a_code() -> None:
    assert list(RECOGNIZER.find("in this case 12345 of them")) == []
    assert [f.entity for f in RECOGNIZER.find("case: 12345")] == ["ID_NUMBER"]


def test_a_label_within_a_label_counts_once() -> None:
    text = "Medical Record No: MRN 4471920"
    assert len(list(RECOGNIZER.find(text))) == 1


def test_a_number_that_is_missing_is_not_taken_from_further_on() -> None:
    assert list(RECOGNIZER.find("Passport number: none.\n\nWe counted 55182034 visitors.")) == []


@pytest.mark.parametrize(
    "unit",
    ["account ", "account no: ", "case no no no no ", "claim 1-1-1-1-1-1-1-1-", "patient: Aa Aa Aa ", "12345 Aa, "],
)
def test_repeats_take_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        return least_seconds(lambda: list(RECOGNIZER.find(text)))

    seconds(1_000)
    assert seconds(200_000) < 25 * max(seconds(20_000), 0.005)


def test_words_for_a_number_have_no_group_that_would_shift_the_meanings() -> None:
    assert KINDS.count("(") == KINDS.count("(?")
