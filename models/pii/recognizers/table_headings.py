"""What headings of columns and fields of forms say about the values under them, in several languages."""

import re
from functools import cache

from models.pii.recognizers.pattern import compiled

SURE, WEAK = 2, 1
"""A heading that is only used of people; one that is used of things too, and needs another of people beside it."""

_SURE_NAMES = """
    full name|first name|firstname|last name|lastname|surname|given name|family name|fname|lname|middle name|
    maiden name|
    patient|patient name|name of patient|employee|employee name|staff name|staff member|customer name|client name|
    contact name|contact person|member name|student|student name|pupil|pupil name|child name|child's name|parent name|
    guardian|guardian name|guest name|passenger|passenger name|cardholder|cardholder name|account holder|tenant|
    tenant name|applicant|applicant name|candidate|candidate name|participant|participant name|attendee|attendees|
    next of kin|emergency contact|policyholder|insured|beneficiary|claimant|donor|donor name|witness|driver name|
    nachname|vorname|familienname|patientin|mitarbeiter|mitarbeiterin|kundenname|versicherter|schüler|teilnehmer|
    ansprechpartner|nombre y apellidos|nombre completo|apellido|apellidos|paciente|empleado|empleada|alumno|prénom|
    nom de famille|nom complet|nom et prénom|salarié|élève|cognome|nome e cognome|paziente|dipendente|achternaam|
    voornaam|patiënt|medewerker|sobrenome|nome completo|funcionário|nazwisko|imię|imię i nazwisko|pacjent|pracownik|
    efternamn|förnamn|etternavn|fornavn|sukunimi|etunimi
"""
_WEAK_NAMES = """
    name|names|customer|client|contact|member|nombre|nom|nome|naam|namn|navn|nimi|kunde|cliente|klant|klient|owner|user|
    manager|supervisor|doctor|physician|consultant|gp|nurse|therapist|teacher|assignee|assigned to|agent|buyer|seller|
    sender|recipient|resident|visitor|author|signatory|signed by
"""
_OTHERS = {
    "DATE_OF_BIRTH": """
        dob|d o b|date of birth|birth date|birthdate|birthday|born|geburtsdatum|geb datum|geboren|geb|
        fecha de nacimiento|fecha nacimiento|f nacimiento|date de naissance|né le|née le|data di nascita|geboortedatum|
        data de nascimento|data urodzenia|födelsedatum|fødselsdato|syntymäaika
    """,
    "AGE": "age|age in years|age years|alter|edad|âge|età|leeftijd|idade|wiek|ålder|alder|ikä",
    "US_SSN": "ssn|social security|social security no|social security number",
    "PHONE": """
        phone|telephone|phone no|phone number|telephone no|telephone number|mobile|mobile no|mobile number|cell|
        cell phone|home phone|work phone|tel|tel no|fax|telefon|telefonnummer|handy|mobil|teléfono|móvil|téléphone|
        portable|telefono|cellulare|telefoon|telefone|telemóvel|celular|telefon komórkowy
    """,
    "ADDRESS": """
        address|home address|street|street address|postal address|mailing address|adresse|anschrift|straße|strasse|
        wohnort|dirección|domicilio|indirizzo|adres|endereço|morada|adress
    """,
    "PASSWORD": "password|passwd|pwd|pin|passwort|kennwort|contraseña|mot de passe",
    "PASSPORT": "passport|passport no|passport number|reisepass|pasaporte|passeport|passaporto|paspoort",
    "BANK_ACCOUNT": "account no|account number|bank account|bank account no|bank account number|iban|konto|kontonummer",
    "HEALTH": """
        diagnosis|diagnoses|condition|conditions|medical condition|medical conditions|medical history|medication|
        medications|medicine|allergy|allergies|allergic to|disability|treatment|symptoms|procedure|prescription|
        blood type|blood group|diagnose|diagnosen|erkrankung|medikation|medikament|medikamente|allergien|behinderung|
        diagnóstico|medicación|alergias|diagnostic|traitement|diagnosi|terapia|medicatie|allergieën|aandoening
    """,
    "RELIGION": "religion|faith|denomination|religious affiliation|konfession|religión|religione|geloof|wyznanie",
    "ETHNICITY": """
        ethnicity|ethnic origin|ethnic group|race|race/ethnicity|ethnie|etnia|ethnische herkunft|origen étnico
    """,
    "POLITICS": "party membership|political party|political affiliation|party affiliation|voted for|parteimitglied",
    "SEXUAL_LIFE": "sexual orientation|sexuality|orientation|sexuelle orientierung|orientación sexual",
    "UNION": "union|trade union|union member|union membership|gewerkschaft|sindicato|syndicat|sindacato|vakbond",
}
# What else is noted of people; not looked for itself, but it says that the table is about them.
_OF_PEOPLE = """
    email|e mail|mail|email address|e mail address|correo|courriel|gender|sex|pronouns|geschlecht|sexo|sexe|salary|
    wage|hourly rate|gehalt|salario|salaire|nationality|citizenship|marital status|nhs no|nhs number|mrn|
    national insurance no|insurance no|employee id|employee no|staff id|patient id|student id|member no|national id|
    personal no|dni|nif|bsn|pesel|hire date|start date of employment|job title|occupation|beruf|profesión|room no
"""
SPECIAL = frozenset(("AGE", "HEALTH", "RELIGION", "ETHNICITY", "POLITICS", "SEXUAL_LIFE", "UNION"))
"""Said of a person only where the table names people as well."""

