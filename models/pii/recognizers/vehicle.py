"""Vehicles that stand for their owner: identification numbers by their check digit, plates near words about driving."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import (
    CHECKSUM,
    CONTEXT,
    Context,
    around,
    compiled,
    has_any,
    labelled,
    long_words,
    lowered,
    matches,
    openings,
)
from models.pii.recognizers.plate_forms import PLATE_FORMS, is_measure

_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_CHARS = 17
_VIN = r"[A-HJ-NPR-Z0-9](?<![\w-].)[A-HJ-NPR-Z0-9]{16}(?![\w-])"
_PLATE_WORDS = (
    r"(?:licen[cs]e|number|registration|vehicle|car|reg(?:istration)?|driver)[ _]?plates?(?: (?:no|number|#))?|plates?(?: (?:no|number|#|is|of|reading))?|"
    r"vehicle[ _]reg(?:istration)?(?: (?:no|number|mark))?|car reg(?:istration)?|reg(?:istration)?(?: (?:no|number|mark))?|vrm|vrn|index(?= [A-Z]{2}\d\d)|"
    r"(?:vehicle|car|motor(?:cycle|bike)|bike|truck|van|scooter|lorry|taxi|auto)(?: (?:no|number|num))|"
    r"(?:kfz-|amtliche[sn]? )?kennzeichen|amtl\. ?(?:kz|kennz)\.?|(?:kfz-)?kz\.?(?=:? [A-ZÄÖÜ]{1,3}[- ][A-Z])|plaque(?: d'immatriculation)?|immatricul(?:ation|ée?)|matr[ií]culas?|targ[ah]e?(?:ta)?|targato|kenteken|"
    r"(?:numer|nr) rejestracyjny|(?:nr|tablica) rej(?:estracyjna)?\.?|placas?|tag number|license tag|nummernschild|plaka(?:s[ıi](?:n[ıi]n)?|n[ıi]n)?(?: (?:numaras[ıi]|no|na))?|araç plakas[ıi]|conduction sticker|nummerplaat|nummerplade|registreringsskylt|rendszám|spz|ecv|evč|registreringsnummer|reg\.?nr\.?|rego|patente|nr\.? auto|număr(?:ul)? de înmatriculare|rekisterinumero|rekisteritunnus|kontrollschild|polizeiliches kennzeichen|(?:auto ?)?numbri?märk|registracij[ae]|registarsk[ae] oznak[ae]|tablice|plat nomor|nomor polisi|nopol|biển số(?: xe)?|mat[rí]cula|номер авто|номера? машины|гос\. ?номер|reg(?:istrační|istračná)? značka|πινακίδα|αριθμός κυκλοφορίας|車牌(?:號碼)?|车牌号?码?|ナンバー(?:プレート)?|차량번호|ทะเบียนรถ|госномер|номерной знак"
)
_PLATE_TRIGGERS = ("plate", "reg", "vrm", "vrn", "index", "vehicle", "car", "bike", "cycle", "truck", "van", "scooter", "lorry", "taxi", "auto", "kennz", "kz", "schild", "plaque", "immat", "matr", "targ", "kenteken", "rej", "placa", "tag", "plak", "sticker", "nummerpla", "registrer", "rendsz", "spz", "ecv", "evč", "patente", "nr auto", "nr. auto", "înmatr", "rekister", "schild", "märk", "oznak", "plat ", "nomor", "nopol", "biển", "номер", "značka", "πινακ", "κυκλοφ", "車牌", "车牌", "ナンバー", "차량", "ทะเบียน")  # fmt: skip
_PLATE = r"(?=[A-ZÄÖÜ0-9 -]{0,9}\d)(?=[0-9 -]{0,7}[A-ZÄÖÜ])[A-ZÄÖÜ0-9]{1,4}(?:[ ·-]?[A-ZÄÖÜ0-9]{1,5}){0,3}(?![\w-])"
_ANY_PLATE_TRIGGER = "|".join(map(re.escape, _PLATE_TRIGGERS))
_FORMS = "|".join(regex for _, regex, _ in PLATE_FORMS)
_CHINESE = r"(?<![\u4e00-\u9fff])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-Z][ ·•.-]?(?=[A-Z0-9]{0,5}\d)[A-HJ-NP-Z0-9]{5,6}[挂学警港澳]?(?![A-Za-z0-9])"
_JAPANESE = r"[\u3041-\u3093\u4e00-\u9fff]{2,4}[ ]?\d{2,3}[ ]?(?![おしへん])[\u3041-\u3093][ ]?(?:\d{1,2}[-‐–ー]?\d{2}|[·・. ]{0,3}\d{1,3}(?!\d))(?![\w-])"
_CHINESE_CHARS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_PLATE_CHARS = (*_CHINESE_CHARS, *map(chr, range(0x3041, 0x3094)))
# Where a letter of a plate stands beside a digit of it. Each form has such a place within its first eight characters.
_SEAM = r"[A-ZÄÖÜ\d](?:(?<=\d)[ -]?[A-ZÄÖÜ]|(?<=[A-ZÄÖÜ])[ -]?\d)"
_BEFORE_TRIGGER_CHARS = 20
_AND = r"(?i:,[ ]|[ ](?:and|und|et|y|e|en|i|ve|or|&|/)[ ]|[ ]?/[ ]?)"
_BARE = rf"(?<![\w-])(?:{_FORMS})(?![\w-])(?!\.\d)"
_DRIVING = Context(
    (
        "vehicles?", "cars?", "vans?", "lorry", "lorries", "trucks?", "motor(?:cycles?|bikes?)", "bikes?", "mopeds?", "scooters?", "taxis?", "cabs?", "auto-?rickshaws?", "suv", "saloon", "hatchback", "estate car", "pick-?up",
        "driv(?:e|es|er|ers|ing|en)", "drove", "park(?:ed|ing|s)?", "parking (?:fine|ticket|charge)", "plates?", "reg", "registrations?", "registered", "number ?plate", "dvla", "dmv", "keeper", "towed", "speeding", "overtook", "hit by", "rear-?ended", "crash(?:ed)?", "collision", "garage", "mot", "mileage", "insured", "toll", "congestion charge",
        "ford", "bmw", "audi", "toyota", "vauxhall", "volkswagen", "vw", "golf", "honda", "nissan", "hyundai", "kia", "mercedes", "tesla", "renault", "peugeot", "citro[eë]n", "fiat", "seat", "skoda", "volvo", "mazda", "suzuki", "maruti", "mahindra", "bajaj", "hero", "yamaha", "subaru", "jeep", "chevrolet", "chevy", "dodge", "opel", "mini", "jaguar", "land rover", "lexus", "corolla", "civic", "corsa", "fiesta", "astra", "polo", "passat", "octavia", "fabia", "qashqai", "tiguan", "clio", "yaris", "punto", "ibiza", "twingo", "m[eé]gane", "driveway",
        "caddy", "panda", "kangoo", "berlingo", "touran", "sharan", "zafira", "sandero", "duster", "micra", "sprinter", "transporter", "multivan", "picanto", "hilux", "navara", "ute", "lieferwagen",
        "auto", "wagen", "fahrzeug\\w{0,8}", "pkw", "camper", "wohnmobil", "fahrer\\w{0,3}", "halter", "geparkt", "kennzeichen", "voiture", "véhicule", "conducteur", "garée?", "camion", "coche", "vehículo", "carro", "conductor", "aparcado", "veículo", "viatura", "automóvel", "macchina", "(?:auto)?vettura", "veicolo", "furgone", "auto(?:mobile)?", "parcheggiat[ao]", "voertuig", "auto's", "bestelbus", "araç\\w{0,4}", "araba\\w{0,3}", "plaka\\w{0,6}", "kotse", "sasakyan", "matatu", "bakkie", "okada", "enatis", "samoch[oó]d\\w{0,3}", "pojazd\\w{0,2}", "kierowc\\w{1,3}",
    ),
    before_chars=48,
)  # fmt: skip
_ANY_WORD = Context(
    (
        *_DRIVING.words, _PLATE_WORDS, "vins?", "fin", "chassis\\w{0,8}", "ch[âa]ssis", "fahrgestell\\w{0,8}", "bastidor", "telaio", "chassi",
        "t[üu]v", "itv", "apk", "revisione", "contrôle technique", "engine", "motor", "wheels?", "tyres?", "tires?", "camper", "caravan", "trailer",
    ),
    before_chars=60,
)  # fmt: skip
# Each of the words of driving holds one of these.
_DRIVING_TRIGGERS = (
    "vehic", "car", "van", "lorry", "lorri", "truck", "cycle", "bike", "moped", "scooter", "taxi", "cab", "rickshaw", "suv", "saloon", "hatchback", "pick", "driv", "drove",
    "park", "plate", "reg", "dvla", "dmv", "keeper", "towed", "speeding", "overtook", "hit by", "rear", "crash", "collision", "garage", "mot", "mileage", "insured", "toll", "congestion",
    "ford", "bmw", "audi", "toyota", "vauxhall", "volkswagen", "vw", "golf", "honda", "nissan", "hyundai", "kia", "mercedes", "tesla", "renault", "peugeot", "citro", "fiat", "seat", "skoda",
    "volvo", "mazda", "suzuki", "maruti", "mahindra", "bajaj", "hero", "yamaha", "subaru", "jeep", "chev", "dodge", "opel", "mini", "jaguar", "land rover", "lexus", "corolla", "civic", "corsa",
    "parchegg", "octavia", "fabia", "qashqai", "tiguan", "clio", "yaris", "punto", "ibiza", "twingo", "megane", "mégane", "caddy", "panda", "kangoo", "berlingo", "touran", "sharan", "zafira", "sandero",
    "duster", "micra", "sprinter", "transporter", "multivan", "picanto", "hilux", "navara", "ute",
    "fiesta", "astra", "polo", "passat", "auto", "wagen", "fahr", "pkw", "camper", "wohnmobil", "halter", "geparkt", "kennzeichen", "voiture", "véhicule", "conduct", "garé", "camion", "coche", "vehíc", "aparcado",
    "veíc", "viatura", "móvil", "móvel", "macchina", "vettura", "veicolo", "furgone", "voertuig", "bestelbus", "samoch", "pojazd", "kierowc", "araç", "araba", "plaka", "kotse", "sasakyan", "matatu", "bakkie", "okada", "enatis",
)  # fmt: skip


def names_plates(label: str) -> bool:
    """Whether ``label`` (in lower case) is a word for a number plate and nothing else."""
    may_be = compiled(_ANY_PLATE_TRIGGER).search(label) is not None
    return may_be and compiled(_PLATE_WORDS, re.IGNORECASE).fullmatch(label) is not None


def is_near_driving(text: str, start: int, end: int) -> bool:
    """Whether a word about vehicles or driving, or one that names their numbers, stands near ``text[start:end]``."""
    return _ANY_WORD.found(text, start, end) is not None


def vin(value: str) -> bool:
    """49 CFR 565.15: letters by table, weights, mod 11 with X for ten, in the ninth place (North America and China)."""
    number = value.upper()
    total = sum(
        (int(char) if char.isdigit() else _VIN_VALUES[char]) * weight
        for char, weight in zip(number, _VIN_WEIGHTS, strict=True)
    )
    return (
        "0123456789X"[total % 11] == number[8] and any(c.isdigit() for c in number) and any(c.isalpha() for c in number)
    )


def _is_plate(value: str) -> bool:
    return len(value) > 3 and any(char.isdigit() for char in value) and any(char.isalpha() for char in value)


class VehicleRecognizer:
    """Vehicle identification numbers and number plates."""

    name = "vehicle"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield numbers that are proven by a check digit, named by a word, or arranged as plates near such words."""
        for start, end in long_words(text, _VIN_CHARS):
            for match in compiled(_VIN).finditer(text, start, end):
                if vin(match[0]):
                    reason = "The check digit of a vehicle identification number is right."
                    yield Finding(*match.span(), "VEHICLE", CHECKSUM - 0.04, self.name, reason)
        lower = lowered(text)
        for starts, end in openings(lower, _PLATE_TRIGGERS, _BEFORE_TRIGGER_CHARS):
            for match in matches(compiled(labelled(_PLATE_WORDS, _PLATE)), text, starts, end):
                if _is_plate(match["value"]):
                    reason = "Letters and digits after words for a number plate."
                    yield Finding(*match.span("value"), "VEHICLE", CONTEXT + 0.06, self.name, reason)
                    further = compiled(rf"{_AND}(?P<value>{_FORMS})(?![\w-])").match(text, match.end("value"))
                    if further and not is_measure(further["value"]):
                        yield Finding(*further.span("value"), "VEHICLE", CONTEXT + 0.06, self.name, reason)
        if not text.isascii() and has_any(lower, _PLATE_CHARS):
            for regex, mark in ((_CHINESE, rf"[{_CHINESE_CHARS}][A-Z]"), (_JAPANESE, r"\d[ ]?[\u3041-\u3093]")):
                for start, end in around(text, mark, 8, 12):
                    for match in compiled(regex).finditer(text, start, end):
                        reason = "It is arranged like a Chinese or Japanese number plate."
                        yield Finding(*match.span(), "VEHICLE", CONTEXT + 0.06, self.name, reason)
        for start, end in around(text, _SEAM, 12, 14) if has_any(lower, _DRIVING_TRIGGERS) else ():
            for match in compiled(_BARE).finditer(text, start, end):
                if not is_measure(match[0]) and _DRIVING.found(text, *match.span()):
                    reason = "It is arranged like a number plate, and a word about driving stands nearby."
                    yield Finding(*match.span(), "VEHICLE", CONTEXT, self.name, reason)
