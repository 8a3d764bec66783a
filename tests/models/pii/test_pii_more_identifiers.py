"""Vehicles, devices, places, handles, and what is written out in words."""

import pytest

from models.pii.analyzer import Analyzer
from models.pii.recognizers.device import imei
from models.pii.recognizers.vehicle import vin
from models.pii.registry import default_recognizers

ANALYZER = Analyzer(default_recognizers())

FOUND = [
    ("VEHICLE", "VIN 1HGCM82633A004352 was towed", "1HGCM82633A004352"),
    ("VEHICLE", "The car, 1M8GDM9AXKP042788, is hers", "1M8GDM9AXKP042788"),
    ("VEHICLE", "Number plate: LB07 SEO", "LB07 SEO"),
    ("VEHICLE", "her car LB07 SEO was parked here", "LB07 SEO"),
    ("VEHICLE", "Kennzeichen: M-XY 1234", "M-XY 1234"),
    ("VEHICLE", "license plate no. 7ABC123", "7ABC123"),
    ("DEVICE_ID", "IMEI 49-015420-323751-8", "49-015420-323751-8"),
    ("DEVICE_ID", "handset 490154203237518", "490154203237518"),
    ("LOCATION", "seen at 52.520008, 13.404954 today", "52.520008, 13.404954"),
    ("DEVICE_ID", "IMEI 490154203237519", "490154203237519"),
    ("DEVICE_ID", "the serial on my phone is 356938035643809", "356938035643809"),
    ("DEVICE_ID", "SIM 89445001021983048261", "89445001021983048261"),
    ("VEHICLE", "a white van, LB07 SEO, was seen", "LB07 SEO"),
    ("VEHICLE", "stopped his motorcycle No. KA 05 MJ 1122", "KA 05 MJ 1122"),
    ("VEHICLE", "the driver of XKN-4410", "XKN-4410"),
    ("VEHICLE", "Plaque : AB-123-CD", "AB-123-CD"),
    ("VEHICLE", "Kenteken 12-XKL-4", "12-XKL-4"),
    ("BANK_ACCOUNT", "paid into 71-12-55 44719920", "71-12-55 44719920"),
    ("BANK_ACCOUNT", "standing order from 44719920 / 71-12-55", "44719920 / 71-12-55"),
    ("LOCATION", "geo:48.858370,2.294481", "48.858370,2.294481"),
    ("LOCATION", "https://maps.example/@51.5033,-0.1195,17z", "51.5033,-0.1195"),
    ("LOCATION", "photo taken at 52.1234° N, 1.4567° W", "52.1234° N, 1.4567° W"),
    ("LOCATION", "N 51° 30.1234 W 0° 07.4321", "N 51° 30.1234 W 0° 07.4321"),
    ("UK_NHS", "ward round: patient Lee 9434765919 stable", "9434765919"),
    ("CRYPTO_WALLET", "XRP rN7n7otQDd6FczFgLdSqtcsAUxDkw6fzRH", "rN7n7otQDd6FczFgLdSqtcsAUxDkw6fzRH"),
    ("DATE_OF_BIRTH", "1. Ann, b. 4 May 1961", "4 May 1961"),
    ("DATE_OF_BIRTH", "Pacjentka Anna, ur. 04/05/1961", "04/05/1961"),
    ("DATE_OF_BIRTH", "What is her date of birth?\nYes: Ann Lee, 4 May 1961", "4 May 1961"),
    ("DATE_OF_BIRTH", "The applicant, Mr Lee, was born in 1961 and lives in Basel", "1961"),
    ("DATE_OF_BIRTH", "생년월일: 1961년 5월 4일", "1961년 5월 4일"),
    ("DATE_OF_BIRTH", "Max * 04.05.1961 in Ulm", "04.05.1961"),
    ("LOCATION", "home: 48.8566, 2.3522", "48.8566, 2.3522"),
    ("LOCATION", "lat: 40.712776, lon: -74.005974", "lat: 40.712776, lon: -74.005974"),
    ("LOCATION", "48°51'24.1\"N 2°21'03.5\"E", "48°51'24.1\"N 2°21'03.5\"E"),
    ("USERNAME", "username: jdoe84", "jdoe84"),
    ("USERNAME", "Her Instagram is @marie.curl", "@marie.curl"),
    ("USERNAME", "Discord: nightowl#4821", "nightowl#4821"),
    ("USERNAME", "https://www.linkedin.com/in/jane-doe-77", "jane-doe-77"),
    ("USERNAME", "Benutzername: kmueller_7", "kmueller_7"),
    ("EMAIL", "jane dot doe at example dot com", "jane dot doe at example dot com"),
    ("EMAIL", "jane [at] example [dot] com please", "jane [at] example [dot] com"),
    ("EMAIL", "it is j_doe (at) mail.example.org ok", "j_doe (at) mail.example.org"),
    ("EMAIL", "jane @ example.com", "jane @ example.com"),
    ("PHONE", "call zero two zero, seven nine four six, zero nine five one", "zero two zero, seven nine four six, zero nine five one"),
    ("PHONE", "five five five one two three four five six seven", "five five five one two three four five six seven"),
    ("PHONE", "null vier null eins zwei drei vier fünf", "null vier null eins zwei drei vier fünf"),
    ("BANK_ACCOUNT", "SWIFT code DEUTDEFF", "DEUTDEFF"),
    ("IBAN", "IBAN: GB21 VDMZ 3726 5167 6122 2", "GB21 VDMZ 3726 5167 6122 2"),
    ("PAYMENT_CARD", "I paid with 4677232679382 yesterday", "4677232679382"),
    ("PAYMENT_CARD", "charge 4331912845298415373 please", "4331912845298415373"),
    ("PAYMENT_CARD", "213184148525384 is the payment card", "213184148525384"),
    ("PHONE", "My number is 05789 33331 if needed", "05789 33331"),
    ("PHONE", "my number is 04700595069", "04700595069"),
    ("PHONE", "or +1-348-556-7113x19017 maybe", "+1-348-556-7113x19017"),
    ("PHONE", "her new number: 429-670-8523x80248", "429-670-8523x80248"),
    ("UK_NINO", "NI number ZZ122330T", "ZZ122330T"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "text", "value"), FOUND)
