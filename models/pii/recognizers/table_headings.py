"""What headings of columns and fields of forms say about the values under them, in several languages."""

import re
from functools import cache

from models.pii.recognizers.heading_words import entity_under
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
    voornaam|roepnaam|patiënt|medewerker|sobrenome|nome completo|funcionário|nazwisko|imię|imię i nazwisko|pacjent|pracownik|
    efternamn|förnamn|etternavn|fornavn|sukunimi|etunimi
"""
_WEAK_NAMES = """
    name|names|customer|client|contact|member|nombre|nom|nome|naam|namn|navn|nimi|kunde|cliente|klant|klient|owner|user|
    manager|supervisor|doctor|physician|consultant|gp|nurse|therapist|teacher|assignee|assigned to|agent|buyer|seller|
    sender|recipient|resident|keeper|registered keeper|policy holder|borrower|debtor|employer contact|instructor|visitor|author|signatory|signed by
"""
_SURE_PLATES = """
    licence plate|license plate|license plate number|number plate|plate no|plate number|reg plate|vehicle reg|vehicle reg no|veh reg|car reg|car plate|vehicle plate|
    vehicle registration|kennzeichen|kfz kennzeichen|amtl kennzeichen|immatriculation|kenteken|numer rejestracyjny|registreringsnummer|rego
