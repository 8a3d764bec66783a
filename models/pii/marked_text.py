"""Texts with marked spans as lines of JSON, in our own form and in the usual forms of others."""

import json
from typing import Any

from models.pii.measure import MarkedText, Span
from models.pii.policy import SENSITIVITY

USUAL_NAMES: dict[str, str] = {
    "PERSON": (
        "PER NAME PERSON_NAME FULL_NAME FULLNAME GIVENNAME GIVEN_NAME FIRSTNAME FIRST_NAME MIDDLENAME "
        "MIDDLE_NAME SURNAME LASTNAME LAST_NAME PATIENT DOCTOR PRIVATE_PERSON"
    ),
    "EMAIL": "EMAIL_ADDRESS EMAILADDRESS E_MAIL MAIL PRIVATE_EMAIL",
    "PHONE": "PHONE_NUMBER PHONENUMBER TELEPHONENUM TELEPHONE TELEPHONE_NUMBER TEL FAX FAX_NUMBER PRIVATE_PHONE",
    "PAYMENT_CARD": "CREDIT_CARD CREDITCARD CREDITCARDNUMBER CREDIT_CARD_NUMBER CREDIT_DEBIT_CARD CARD_NUMBER",
    "IBAN": "IBAN_CODE IBANCODE",
    "BANK_ACCOUNT": (
        "US_BANK_NUMBER BANK_ACCOUNT_NUMBER BANK_NUMBER ACCOUNTNUM ACCOUNTNUMBER ACCOUNT_NUMBER BIC SWIFT "
        "SWIFT_BIC SWIFT_BIC_CODE BANK_ROUTING_NUMBER ROUTING_NUMBER ABA_ROUTING_NUMBER"
    ),
    "US_SSN": "SSN SOCIALNUM SOCIAL_SECURITY_NUMBER",
    "UK_NINO": "NINO",
    "UK_NHS": "NHS NHS_NUMBER",
    "NATIONAL_ID": (
        "ID_CARD ID_CARD_NUMBER IDCARDNUM IDCARD NATIONAL_ID_NUMBER NATIONALID TAXNUM TAX_ID TAX_NUMBER "
        "VAT_NUMBER AADHAAR IN_AADHAAR IN_PAN IN_VOTER SG_NRIC_FIN ES_NIF ES_NIE IT_FISCAL_CODE IT_VAT_CODE "
        "IT_IDENTITY_CARD PL_PESEL AU_ABN AU_ACN AU_TFN AU_MEDICARE FI_PERSONAL_IDENTITY_CODE KR_RRN CA_SIN "
        "CPF CURP"
    ),
    "PASSPORT": "PASSPORT_NUMBER PASSPORTNUM US_PASSPORT UK_PASSPORT IN_PASSPORT IT_PASSPORT",
    "DRIVING_LICENCE": (
        "DRIVER_LICENSE DRIVERS_LICENSE DRIVER_LICENCE DRIVING_LICENSE DRIVERLICENSENUM US_DRIVER_LICENSE "
        "IT_DRIVER_LICENSE DRIVERS_LICENSE_NUMBER"
    ),
    "ID_NUMBER": (
        "ID IDNUM ID_NUM MEDICAL_RECORD MEDICALRECORD MEDICAL_RECORD_NUMBER MRN HEALTHPLAN HEALTH_PLAN_NUMBER "
        "HEALTH_PLAN_BENEFICIARY_NUMBER CUSTOMER_ID EMPLOYEE_ID POLICY_NUMBER CASE_NUMBER MEDICAL_LICENSE "
        "CERTIFICATE_LICENSE_NUMBER UNIQUE_ID STUDENT_ID NPI"
    ),
    "VEHICLE": (
        "LICENSE_PLATE LICENSEPLATE NUMBER_PLATE VEHICLEVIN VIN VEHICLEVRM VEHICLE_IDENTIFIER IN_VEHICLE_REGISTRATION"
    ),
    "DEVICE_ID": "IMEI PHONEIMEI DEVICE DEVICE_IDENTIFIER",
    "IP_ADDRESS": "IP IPV4 IPV6 IP_ADDR IPADDRESS",
    "MAC_ADDRESS": "MAC",
    "ADDRESS": (
        "STREET_ADDRESS STREETADDRESS STREET POSTAL_ADDRESS HOME_ADDRESS FULL_ADDRESS BUILDINGNUM "
        "BUILDINGNUMBER SECONDARYADDRESS SECONDARY_ADDRESS PRIVATE_ADDRESS LOCATION_ADDRESS"
    ),
    "LOCATION": "COORDINATE COORDINATES GPS NEARBYGPSCOORDINATE GPS_COORDINATES",
    "USERNAME": "USER_NAME USERID USER_ID LOGIN HANDLE",
    "DATE_OF_BIRTH": "DOB DATEOFBIRTH BIRTHDATE BIRTH_DATE",
    "CRYPTO_WALLET": "CRYPTO BITCOINADDRESS ETHEREUMADDRESS LITECOINADDRESS CRYPTO_ADDRESS",
    "PASSWORD": "PASS PASSCODE PIN",
    "API_TOKEN": "API_KEY APIKEY TOKEN SECRET SECRET_KEY ACCESS_TOKEN",
    "HEALTH": "MEDICAL_CONDITION CONDITION DISEASE DIAGNOSIS MEDICATION DRUG",
    "RELIGION": "RELIGIOUS_BELIEF BELIEF",
    "ETHNICITY": "RACE RACE_ETHNICITY ETHNIC_GROUP",
    "POLITICS": "POLITICAL_VIEW POLITICAL_AFFILIATION",
    "SEXUAL_LIFE": "SEXUALITY SEXUAL_ORIENTATION",
    "ORGANISATION": "ORG ORGANIZATION COMPANY COMPANYNAME COMPANY_NAME HOSPITAL",
    "PLACE": "LOC GPE CITY STATE COUNTY COUNTRY REGION PLACE_NAME NRP",
}
"""Names that data sets and other detectors use, between spaces, by ours.

Nationality and the like (NRP) are context to us.
"""

