# ruff: noqa: E501 (a table: one number a line)
"""Numbers of Africa, the Middle East and Turkey."""

from models.pii.recognizers.national import formulas
from models.pii.recognizers.national.form import Form

FORMS = (
    Form("a South African identity number", r"\d{6}[ ]?\d{4}[ ]?\d{2}[ ]?\d", "za.idnr", ("rsa id", "sa id", "south african id", "identity number", "id number", "identiteitsnommer", "said"), lone=True),
    Form("a South African tax number", r"[01239]\d{9}", "za.tin", ("sars", "tax reference", "income tax")),
    Form("a Nigerian identity number", r"\d{4}[ -]?\d{3}[ -]?\d{4}|\d{11}", None, ("nin", "national identification number", "nimc")),
    Form("a Nigerian identity number", r"\d{11}", formulas.nigerian, ("nin", "nimc"), lone=True),
    Form("a Nigerian bank verification number", r"22\d{9}", None, ("bvn", "bank verification")),
    Form("a Kenyan tax number", r"[AP]\d{9}[A-Z]", None, ("kra", "pin", "kra pin")),
    Form("a Ghanaian identity card", r"GHA-\d{9}-\d", None, ("ghana card", "ghanacard"), alone=True),
    Form("an Egyptian identity number", r"[23]\d{13}", formulas.egyptian, ("الرقم القومي", "national id", "egyptian id")),
    Form("a Moroccan identity card", r"[A-Z]{1,2}\d{5,6}", None, ("cin", "cnie", "carte nationale", "البطاقة الوطنية"), run=False),
    Form("a Tunisian identity card", r"[01]\d{7}", None, ("cin", "carte d'identité", "بطاقة التعريف")),
    Form("a Turkish identity number", r"[1-9]\d{10}", "tr.tckimlik", ("tc kimlik", "t.c. kimlik", "tckn", "kimlik no", "kimlik numarası", "türk kimlik", "turkish id", "t.c.", "tc no"), lone=True),
    Form("a Turkish tax number", r"\d{10}", "tr.vkn", ("vergi", "vkn", "vergi no")),
    Form("an Israeli identity number", r"\d{8}-?\d", "il.idnr", ("teudat zehut", "israeli id", "israel id", "t.z.", "ת.ז", "ת״ז", 'ת"ז', "תעודת זהות", "מספר זהות")),
    Form("an Emirates identity number", r"784-?(?:19|20)\d{2}-?\d{7}-?\d", formulas.luhn_digits, ("emirates id", "الهوية"), alone=True),
    Form("a Saudi identity number", r"[12]\d{9}", formulas.luhn_digits, ("iqama", "الهوية", "إقامة", "saudi id", "absher")),
    Form("an Iranian national code", r"\d{3}-?\d{6}-?\d", formulas.iranian, ("کد ملی", "کدملی", "melli")),
)  # fmt: skip
