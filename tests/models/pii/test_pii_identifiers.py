"""Numbers and addresses of people: what is found, and exactly where."""

import pytest

from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers

ANALYZER = Analyzer(default_recognizers())

FOUND = [
    ("EMAIL", "Write to jane.neil+tax@mail.example.co.uk.", ["jane.neil+tax@mail.example.co.uk"]),
    ("EMAIL", "Jörg@müller.example, (a.b@c.org)", ["Jörg@müller.example", "a.b@c.org"]),
    ("EMAIL", "anna(at)mail(dot)pl", ["anna(at)mail(dot)pl"]),
    ("EMAIL", "mailto:jane@x.org?subject=a", ["jane@x.org"]),
    ("PHONE", "Call +44 20 7946 0958 or +1 (415) 555-2671 ext. 12.", ["+44 20 7946 0958", "+1 (415) 555-2671 ext. 12"]),
    ("PHONE", "I am on (212) 555-0147 or 212-555-0147 or 212.555.0147.", ["(212) 555-0147", "212-555-0147", "212.555.0147"]),
    ("PHONE", "Tel.: 040 1234567, mobil 0151/23456789", ["040 1234567", "0151/23456789"]),
    ("PHONE", "Tél : 04 78 12 34 56, 06.12.34.56.78", ["04 78 12 34 56", "06.12.34.56.78"]),
    ("PHONE", "Móvil 612 345 678; telefono 06 698 82345", ["612 345 678", "06 698 82345"]),
    ("PHONE", "mobile 07700 900123, India +91 98765 43210", ["07700 900123", "+91 98765 43210"]),
    ("PHONE", "phone: 555-0142, fax 2125550147", ["555-0142", "2125550147"]),
    ("PAYMENT_CARD", "4111 1111 1111 1111, 5555-5555-5555-4444, 4012888888881881", ["4111 1111 1111 1111", "5555-5555-5555-4444", "4012888888881881"]),
    ("PAYMENT_CARD", "my Amex 3782 822463 10005, Diners card 3056 930902 5904", ["3782 822463 10005", "3056 930902 5904"]),
    ("PAYMENT_CARD", "card 4111 1111 1111 1112", ["4111 1111 1111 1112"]),
    ("PAYMENT_CARD", "4111 1111\n1111 1111", ["4111 1111\n1111 1111"]),
    ("IBAN", "DE89 3704 0044 0532 0130 00 or gb29nwbk60161331926819.", ["DE89 3704 0044 0532 0130 00", "gb29nwbk60161331926819"]),
    ("IBAN", "FR76 3000 6000 0112 3456 7890 189 is mine", ["FR76 3000 6000 0112 3456 7890 189"]),
    ("IBAN", "IBAN: NL91ABNA0417164301", ["NL91ABNA0417164301"]),
    ("US_SSN", "536-22-9145", ["536-22-9145"]),
    ("US_SSN", "My social security number is 536229145.", ["536229145"]),
    ("US_SSN", "SSN: 123 45 6789 |", ["123 45 6789"]),
    ("US_ITIN", "ITIN 950-70-1234 or 912-88-0001", ["950-70-1234", "912-88-0001"]),
    ("IP_ADDRESS", "hosts 81.2.69.160, 192.168.1.57 and 2a02:c7f:85a3::8a2e:370:7334", ["81.2.69.160", "2a02:c7f:85a3::8a2e:370:7334"]),
    ("IP_ADDRESS", "she logged in from 192.168.1.57", ["192.168.1.57"]),
    ("IP_ADDRESS", "her IP is 203.0.113.42", ["203.0.113.42"]),
    ("BANK_ACCOUNT", "routing 021000022", ["021000022"]),
    ("IP_ADDRESS", "IP address 1.2.3.4", ["1.2.3.4"]),
    ("MAC_ADDRESS", "00:1B:44:11:3A:B7 or 00-1b-44-11-3a-b7; MAC 001b.4411.3ab7", ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7"]),
    ("DATE_OF_BIRTH", "DOB: 03/04/1985", ["03/04/1985"]),
    ("DATE_OF_BIRTH", "She was born in Berlin on 12 March 1979.", ["12 March 1979"]),
    ("DATE_OF_BIRTH", "Geboren am 12.05.1983 in Hamburg", ["12.05.1983"]),
    ("DATE_OF_BIRTH", "Née le 3 février 1975", ["3 février 1975"]),
    ("DATE_OF_BIRTH", "fecha de nacimiento: 5 de mayo de 1990", ["5 de mayo de 1990"]),
    ("DATE_OF_BIRTH", "Date of birth\n1985-11-02", ["1985-11-02"]),
    ("DATE_OF_BIRTH", "(11/02/1985 DOB), visit on 03/04/2024", ["11/02/1985"]),
    ("PASSPORT", "My passport number is 533380006.", ["533380006"]),
    ("PASSPORT", "Reisepass Nr. C01X00T47", ["C01X00T47"]),
    ("PASSPORT", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", ["L898902C36UTO7408122F1204159ZE184226B<<<<<10"]),
    ("DRIVING_LICENCE", "driver's license is D123-4567-8901.", ["D123-4567-8901"]),
    ("DRIVING_LICENCE", "MORGA657054SM9IJ", ["MORGA657054SM9IJ"]),
    ("UK_NHS", "943 476 5919; NHS No: 9434765919", ["943 476 5919", "9434765919"]),
    ("UK_NINO", "AB 12 34 56 C, AB123456C, NI number: QQ123456C", ["AB 12 34 56 C", "AB123456C", "QQ123456C"]),
    ("NATIONAL_ID", "DNI 12345678Z, RSSMRA85T10A562S, BSN 111222333", ["12345678Z", "RSSMRA85T10A562S", "111222333"]),
    ("NATIONAL_ID", "Aadhaar: 2341 2341 2346; SIN 046 454 286; Steuer-ID 86 095 742 719", ["2341 2341 2346", "046 454 286", "86 095 742 719"]),
    ("NATIONAL_ID", "PESEL 44051401359, CPF 529.982.247-25, NIR 2 55 08 14 168 025 38", ["44051401359", "529.982.247-25", "2 55 08 14 168 025 38"]),
    ("BANK_ACCOUNT", "Account number: 00123456789, routing 021000021, sort code 20-00-00", ["00123456789", "021000021", "20-00-00"]),
    ("ID_NUMBER", "MRN# 7784-2210, policy number: HX-4471-9920, employee ID E-10293", ["7784-2210", "HX-4471-9920", "E-10293"]),
    ("CRYPTO_WALLET", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"]),
    ("CRYPTO_WALLET", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", ["bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"]),
    ("CRYPTO_WALLET", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"]),
    ("ADDRESS", "at 742 Evergreen Terrace, Springfield, IL 62704.", ["742 Evergreen Terrace, Springfield, IL 62704"]),
    ("ADDRESS", "18 Rosewood Close\nLeeds LS8 2QP", ["18 Rosewood Close\nLeeds LS8 2QP"]),
    ("ADDRESS", "wohnhaft Lindenallee 14, 20259 Hamburg.", ["Lindenallee 14, 20259 Hamburg"]),
    ("ADDRESS", "habite 12 rue Victor Hugo, 69002 Lyon", ["12 rue Victor Hugo, 69002 Lyon"]),
    ("ADDRESS", "Calle Mayor 5, 28013 Madrid", ["Calle Mayor 5, 28013 Madrid"]),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "text", "values"), FOUND)
def test_an_identifier_is_found_where_it_stands(entity: str, text: str, values: list[str]) -> None:
    scan = ANALYZER.scan(text)
    assert scan.complete
    assert [text[f.start : f.end] for f in scan.findings if f.entity == entity] == values


NOT_FOUND = [
    ("PAYMENT_CARD", "a cut card number 4111 1111 1111"),
    ("PAYMENT_CARD", "4111 1111 1111 1112"),
    ("PAYMENT_CARD", "9111 1111 1111 1111 and 17000000000000000"),
    ("PAYMENT_CARD", "14111111111111111 and 4111.1111.1111.1111.5"),
    ("IBAN", "DE89 3704 0044 0532 0130 01"),
    ("IBAN", "XX89 3704 0044 0532 0130 00"),
    ("IBAN", "DE89370400440532013000123"),
    ("US_SSN", "666-12-3456, 000-12-3456, 123-00-4567, 123-45-0000, 912-70-1234"),
    ("US_SSN", "536229145 and 12-536-22-9145"),
    ("US_ITIN", "950-49-1234"),
    ("UK_NHS", "943 476 5918 and 9434765919"),
    ("UK_NINO", "BG 12 34 56 C, AB 12 34 56 E"),
    ("DRIVING_LICENCE", "MORGA697054SM9IJ"),
    ("PASSPORT", "L898902C37UTO7408122F1204159ZE184226B<<<<<10"),
    ("CRYPTO_WALLET", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"),
    ("CRYPTO_WALLET", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdr"),
    ("CRYPTO_WALLET", "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    ("DATE_OF_BIRTH", "The contract of 03/04/1985 ends on 12 March 2029."),
    ("DATE_OF_BIRTH", "Ada Lovelace was born on 10 December 1815."),
    ("DATE_OF_BIRTH", "A star is born. The film opened on 5 October 2018."),
    ("MAC_ADDRESS", "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48"),
    ("IP_ADDRESS", "The gateway is 192.168.1.1; open http://10.0.0.5 or [2001:db8::1]; listen on 172.16.3.4"),
    ("MAC_ADDRESS", "FF:FF:FF:FF:FF:FF and 00:1A:2B:3C:4D"),
    ("NATIONAL_ID", "12345678A and RSSMRA85T10A562T"),
    ("PHONE", "2024-01-15 and 12.05.1983 and 0800-1200 hours"),
    ("EMAIL", "a@b, @name, x@1.2, 5 @ 3.00"),
]


@pytest.mark.parametrize(("entity", "text"), NOT_FOUND)
def test_a_slip_of_format_or_check_digit_is_not_found(entity: str, text: str) -> None:
    scan = ANALYZER.scan(text)
    assert scan.complete
    assert [text[f.start : f.end] for f in scan.findings if f.entity == entity] == []