"""
_OTHERS = {
    "DATE_OF_BIRTH": """
        dob|d o b|date of birth|birth date|birthdate|birthday|born|geburtsdatum|geb datum|geboren|geb|
        year of birth|birth year|yob|born on|patient dob|client dob|fecha nac|f nac|naissance|nacimiento|ddn|rodné datum|
        fecha de nacimiento|fecha nacimiento|f nacimiento|date de naissance|né le|née le|data di nascita|geboortedatum|
        data de nascimento|data urodzenia|födelsedatum|fødselsdato|syntymäaika
    """,
    "AGE": "age|age in years|age years|alter|edad|âge|età|leeftijd|idade|wiek|ålder|alder|ikä",
    "US_SSN": "ssn|social security|social security no|social security number",
    "PHONE": """
        phone1|phone2|cell no|cell number|cellphone|mobile phone|mobile1|contact no|contact number|whatsapp|landline|
        emergency phone|day phone|evening phone|tel nr|tel number|gsm|mob|tlf|telefono movil|celular no|
        phone|telephone|phone no|phone number|telephone no|telephone number|mobile|mobile no|mobile number|cell|
        cell phone|home phone|work phone|tel|tel no|fax|telefon|telefonnummer|handy|mobil|teléfono|móvil|téléphone|
        portable|telefono|cellulare|telefoon|telefone|telemóvel|celular|telefon komórkowy
    """,
    "ADDRESS": """
        addr|line1|line 1|address1|address 1|address line 1|address line1|addr1|street1|street line 1|street and number|
        residence|residential address|delivery address|shipping address|billing address|permanent address|current address|
        zip|zip code|zipcode|postcode|post code|postal code|plz|postleitzahl|code postal|código postal|codigo postal|cep|
        kod pocztowy|postnummer|
        address|home address|street|street address|postal address|mailing address|adresse|anschrift|straße|strasse|
        wohnort|dirección|direccion|domicilio|indirizzo|adres|endereço|endereco|morada|adress|ulica|cím|adresa|osoite
    """,
    "PASSWORD": "password|passwd|pwd|pin|passwort|kennwort|contraseña|mot de passe",
    "PASSPORT": "passport|passport no|passport number|passport nr|passportno|reisepass|pasaporte|passeport|passaporto|paspoort",
    "BANK_ACCOUNT": "account no|account number|bank account|bank account no|bank account number|iban|konto|kontonummer|acct|acct no|acct number|sort code|routing number|cuenta|número de cuenta|numero de cuenta|rib|rekening|rekeningnummer|conto|numero conto|clabe",
    "DRIVING_LICENCE": "driving licence|driving licence no|driver license|driver's license|driver license no|drivers license|dl no|dl number|führerschein|licence no|license no|licence number|license number",
    "VEHICLE": """
        vin|plate|plates|plate no|plate number|reg|reg no|reg number|reg mark|registration no|registration number|vehicle reg no|veh reg|rego|kfz kennzeichen|amtl kennzeichen|plaque|placa|placas|matricula|plaka|tablice|reg nr|registreringsnummer|licence plate|license plate|number plate|vehicle reg|vehicle registration|reg plate|chassis no|
        chassis number|kennzeichen|fahrgestellnummer|matrícula|matricule véhicule|immatriculation|targa|kenteken|numer rejestracyjny
    """,
    "PAYMENT_CARD": "card|card no|card number|credit card|credit card number|debit card|cc number|ccn|pan|kreditkarte|kartennummer|tarjeta|carte",
    "DEVICE_ID": "imei|imei no|imsi|iccid|device id|device serial",
    "NATIONAL_ID": """
        national id|national id no|national id number|nationalid|id card|id card no|identity card|identity no|personal no|personal number|dni|nif|nie|
        bsn|pesel|cpf|curp|rut|nino|ni number|ni no|national insurance no|national insurance number|codice fiscale|cf|steuer id|tax id|tin|
        personnummer|cnp|egn|oib|aadhaar|aadhaar no|pan no|nric|sin|tfn|rsvnr|svnr|nir|numéro de sécurité sociale|id number
    """,
    "USERNAME": """
        username|user name|login|login name|user login|screen name|screenname|handle|nick|nickname|gamertag|account name|
        twitter|instagram|discord|telegram|benutzername|benutzer|nom d'utilisateur|utilisateur|usuario|nombre de usuario|nome utente|
        gebruikersnaam|nazwa użytkownika
    """,
    "ID_NUMBER": """
        nhs no|nhs number|mrn|insurance no|insurance number|insurance id|health insurance no|medical record no|medical record number|hospital no|
        employee id|employee no|employee number|emp id|emp no|staff id|staff no|personnel no|payroll no|payroll id|badge no|
        patient id|patient no|patient number|student id|student no|student number|pupil id|matric no|member no|member id|member number|
        membership no|customer id|customer no|customer number|cust id|client id|client no|client number|policy no|policy number|policy id|
        claim no|claim number|case no|case number|file no|loan no|applicant id|candidate no|subscriber id|donor id|
        versichertennummer|versicherungsnummer|kundennummer|personalnummer|matrikelnummer|mitgliedsnummer|kunden nr|personal nr|
        número de póliza|póliza|número de cliente|número de historia|nhc|numéro client|numéro de dossier|numero polizza|codice cliente|
        application no|application number|wallet id|
        mitgl nr|mitglieds nr|pat nr|patienten nr|pers nr|ma nr|emp nr|schüler nr|schülernummer|mitarbeiter nr|mitarbeiternummer|
        leerlingnr|leerling nr|leerlingnummer|klant nr|lidnummer|medewerker nr|stamnummer|numéro étudiant|numéro adhérent|
        id socio|numero socio|numero tessera|matricola|número de socio|número de empleado|número de aluno|nº aluno|nº socio|
        nr ucznia|numer ucznia|nr klienta|numer pracownika|nr członkowski|
        klantnummer|polisnummer|patiëntnummer|personeelsnummer|numer klienta|numer pacjenta|nr pacjenta
    """,
    "HEALTH": """
        dx|pmh|medical notes|health condition|health conditions|chronic conditions|illness|disease|health issue|health issues|icd10|icd 10|icd|
        dietary and medical|medical needs|disabilities|krankheit|enfermedad|maladie|malattia|ziekte|choroba|diagnoza|rozpoznanie|medicamentos|alergia|
        allergie|diagnose code|
        diagnosis|diagnoses|condition|conditions|medical condition|medical conditions|medical history|medication|
        medications|medicine|allergy|allergies|allergic to|disability|treatment|symptoms|procedure|prescription|
        blood type|blood group|diagnose|diagnosen|erkrankung|medikation|medikament|medikamente|allergien|behinderung|
        diagnóstico|medicación|alergias|diagnostic|traitement|diagnosi|terapia|medicatie|allergieën|aandoening
    """,
    "RELIGION": "religion|religionszugehörigkeit|faith|religious belief|belief|religión|religione|religião|godsdienst|geloofsovertuiging|bekenntnis|religia|denomination|religious affiliation|konfession|religión|religione|geloof|wyznanie",
    "ETHNICITY": """
        racial origin|etnicidad|etnicità|origine ethnique|herkomst|ethnische zugehörigkeit|
        ethnicity|ethnic origin|ethnic group|race|race/ethnicity|ethnie|etnia|ethnische herkunft|origen étnico
    """,
    "POLITICS": "politics|political views|political opinion|party member|partei|partido|parti politique|partito|partij|political party|political affiliation|party affiliation|voted for|parteimitglied",
    "SEXUAL_LIFE": "orientación|orientamento sessuale|orientation sexuelle|seksuele geaardheid|sexuality|orientation|sexuelle orientierung|orientación sexual",
    "UNION": "union|trade union|trade union membership|gewerkschaftsmitglied|labour union|labor union|union member|union membership|gewerkschaft|sindicato|syndicat|sindacato|vakbond",
}
# What else is noted of people; not looked for itself, but it says that the table is about them.
_OF_PEOPLE = """
    email|e mail|mail|email address|e mail address|correo|courriel|gender|sex|pronouns|geschlecht|sexo|sexe|salary|
    wage|hourly rate|gehalt|salario|salaire|nationality|citizenship|marital status|hire date|start date of employment|job title|
    occupation|beruf|profesión|room no|place of birth|birthplace|geburtsort|lieu de naissance|lugar de nacimiento|
    wallet|wallet address|crypto wallet|btc address|
    familienstand|nationalität|nationalité|nacionalidad|civil status