_OURS = {usual: ours for ours, names in USUAL_NAMES.items() for usual in names.split()}
_PLACES_ELSEWHERE = "LOCATION"
"""Ours is an exact spot (coordinates); under the keys of others it is the name of a place."""

_ENTITY_KEYS = ("entity", "entity_type", "label", "type")
_START_KEYS, _END_KEYS = ("start", "start_position", "begin"), ("end", "end_position")
_SPANS_KEYS = ("spans", "entities", "labels", "label", "privacy_mask")


def entity_named(name: str, key: str = "entity") -> str:
    """Our entity for a name that a file uses, or the name itself, tidied, where there is none of ours.

    ``key`` is the key that it stood under.
    """
    tidy = "_".join(name.strip().upper().replace("-", " ").replace("_", " ").split())
    for prefix in ("B_", "I_"):
        tidy = tidy.removeprefix(prefix)
    if tidy == _PLACES_ELSEWHERE and key != "entity":
        return "PLACE"
    return tidy if tidy in SENSITIVITY else _OURS.get(tidy, tidy)


def parse_line(line: bytes) -> MarkedText:
    """One line of a file.

    Raises:
        ValueError: with a sentence without the text's words, such as "the line is not JSON".
    """
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("the line is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("the line is not JSON") from None
    if not isinstance(value, dict):
        raise ValueError("the line is not a JSON object")
    text = next((value[key] for key in ("text", "full_text", "source_text") if key in value), None)
    if not isinstance(text, str):
        raise ValueError('the line has no "text" that is a string')
    spans = next((value[key] for key in _SPANS_KEYS if key in value), None)
    if spans is None:
        return MarkedText(text)
    if not isinstance(spans, list):
        raise ValueError('"spans" is not a list')
    return MarkedText(text, tuple(sorted({_span(span, number, len(text)) for number, span in enumerate(spans, 1)})))


def as_line(marked: MarkedText) -> str:
    """One line in our own form, with its line end."""
    spans = [{"start": span.start, "end": span.end, "entity": span.entity} for span in marked.spans]
    return json.dumps({"text": marked.text, "spans": spans}) + "\n"


def _span(value: Any, number: int, length: int) -> Span:
    key = "label"
    if isinstance(value, dict):
        start, end = (_first(value, keys) for keys in (_START_KEYS, _END_KEYS))
        key = next((each for each in _ENTITY_KEYS if each in value), key)
        entity = value.get(key)
    elif isinstance(value, list) and len(value) == 3:
        start, end, entity = value
    else:
        raise ValueError(f"span {number} is neither an object nor [start, end, entity]")
    if type(start) is not int or type(end) is not int:
        raise ValueError(f"span {number} has no start and end that are whole numbers")
    if not 0 <= start < end <= length:
        raise ValueError(f"span {number} is empty or does not lie inside the text")
    if not isinstance(entity, str) or not entity.strip() or len(entity) > 64:
        raise ValueError(f"span {number} does not say what it is")
    return Span(start, end, entity_named(entity, key))


def _first(value: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((value[key] for key in keys if key in value), None)
