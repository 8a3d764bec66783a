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
    ('a Chinese resident number', '身份证', '130825207906070012'),
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
    ('a German passport', 'reisepass', 'K96GMYKX4'),
    ('a German health insurance number', 'kvnr', 'U404300301'),
    ("a German physician's number", 'lanr', '005809709'),
    ('a German tax office number', 'steuernummer', '283 891/94049'),
    ('a Spanish identity number', 'dni', '33153916Z'),
    ('an Italian driving licence', 'patente', 'YT8653388L'),
    ('a Czech or Slovak birth number', 'rodné číslo', '929610/9273'),
    ('a VAT number', 'vat', 'PL8567346215'),
    ('an Andorran tax number', 'nrt', 'P564735N'),
    ('an Albanian identity number', 'nipt', 'B 29826233 N'),
    ('an Austrian tax number', 'steuernummer', '65249/8221'),
    ('a Belgian identity card number', 'identiteitskaart', '4096074582-01'),
    ('a Belarusian tax number', 'унп', 'МЕ7285902'),
    ('a Belarusian passport', 'паспорт', 'SP5064678'),
    ('a Belarusian identity number', 'ідэнтыфікацыйны', '2763940M658PB6'),
    ("a Bulgarian foreigner's number", 'лнч', '7105415825'),
    ('a Czech or Slovak bank account', 'účet', '6664-7392/2200'),
    ('a Czech identity card number', 'občanský průkaz', '934840UW07'),
    ('a Slovak identity card number', 'občiansky preukaz', 'BM 385591'),
    ('a Czech tax number', 'dič', 'CZ287904665'),
    ('a Danish personal number', 'cpr', '979513-4220'),
    ('a Spanish meter point', 'cups', 'ES75281158 58589799-EM'),
    ('a Spanish land register number', 'catastral', '1DIJ29B7J5RFOD8830-WZ'),
    ('a Finnish tax number', 'veronumero', '203860943037'),
    ('a French tax number', 'n° fiscal', '18 83653029 230'),
    ('an English pupil number', 'upn', 'E874829481809'),
    ('a Hungarian tax identifier', 'adóazonosító', '8397249397'),
    ('a Hungarian identity card', 'személyi igazolvány', '018387CU'),
    ('a Liechtenstein tax number', 'peid', '399597'),
    ('a Macedonian tax number', 'едб', '4827080448453'),
    ('a Montenegrin tax number', 'pib', '95483608'),
    ('a Serbian tax number', 'pib', '073332573'),
    ('a Maltese identity card', 'karta tal-identità', '3402793B'),
    ('a Cypriot tax number', 'tic', '35514869P'),
    ('a Greek identity card', 'ταυτότητας', 'ΛH744943'),
    ('a Dutch identity document', 'paspoort', 'AD9BMSZK9'),
    ('a Dutch pupil number', 'onderwijsnummer', '1058.93.864'),
    ('a Norwegian birth number', 'fødselsnummer', '660225 629-17'),
    ('a Norwegian bank account', 'konto', '1325.67.38745'),
    ('an Italian health card', 'tessera sanitaria', '80380559361873225972'),
    ('a Romanian identity card', 'seria', 'KP nr715140'),
    ('a Ukrainian passport', 'паспорт', 'ТО№ 374481'),
    ('a Russian insurance number', 'снилс', '041 312-304-83'),
    ('a Swiss insurance number', 'ahv', '008.73.549.874'),
    ('a Brazilian driving licence', 'cnh', '17245953211'),
    ('a Brazilian voter number', 'título de eleitor', '8304 5421 8165'),
    ('a Brazilian health card', 'cns', '9209329 3258 8014'),
    ('a Mexican tax number', 'rfc', 'TIN250707P45'),
    ('a Mexican voter number', 'clave de elector', 'MUJDXB47796892H869'),
    ('an Argentine bank account', 'cbu', '1792517467848073561038'),
    ('an identity number', 'documento nacional', '4 101124'),
    ('a Colombian identity card', 'cédula de ciudadanía', '91.187.945'),
    ('a Costa Rican identity card', 'cédula', '8-9408-2235'),
    ('a Costa Rican residence number', 'dimex', '189909886893'),
    ('a Cuban identity number', 'ni', '14052113218'),
    ('a Dominican identity card', 'cédula', '856-3406061-1'),
    ('a Dominican identity card', 'cédula', '41537207460'),
    ('a Dominican taxpayer number', 'rnc', '995884343'),
    ('an Ecuadorian taxpayer number', 'ruc', '0461390007090'),
    ('an Ecuadorian identity number', 'c.i', '031683272-4'),
    ('a Peruvian taxpayer number', 'ruc', '15859054801'),
    ('a Paraguayan taxpayer number', 'ruc', '9983000-0'),
    ('a Paraguayan identity card', 'cédula de identidad', '67.927.886'),
    ('a Guatemalan tax number', 'nit', '6997674-0'),
    ('a Guatemalan identity number', 'dpi', '176398847-7622'),
    ('a Salvadoran tax number', 'nit', '0435-2949575274'),
    ('a Salvadoran identity number', 'dui', '77573896-1'),
    ('a Honduran identity number', 'identidad', '7511-8541-37526'),
    ('a Nicaraguan identity card', 'cédula', '533-794155-5823F'),
    ('a Panamanian identity card', 'cédula', '10-3-778'),
    ('a Bolivian identity card', 'carnet de identidad', '8856284PT'),
    ('a Chilean RUT', 'rut', '85781548 3'),
    ('a Uruguayan tax number', 'rut', '04-073073001-7'),
    ('a US tax preparer number', 'ptin', 'P98121667'),
    ('a US employer number', 'ein', '95-3701022'),
    ('a US military number', 'edipi', '7123298762'),
    ('a US Medicare claim number', 'hicn', '468141855V0'),
    ('a Canadian health card', 'health card', '859845522'),
    ('an Indian tax number (PAN)', 'pan card', 'KOAEO1474P'),
    ('an Indian goods and services tax number', 'gstin', '04UFCWJ8945BAZY'),
    ('an Indian voter card', 'voter', 'TYZ5743203'),
    ('an Indian voter card', 'voter', 'MJD1459248'),
    ('an Australian company number', 'acn', '367 633 261'),
    ('a Singapore entity number', 'uen', '40568356A'),
    ('a Korean business number', 'brn', '3839433915'),
    ('a Korean driving licence', '운전면허', '26 14 327647 92'),
    ('a Korean driving licence', '운전면허', '113237615178'),
    ('a Korean passport', '여권', 'S18750539'),
    ('a passport', 'passport', 'CNN312357'),
    ('a passport', 'passport', '821683284'),
    ('an Indian virtual identity', 'vid', '37110218 3910 9151'),
    ('an Indian provident fund number', 'uan', '126588459999'),
    ('an Indian health account', 'abha', '544133-97499835'),
    ('an Indian voter card', 'voter', 'VM/07/841/096750'),
    ('an Azerbaijani tax number', 'vöen', '980 1036712'),
    ('an Azerbaijani identity code', 'fin kod', 'UJUHQK1'),
    ('a Kazakh identity number', 'иин', '958379530570'),
    ('an Uzbek identity number', 'пинфл', '36113909174254'),
    ('a Vietnamese tax number', 'mst', '6516913163-381'),
    ('a Vietnamese citizen number', 'cccd', '581376036'),
    ('a Thai taxpayer number', 'เลขประจำตัวผู้เสียภาษี', '43-0-021-945 531-7'),
    ('a Thai identity number', 'เลขประจำตัว', '1 25-9093372 73-1'),
    ('an Indonesian tax number', 'npwp', '09392.780.4462156'),
    ('a Philippine number', 'philhealth', '62-400048546-5'),
    ('a Nepali citizenship number', 'citizenship', '77-20-94-73830'),
    ('a Macau identity card', 'bir', '1202233(1)'),
    ('a Taiwanese residence number', 'arc', 'QQ69139454'),
    ('a Japanese driving licence', '運転免許', '962088623515'),
    ('a Japanese pension number', '基礎年金番号', '5175-405639'),
    ('a Japanese health insurance number', '保険者番号', '86738575'),
    ('a Chinese passport', '护照', 'E33431426'),
    ('a Japanese passport', '旅券', 'HE8488669'),
    ("a Korean foreigner's number", '외국인등록번호', '638180-6163839'),
    ('a New Zealand bank account', 'account', '389057-697671606'),
    ('a New Zealand driving licence', 'licence', 'VK204177'),
    ('a Nigerian identity number', 'nin', '65528824032'),
    ('an Algerian tax number', 'nif', '82565550608824035272'),
    ('an Algerian identity number', 'nin', '114374311437893738'),
    ('an Egyptian tax number', 'الرقم الضريبي', '834-659-390'),
    ('a Ghanaian taxpayer number', 'tin', 'Q0026024160'),
    ('a Guinean tax number', 'nifp', '566757282'),
    ('a Kenyan identity number', 'kenyan id', '2580951'),
    ('a Mauritian identity number', 'nid', 'Y020310031231E'),
    ('a Mozambican tax number', 'nuit', '346135 913'),
    ('a Mozambican identity card', 'bi', '877433469558Q'),
    ('an Angolan identity card', 'bi', '941178584KR483'),
    ('a Tanzanian identity number', 'nida', '19121174-350804698461'),
    ('a Ugandan identity number', 'nin', 'CF907624PUCK8K'),
    ('a Rwandan identity number', 'indangamuntu', '1 1952 761434685 97'),
    ('a Zimbabwean identity number', 'national id', '42-9780412 S13'),
    ('a Zambian registration card', 'nrc', '853149/79/2'),
    ('a Nigerian voter number', 'voter', '256BC10JYQF2LBO3NC5'),
    ('a Nigerian tax number', 'tin', '2484834556'),
    ('a Tunisian tax number', 'matricule fiscal', '4181207M'),
    ('a Saudi identity number', 'هوية', '1465114005'),
    ('a Kuwaiti civil number', 'civil id', '220051193089'),
    ('a Qatari identity number', 'qid', '26125119332'),
    ('a Bahraini personal number', 'cpr', '381349266'),
    ('a Jordanian national number', 'الرقم الوطني', '2885093722'),
    ('an Israeli identity number', 'teudat zehut', '82156713-8'),
    ('a German driving licence', 'führerschein', 'I95JM3LWG1D'),
    ('a German practice number', 'bsnr', '909001630'),
    ('a German telematics number', 'telematik-id', '8-V.W.U-8IDM'),
    ('a German telematics number', 'telematik-id', '5-2-91825028148'),
    ('a US tax preparer number', 'ptin', 'P-77068669'),
    ('a Philippine number', 'unified multi-purpose', '23-738504159-1'),
    ('a Philippine number', 'umid', '009536569703'),
    ('a Philippine passport', 'passport', 'P1629324Q'),
    ('a Taiwanese identity number', 'taiwan', 'K207279014'),
    ('a South African driving licence', 'licence', '249024662QSM'),
    ('a South African traffic register number', 'traffic register', '5999636896616'),
    ('a South African VAT number', 'south african vat', '4323481179'),
    ('a South African passport', 'passport', 'T60864392'),
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