"""
SPECIAL = frozenset(("AGE", "HEALTH", "RELIGION", "ETHNICITY", "POLITICS", "SEXUAL_LIFE", "UNION"))
"""Said of a person only where the table names people as well."""
OF_PERSONS = frozenset(("PERSON", "DATE_OF_BIRTH", "US_SSN", "NATIONAL_ID", "ID_NUMBER", ""))
"""Headings that say that a record is about a person."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"[\s._/-]+")
_OF_NO_HEADING = re.compile(r"[!\"$%&*+,:;<=>?@\[\\\]^`{|}~)]")
"""What none of the headings holds: told from lines of programs at once."""
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
_NUMBER = r"(?=.*\d)[A-Z0-9][A-Z0-9 ./-]{3,24}"
_FORMS = {
    "ID_NUMBER": _NUMBER,
    "NATIONAL_ID": r"(?=.*\d.*\d.*\d.*\d)[A-Z0-9][A-Z0-9 ./-]{5,24}",
    "DRIVING_LICENCE": r"(?=.*\d)[A-Z0-9][A-Z0-9 -]{4,24}",
    "VEHICLE": r"(?=.*\d)[^\W_][^\W_]?[\w ·-]{2,16}",
    "PAYMENT_CARD": r"[\dX*•][\dX*• -]{10,22}\d",
    "DEVICE_ID": r"(?=.*\d)[A-F0-9][A-F0-9 -]{9,40}",
    "USERNAME": r"@?[^\W_][\w.#-]{2,38}",
    "DATE_OF_BIRTH": _DATE,
    "AGE": r"(?:1[01]\d|[1-9]?\d)(?:[ ]?(?:y|yrs?|years?(?: old)?|jahre|años|ans|anni|jaar|lat))?",
    "PERSON": r"[^\W\d_][^\d_@/={}<>]{1,60}",
    "US_SSN": r"\d{3}[- ]?\d{2}[- ]?\d{4}",
    "PHONE": r"[+(]?\d[\d ().+/-]{5,20}",
    "ADDRESS": r"(?!\S*://)(?!\d{1,3}(?:\.\d{1,3}){3})(?=.*\d).{4,120}",
    "PASSWORD": r"\S{3,64}",
    "PASSPORT": r"(?=.*\d)[A-Z0-9][A-Z0-9 ]{5,10}",
    "BANK_ACCOUNT": r"(?=.*\d.*\d)[A-Z0-9][A-Z0-9 /-]{4,40}",
}


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Heading → entity ("" for what is not looked for itself) and weight."""
    known = dict.fromkeys(_split(_OF_PEOPLE), ("", WEAK))
    for entity, headings in _OTHERS.items():
        known.update((heading, (entity, WEAK)) for heading in _split(headings))
    known.update((heading, ("PERSON", WEAK)) for heading in _split(_WEAK_NAMES))
    known.update((heading, ("PERSON", SURE)) for heading in _split(_SURE_NAMES))
    known.update((heading, ("VEHICLE", SURE)) for heading in _split(_SURE_PLATES))
    return known


def _split(headings: str) -> list[str]:
    return [" ".join(heading.split()) for heading in headings.split("|")]


def meaning(heading: str) -> tuple[str, int] | None:
    """Entity and weight of a heading (of at most 40 characters); None when it says nothing about a person."""
    if not heading or len(heading) > 40:
        return None
    known = _known()
    bare = heading.strip(" \t*_:#'\"")
    plain = bare.lower()
    found = known.get(plain)
    if found is None and not plain.isalpha():
        if "(" not in plain and _OF_NO_HEADING.search(plain):
            return None
        aside = "(" in plain or "#" in plain
        found = known.get(_spaced(_ASIDE.sub("", plain) if aside else plain))
    if found is None and bare[1:] != plain[1:] and not heading.islower():
        found = known.get(" ".join(_MARKS.split(_HUMP.sub(" ", bare).lower())))
    if found is None and (entity := entity_under(" ".join(plain.replace("_", " ").split()))):
        found = (entity, WEAK)
    return found


def _spaced(heading: str) -> str:
    """``heading`` with one blank between its words, which may be set apart by marks too."""
    return " ".join(heading.replace(".", " ").replace("_", " ").replace("/", " ").replace("-", " ").split())


def fits(entity: str, value: str) -> bool:
    """Whether ``value`` may be what the heading says."""
    if value.lower().strip(" .") in _NOTHING:
        return False
    return compiled(_FORMS.get(entity, _WORDS), re.IGNORECASE).fullmatch(value) is not None