def test_it_is_found_where_it_stands(entity: str, text: str, value: str) -> None:
    assert value in [text[f.start : f.end] for f in ANALYZER.scan(text).findings if f.entity == entity]


NOT_FOUND = [
    ("VEHICLE", "part 1HGCM82633A004353, hash ABCDEFGH12345678Z"),
    ("VEHICLE", "The plate was hot. Register 12 pages. Reg. 2024"),
    ("DEVICE_ID", "tracking 490154203237519; order 490154203237518"),
    ("VEHICLE", "The car park: UP TO 1 HOUR, ISO 9001, MAX 500 KG, 24 HRS"),
    ("DATE_OF_BIRTH", "The elephant was born at the zoo on 4 May 2019."),
    ("DATE_OF_BIRTH", "* 08/25/2007: page made. The company was born in 1999."),
    ("UK_NHS", "order 9434765919 shipped"),
    ("BANK_ACCOUNT", "on 12-11-20 12345678 units"),
    ("LOCATION", "pi is 3.14159, 2.71828 is e, values 0.12345, 0.98765, 0.5"),
    ("LOCATION", "coordinates 48.8566, 2.3522; 51.5, -0.1"),
    ("USERNAME", "username: admin, user name is required, login failed, username = request.form"),
    ("USERNAME", "Follow us on Instagram and Facebook. Enter your username: <username>"),
    ("EMAIL", "We meet at noon. It is at best a dot on the map."),
    ("PHONE", "one or two of the three, four at most; five six seven"),
    ("BANK_ACCOUNT", "A swift REACTION; the SWIFT network PLATFORM"),
    ("IBAN", "GB21 VDMZ 3726 5167 6122 2"),
]


@pytest.mark.parametrize(("entity", "text"), NOT_FOUND)
def test_what_resembles_it_is_not_found(entity: str, text: str) -> None:
    assert [text[f.start : f.end] for f in ANALYZER.scan(text).findings if f.entity == entity] == []


def test_published_examples_pass() -> None:
    assert vin("1M8GDM9AXKP042788")
    assert imei("490154203237518")
