"""The words a person reads for each entity."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntityWords:
    """``title`` heads a list or a tooltip; ``singular`` and ``plural`` stand after a number in a sentence."""

    title: str
    singular: str
    plural: str


ENTITIES: dict[str, EntityWords] = {
    "EMAIL": EntityWords("E-mail address", "e-mail address", "e-mail addresses"),
    "PHONE": EntityWords("Phone number", "phone number", "phone numbers"),
    "PAYMENT_CARD": EntityWords("Payment card", "payment card number", "payment card numbers"),
    "IBAN": EntityWords("Bank account (IBAN)", "IBAN", "IBANs"),
    "BANK_ACCOUNT": EntityWords("Bank account", "bank account number", "bank account numbers"),
    "US_SSN": EntityWords("Social Security number (US)", "Social Security number", "Social Security numbers"),
    "US_ITIN": EntityWords("Taxpayer number (US ITIN)", "US taxpayer number", "US taxpayer numbers"),
    "IP_ADDRESS": EntityWords("IP address", "IP address", "IP addresses"),
    "MAC_ADDRESS": EntityWords("Device address (MAC)", "MAC address", "MAC addresses"),
    "DATE_OF_BIRTH": EntityWords("Date of birth", "date of birth", "dates of birth"),
    "PASSPORT": EntityWords("Passport number", "passport number", "passport numbers"),
    "DRIVING_LICENCE": EntityWords("Driving licence", "driving licence number", "driving licence numbers"),
    "UK_NHS": EntityWords("NHS number (UK)", "NHS number", "NHS numbers"),
    "UK_NINO": EntityWords("National Insurance number (UK)", "National Insurance number", "National Insurance numbers"),
    "NATIONAL_ID": EntityWords("National identity number", "national identity number", "national identity numbers"),
    "ID_NUMBER": EntityWords("Record or customer number", "record number", "record numbers"),
    "VEHICLE": EntityWords("Vehicle or number plate", "vehicle number", "vehicle numbers"),
    "DEVICE_ID": EntityWords("Device number (IMEI)", "device number", "device numbers"),
    "LOCATION": EntityWords("Exact location", "exact location", "exact locations"),
    "USERNAME": EntityWords("User name or handle", "user name", "user names"),
    "CRYPTO_WALLET": EntityWords("Crypto wallet", "crypto wallet address", "crypto wallet addresses"),
    "URL_CREDENTIALS": EntityWords("Link with a password in it", "link with a password", "links with a password"),
    "PRIVATE_KEY": EntityWords("Private key", "private key", "private keys"),
    "API_TOKEN": EntityWords("Access token or API key", "access token", "access tokens"),
    "PASSWORD": EntityWords("Password or PIN", "password", "passwords"),
    "OTHER_SCRIPT": EntityWords(
        "Text in another script", "passage in a script that is not read", "passages in a script that is not read"
    ),
    "PERSON": EntityWords("Person's name", "person's name", "people's names"),
    "ADDRESS": EntityWords("Postal address", "postal address", "postal addresses"),
    "AGE": EntityWords("Person's age", "person's age", "people's ages"),
    "HEALTH": EntityWords("Health", "health detail", "health details"),
    "RELIGION": EntityWords("Religion or belief", "detail of religion or belief", "details of religion or belief"),
    "ETHNICITY": EntityWords("Ethnic origin", "detail of ethnic origin", "details of ethnic origin"),
    "POLITICS": EntityWords("Political opinion", "political opinion", "political opinions"),
    "SEXUAL_LIFE": EntityWords("Sexual life", "detail of sexual life", "details of sexual life"),
    "UNION": EntityWords("Union membership", "union membership", "union memberships"),
    "ORGANISATION": EntityWords("Organisation", "organisation", "organisations"),
    "PLACE": EntityWords("Place", "place", "places"),
    "DENY_LISTED": EntityWords("On your own list", "entry of your own list", "entries of your own list"),
}


def entity_words(entity: str) -> EntityWords:
    """Words for ``entity``; one not listed above (from a later recognizer) is named after its code."""
    words = entity.replace("_", " ").lower()
    return ENTITIES.get(entity) or EntityWords(words.capitalize(), words, words)


def describe(counts: Mapping[str, int]) -> str:
    """Findings in words, in the order given: ``"2 e-mail addresses, 1 IBAN"``; empty when there are none."""
    parts = []
    for entity, count in counts.items():
        words = entity_words(entity)
        parts.append(f"{count} {words.singular if count == 1 else words.plural}")
    return ", ".join(parts)
