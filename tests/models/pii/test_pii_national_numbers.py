"""National numbers: each line of the tables in its words, without them, and with a wrong digit."""

import random
import socket

import pytest

from models.pii.recognizers.national import africa_middle_east, americas, asia_pacific, europe, formulas
from models.pii.recognizers.national.form import Form, NumberRecognizer, valid

FORMS = (*europe.FORMS, *americas.FORMS, *asia_pacific.FORMS, *africa_middle_east.FORMS)
RECOGNIZER = NumberRecognizer("number", FORMS)

# What the number is, a word that names it, and a number that passes (made up; any likeness is chance).
VALUES = [
    ('a German tax number', 'steuer-id', '25 934071781'),
    ('a German pension insurance number', 'rentenversicherungsnummer', '90800353V292'),
    ('a German identity document', 'personalausweis', 'Y5140N5G6 4D'),
    ('a German identity card number', 'personalausweis', 'N1TY7VYH1'),
    ('an Austrian insurance number', 'svnr', '9105123403'),
    ('a Swiss insurance number', 'ahv', '7563957.861719'),
    ('a French social security number', 'sécurité sociale', '115 8211 398 04876'),
    ('a French tax number', 'numéro fiscal', '05 57439273104'),
    ('a French identity card number', "carte nationale d'identité", '578667821562'),
    ('a Spanish identity number', 'dni', '65927454 R'),
    ("a Spanish foreigner's number", 'nie', 'X0105926-B'),
    ('a Spanish social security number', 'seguridad social', '51-5821344115'),
    ('an Italian tax code', 'codice fiscale', 'VDGJQOQQL8MG39NV'),
    ('an Italian tax code', 'codice fiscale', 'QCP POV 50M21 B103V'),
    ('an Italian VAT number', 'partita iva', '07216590468'),
    ('an Italian identity card', "carta d'identità", 'CR58499JU'),
    ('a Dutch citizen number', 'bsn', '569.566.253'),
    ('a Belgian national number', 'rijksregister', '59.00.82-577.45'),
    ('a Belgian national number', 'rijksregisternummer', '06.0235-12136'),
    ('a Luxembourgish number', 'matricule', '1932092085719'),
    ('a Polish PESEL', 'pesel', '68642639406'),
    ('a Polish tax number', 'nip', '583-5714960'),
    ('a Polish identity card', 'dowód', 'HTT785384'),
    ('a Swedish personal number', 'personnummer', '201208143758'),
    ('a Finnish identity code', 'hetu', '291264U548K'),
    ('a Norwegian birth number', 'fødselsnummer', '075208 70657'),
    ('a Danish personal number', 'cpr', '250366 3312'),
    ('an Icelandic number', 'kennitala', '0711669020'),
    ('an Estonian personal code', 'isikukood', '68303205054'),
    ('a Lithuanian personal code', 'asmens kodas', '90811739524'),
    ('a Latvian personal code', 'personas kods', '77700457609'),
    ('a Portuguese tax number', 'nif', '778 394 743'),
    ('a Portuguese citizen card', 'cartão de cidadão', '488280660PQ1'),
    ('an Irish PPS number', 'pps', '2370824MH'),
    ('a UK taxpayer reference', 'utr', '15811 95251'),
    ('a Czech or Slovak birth number', 'rodné číslo', '960310/257'),
    ('a Czech or Slovak birth number', 'rodné číslo', '0474225752'),
    ('a Hungarian health number', 'taj', '493 127659'),
    ('a Romanian personal code', 'cnp', '4191029240934'),
    ('a Bulgarian civil number', 'егн', '0431228202'),
    ('a Croatian number', 'oib', '75222307197'),
    ('a South Slavic citizen number', 'emšo', '1106336876474'),
    ('a Greek health insurance number', 'amka', '20075340255'),
    ('a Greek tax number', 'afm', '345410608'),
    ('a Ukrainian tax number', 'іпн', '6331462814'),
    ('a Russian tax number', 'инн', '2430308055'),
    ('a Russian insurance number', 'снилс', '549-466-488-52'),
    ('a Russian passport', 'паспорт', '8048№ 312051'),
    ('a Medicare number (US MBI)', 'medicare', '2UF8-KT0YT22'),
    ('a US provider number (NPI)', 'npi', '1768042198'),
    ('a US prescriber number (DEA)', 'dea', 'JO5778785'),
    ('a US adoption taxpayer number', 'atin', '971-93-4467'),
    ('a US tax preparer number', 'ptin', 'P14425817'),
    ('a Canadian insurance number', 'sin', '429-677081'),
    ('an Ontario health card', 'ohip', '2950100459'),
    ('a British Columbia health number', 'phn', '9055-168896'),
    ('a Quebec health card', 'ramq', 'KHNT 77598424'),
    ('a Brazilian CPF', 'cpf', '586.369.136-08'),
    ('a Brazilian CPF', 'cpf', '092429763-85'),
    ('a Brazilian CNPJ', 'cnpj', '01.217.146/4633-34'),
    ('a Brazilian CNPJ', 'cnpj', '72335730355602'),
    ('a Brazilian PIS number', 'pis', '82866628350'),
    ('a Brazilian identity card', 'rg', '291853824'),
    ('a Mexican CURP', 'curp', 'QOYE680308MQTNMYT3'),
    ('a Mexican tax number', 'rfc', 'FFEU-990905-LFD'),
    ('a Mexican social security number', 'nss', '7472-756399-6'),
    ('an Argentine tax number', 'cuit', '27-59988470-5'),
    ('an Argentine tax number', 'cuit', '24415783929'),
    ('an identity number', 'dni', '2.325210'),
    ('a Chilean RUT', 'rut', '61.697.904-3'),
    ('a Chilean RUT', 'rut', '4971244-8'),
    ('a Colombian tax number', 'nit', '759.820.996-2'),
    ('a Colombian citizen card', 'cédula', '1798867172'),
    ('a Peruvian identity number', 'dni', '75920286-D'),
    ('an Ecuadorian identity number', 'cédula', '1353940586'),
    ('a Uruguayan identity number', 'cédula', '4893391-5'),
    ('a Venezuelan number', 'cédula', 'G-4975988'),
    ('an Indian Aadhaar number', 'aadhaar', '4831 85541020'),
    ('an Indian tax number (PAN)', 'pan', 'BPHAD5814J'),
    ('an Indian goods and services tax number', 'gstin', '26ZQQJN8641ODZ6'),
    ('an Indian voter card', 'voter', 'JPX5171202'),
    ('an Indian voter card', 'voter id', 'QCW8813492'),
    ('an Indian passport', 'passport', 'N96 60991'),
    ('an Indian driving licence', 'driving', 'HS-481949 3788319'),
    ('a Chinese resident number', '身份证', '929315197911076856'),
    ('a Hong Kong identity card', 'hkid', 'MM962278(0)'),
    ('a Hong Kong identity card', 'hkid', 'SF1715757'),
    ('a Taiwanese identity number', '身分證', 'K112668227'),
    ('a Singapore identity number', 'nric', 'G6239942U'),
    ('a Korean resident number', '주민등록번호', '730930-6126773'),
    ('a Korean resident number', '주민등록번호', '7105124916022'),
    ('a Japanese individual number', 'マイナンバー', '404027947585'),
    ('a Thai identity number', 'เลขประจำตัว', '8 8126-56735 56-2'),
    ('a Thai identity number', 'เลขประจำตัว', '1154482239680'),
    ('a Malaysian identity number', 'mykad', '700914-63-8696'),
    ('a Malaysian identity number', 'mykad', '180121297100'),
    ('an Indonesian identity number', 'nik', '4121615905447385'),
    ('an Indonesian tax number', 'npwp', '76.058.437.5-798.419'),
    ('a Vietnamese citizen number', 'cccd', '066162042740'),
    ('a Pakistani identity card', 'cnic', '66513-3358632-2'),
    ('a Pakistani identity card', 'cnic', '3806492039084'),
    ('a Sri Lankan identity card', 'nic', '200937876194'),
    ('a Bangladeshi identity number', 'nid', '0380589414'),
    ('a Philippine number', 'sss', '23-8052953-7'),
    ('an Australian tax file number', 'tfn', '226 582486'),
    ('an Australian Medicare number', 'medicare', '4876385766'),
    ('an Australian business number', 'abn', '77128984786'),
    ('a New Zealand tax number', 'ird', '88239-202'),
    ('a New Zealand health number', 'nhi', 'JJA52TA'),
    ('a South African identity number', 'rsa id', '0810190686 172'),
    ('a South African tax number', 'sars', '0952176022'),
    ('a Nigerian identity number', 'nin', '39775850580'),
    ('a Nigerian bank verification number', 'bvn', '22415908504'),
    ('a Kenyan tax number', 'kra', 'A892155010E'),
    ('a Ghanaian identity card', 'ghana card', 'GHA-151813275-9'),
    ('an Egyptian identity number', 'الرقم القومي', '26108064731902'),
    ('a Moroccan identity card', 'cin', 'C679043'),
    ('a Tunisian identity card', 'cin', '10334746'),
    ('a Turkish identity number', 'tc kimlik', '46395579356'),
    ('a Turkish tax number', 'vergi', '2273108710'),
    ('an Israeli identity number', 'teudat zehut', '842092355'),
    ('an Emirates identity number', 'emirates id', '7841903-67371870'),
    ('a Saudi identity number', 'iqama', '2921019168'),
    ('an Iranian national code', 'کد ملی', '670-151083-3'),
]  # fmt: skip


