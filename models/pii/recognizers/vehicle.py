# ruff: noqa: E501 (word lists and plates: one country a line)
"""Vehicles that stand for their owner: identification numbers by their check digit, plates near words about driving."""

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
from models.pii.recognizers.placeholder import listed

_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_CHARS = 17
_VIN = r"[A-HJ-NPR-Z0-9](?<![\w-].)[A-HJ-NPR-Z0-9]{16}(?![\w-])"
_PLATE_WORDS = (
    r"(?:licen[cs]e|number|registration|vehicle|car|reg(?:istration)?|driver)[ _]?plates?(?: (?:no|number|#))?|plates?(?: (?:no|number|#|is|of|reading))?|"
    r"vehicle[ _]reg(?:istration)?(?: (?:no|number|mark))?|car reg(?:istration)?|reg(?:istration)?(?: (?:no|number|mark))?|vrm|vrn|index(?= [A-Z]{2}\d\d)|"
    r"(?:vehicle|car|motor(?:cycle|bike)|bike|truck|van|scooter|lorry|taxi|auto)(?: (?:no|number|num))|"
    r"(?:kfz-|amtliches )?kennzeichen|plaque(?: d'immatriculation)?|immatricul(?:ation|ée?)|matr[ií]culas?|targ[ah]e?(?:ta)?|targato|kenteken|"
    r"(?:numer|nr) rejestracyjny|(?:nr|tablica) rej(?:estracyjna)?\.?|placas?|tag number|license tag|nummernschild"
)
_PLATE_TRIGGERS = ("plate", "reg", "vrm", "vrn", "index", "vehicle", "car", "bike", "cycle", "truck", "van", "scooter", "lorry", "taxi", "auto", "kennz", "schild", "plaque", "immat", "matr", "targ", "kenteken", "rej", "placa", "tag")  # fmt: skip
_PLATE = r"(?=[A-ZÄÖÜ0-9 -]{0,9}\d)(?=[0-9 -]{0,7}[A-ZÄÖÜ])[A-ZÄÖÜ0-9]{1,4}(?:[ ·-]?[A-ZÄÖÜ0-9]{1,5}){0,3}(?![\w-])"
# A plate by itself: capitals and digits as one country arranges them.
_FORMS = "|".join(
    (
        r"[A-Z]{2}\d{2}[ -]?[A-Z]{3}",  # United Kingdom since 2001
        r"[A-HJ-NPR-TV-Y]\d{1,3}[ ]?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3}[ ]?\d{1,3}[A-HJ-NPR-TV-Y]",  # and before
        r"[A-Z]{2}[ -]?\d{2}[ -]?[A-Z]{1,3}[ -]?\d{4}",  # India
        r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\d{1,4}[EH]?|[A-ZÄÖÜ]{1,3}[ ][A-Z]{1,2}[ ]\d{2,4}[EH]?",  # Germany
        r"[A-Z]{2}[ -]\d{3}[ -][A-Z]{2}|[A-Z]{2}\d{3}[A-Z]{2}",  # France, Italy
        r"\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}",  # Spain
        r"\d{2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{2}-\d{2,3}-[A-Z]{1,2}|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d-[A-Z]{3}-\d{2}",  # Netherlands, Portugal
        r"[A-Z]{2,3}[ ]\d{4,5}|[A-Z]{2,3}[ ]\d{3}[A-Z]{2}",  # Poland
        r"\d[A-Z]{3}[ -]?\d{3}|[A-Z]{3}[ -]?\d{3,4}|\d{3}[ -]?[A-Z]{3}|[A-Z]{2}[ ]?\d{5}",  # United States and many others
    )
)
# Where a letter of a plate stands beside a digit of it. Each form has such a place within its first eight characters.
_SEAM = r"[A-ZÄÖÜ\d](?:(?<=\d)[ -]?[A-ZÄÖÜ]|(?<=[A-ZÄÖÜ])[ -]?\d)"
_BEFORE_TRIGGER_CHARS = 20
_BARE = rf"(?<![\w-])(?:{_FORMS})(?![\w-])(?!\.\d)"
_NO_PLATE = listed(
    """
    ISO DIN RFC CVE UTC GMT USB RTX GTX COVID SARS HTTP SHA AES RSA PIN PO VAT USD EUR GBP PLN CHF INR AUD CAD NYC MIL SKU REF NO TV HD LP CD
    DVD CPU GPU RAM SSD JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN THE AND FOR NOT ALL ANY YES TOP ACT LAW SEC
    ART FIG TAB PAR VOL IN ON AT TO OF BY OR AS IS IT IF WE HE SO UP DO GO KG KGS LBS MHZ GHZ KWH KMH MPH KM MB GB TB RPM PPM BPM PCS MIN HRS DAY
    BCE CST PST EST CET BST MST ML MG NEW WWW RS ID
    """
)
_DRIVING = Context(
    (
        "vehicles?", "cars?", "vans?", "lorry", "lorries", "trucks?", "motor(?:cycles?|bikes?)", "bikes?", "mopeds?", "scooters?", "taxis?", "cabs?", "auto-?rickshaws?", "suv", "saloon", "hatchback", "estate car", "pick-?up",
        "driv(?:e|es|er|ers|ing|en)", "drove", "park(?:ed|ing|s)?", "parking (?:fine|ticket|charge)", "plates?", "reg", "registrations?", "registered", "number ?plate", "dvla", "dmv", "keeper", "towed", "speeding", "overtook", "hit by", "rear-?ended", "crash(?:ed)?", "collision", "garage", "mot", "mileage", "insured", "toll", "congestion charge",
        "ford", "bmw", "audi", "toyota", "vauxhall", "volkswagen", "vw", "golf", "honda", "nissan", "hyundai", "kia", "mercedes", "tesla", "renault", "peugeot", "citro[eë]n", "fiat", "seat", "skoda", "volvo", "mazda", "suzuki", "maruti", "mahindra", "bajaj", "hero", "yamaha", "subaru", "jeep", "chevrolet", "chevy", "dodge", "opel", "mini", "jaguar", "land rover", "lexus", "corolla", "civic", "corsa", "fiesta", "astra", "polo", "passat",
        "auto", "wagen", "fahrzeug\\w{0,8}", "pkw", "fahrer\\w{0,3}", "halter", "geparkt", "kennzeichen", "voiture", "véhicule", "conducteur", "garée?", "camion", "coche", "vehículo", "carro", "conductor", "aparcado", "veículo", "viatura", "automóvel", "macchina", "autovettura", "veicolo", "furgone", "auto(?:mobile)?", "parcheggiat[ao]", "voertuig", "auto's", "bestelbus", "samoch[oó]d\\w{0,3}", "pojazd\\w{0,2}", "kierowc\\w{1,3}",
    ),
    before_chars=48,
)  # fmt: skip
# Each of the words above holds one of these.
_DRIVING_TRIGGERS = (
    "vehic", "car", "van", "lorry", "lorri", "truck", "cycle", "bike", "moped", "scooter", "taxi", "cab", "rickshaw", "suv", "saloon", "hatchback", "pick", "driv", "drove",
    "park", "plate", "reg", "dvla", "dmv", "keeper", "towed", "speeding", "overtook", "hit by", "rear", "crash", "collision", "garage", "mot", "mileage", "insured", "toll", "congestion",
    "ford", "bmw", "audi", "toyota", "vauxhall", "volkswagen", "vw", "golf", "honda", "nissan", "hyundai", "kia", "mercedes", "tesla", "renault", "peugeot", "citro", "fiat", "seat", "skoda",
    "volvo", "mazda", "suzuki", "maruti", "mahindra", "bajaj", "hero", "yamaha", "subaru", "jeep", "chev", "dodge", "opel", "mini", "jaguar", "land rover", "lexus", "corolla", "civic", "corsa",
    "fiesta", "astra", "polo", "passat", "auto", "wagen", "fahr", "pkw", "halter", "geparkt", "kennzeichen", "voiture", "véhicule", "conduct", "garé", "camion", "coche", "vehíc", "aparcado",
    "veíc", "viatura", "móvil", "móvel", "macchina", "autovettura", "veicolo", "furgone", "voertuig", "bestelbus", "samoch", "pojazd", "kierowc",
)  # fmt: skip


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


def _is_measure(value: str) -> bool:
    """True for a word or unit and a number: ISO 9001, 500 MHZ, UP TO 10."""
    parts = compiled(r"[ -]").split(value)
    return 1 < len(parts) < 4 and not _NO_PLATE.isdisjoint(parts)


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
        for start, end in around(text, _SEAM, 12, 14) if has_any(lower, _DRIVING_TRIGGERS) else ():
            for match in compiled(_BARE).finditer(text, start, end):
                if not _is_measure(match[0]) and _DRIVING.found(text, *match.span()):
                    reason = "It is arranged like a number plate, and a word about driving stands nearby."
                    yield Finding(*match.span(), "VEHICLE", CONTEXT, self.name, reason)