_MARKS = re.compile(r"[\s._/-]+")
_ASIDE = re.compile(r"\([^)]{0,30}\)|#")
_NOTHING = frozenset(
    [
        "none",
        "no",
        "yes",
        "n/a",
        "na",
        "nil",
        "unknown",
        "-",
        "–",
        "—",
        "?",
        "keine",
        "nein",
        "ja",
        "ninguna",
        "ninguno",
        "aucun",
        "aucune",
        "nessuna",
        "geen",
        "tbd",
        "tba",
        "null",
        "x",
        "ok",
        "normal",
        "other",
        "pending",
    ]
)
_DATE = r"\d[\d./ -]{5,11}|[\w,. -]{6,24}\d{2}"
_WORDS = r"[^\W\d_][^@{}<>=\n]{2,80}"
_FORMS = {
    "DATE_OF_BIRTH": _DATE,
    "AGE": r"(?:1[01]\d|[1-9]?\d)(?:[ ]?(?:y|yrs?|years?(?: old)?|jahre|años|ans|anni|jaar|lat))?",
    "PERSON": r"[^\W\d_][^\d_@/={}<>]{1,60}",
    "US_SSN": r"\d{3}[- ]?\d{2}[- ]?\d{4}",
    "PHONE": r"[+(]?\d[\d ().+/-]{5,20}",
    "ADDRESS": r"(?=.*\d).{5,120}",
    "PASSWORD": r"\S{3,64}",
    "PASSPORT": r"[A-Z0-9]{6,10}",
    "BANK_ACCOUNT": r"[A-Z0-9][A-Z0-9 -]{4,40}",
}


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Heading → entity ("" for what is not looked for itself) and weight."""
    known = dict.fromkeys(_split(_OF_PEOPLE), ("", WEAK))
    for entity, headings in _OTHERS.items():
        known.update((heading, (entity, WEAK)) for heading in _split(headings))
    known.update((heading, ("PERSON", WEAK)) for heading in _split(_WEAK_NAMES))
    known.update((heading, ("PERSON", SURE)) for heading in _split(_SURE_NAMES))
    return known


def _split(headings: str) -> list[str]:
    return [" ".join(heading.split()) for heading in headings.split("|")]


def meaning(heading: str) -> tuple[str, int] | None:
    """Entity and weight of a heading (of at most 40 characters); None when it says nothing about a person."""
    if not heading or len(heading) > 40:
        return None
    known = _known()
    plain = heading.strip(" \t*_:#'\"").lower()
    found = known.get(plain)
    if found is None and not plain.isalpha():
        found = known.get(" ".join(_MARKS.split(_ASIDE.sub("", plain))).strip())
    return found


def fits(entity: str, value: str) -> bool:
    """Whether ``value`` may be what the heading says."""
    if value.lower().strip(" .") in _NOTHING:
        return False
    return compiled(_FORMS.get(entity, _WORDS), re.IGNORECASE).fullmatch(value) is not None