def form_of(what: str, value: str) -> Form:
    """The table's line for ``what`` that takes ``value`` alone."""
    return next(
        f for f in FORMS if f.what == what and list(NumberRecognizer("one", [f]).find(f"{f.words[0]}: {value}"))
    )


@pytest.mark.parametrize(("what", "word", "value"), VALUES)
@pytest.mark.parametrize("frame", ["{}: {}", "Her {} is {}, she says."])
def test_a_number_is_found_near_its_word(frame: str, what: str, word: str, value: str) -> None:
    text = frame.format(word, value)
    assert value in {text[f.start : f.end] for f in RECOGNIZER.find(text)}


@pytest.mark.parametrize(("what", "word", "value"), VALUES)
def test_without_its_word_only_a_number_that_is_proof_enough_is_found(what: str, word: str, value: str) -> None:
    form = form_of(what, value)
    found = list(NumberRecognizer("one", [form]).find(f"Order and parcel {value} arrived."))
    assert bool(found) == form.alone


@pytest.mark.parametrize(("what", "word", "value"), VALUES)
def test_a_number_with_a_wrong_digit_is_not_found(what: str, word: str, value: str) -> None:
    form = form_of(what, value)
    if form.check is None:
        assert not form.alone or "-" in value
        return
    rng = random.Random(1)
    places = [place for place, char in enumerate(value) if char.isdigit()]
    for _ in range(200):
        place = rng.choice(places)
        other = value[:place] + rng.choice("0123456789") + value[place + 1 :]
        if not valid(form.check, other):
            assert not list(NumberRecognizer("one", [form]).find(f"{word}: {other}"))
            return
    pytest.fail("no digit is checked")


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (formulas.german_insurance, "65 170839 J 003"),
        (formulas.document_731, "T220001293"),
        (formulas.polish_identity_card, "ABA300000"),
        (formulas.russian_snils, "112-233-445 95"),
        (formulas.singapore_nric, "S1234567D"),
        (formulas.hong_kong_id, "A123456(3)"),
        (formulas.taiwanese_id, "A123456789"),
        (formulas.australian_medicare, "2123 45670 1"),
        (formulas.npi, "1234567893"),
        (formulas.dea, "AB1234563"),
        (formulas.chinese, "11010519491231002X"),
        (formulas.iranian, "0084575948"),
        (formulas.spanish_social_security, "281234567840"),
    ],
)
def test_a_published_example_passes_its_formula(formula: object, value: str) -> None:
    assert callable(formula)
    assert formula(value)


def test_no_check_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a check of digits went to the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    for what, _, value in VALUES:
        form = form_of(what, value)
        assert form.check is None or valid(form.check, value)
