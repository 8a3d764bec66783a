"""Which recognizers run, in which order."""

from models.pii.analyzer import Analyzer
from models.pii.recognizer import Recognizer
from models.pii.recognizers.address import AddressRecognizer
from models.pii.recognizers.address_line import AddressLineRecognizer
from models.pii.recognizers.age import AgeRecognizer
from models.pii.recognizers.api_token import ApiTokenRecognizer
from models.pii.recognizers.bank_code import bank_code_recognizer
from models.pii.recognizers.chat_line import ChatLineRecognizer
from models.pii.recognizers.clinical_note import ClinicalNoteRecognizer
from models.pii.recognizers.crypto_wallet import CryptoWalletRecognizer
from models.pii.recognizers.date_of_birth import DateOfBirthRecognizer
from models.pii.recognizers.device import device_recognizer
from models.pii.recognizers.email import EmailRecognizer
from models.pii.recognizers.iban import IbanRecognizer
from models.pii.recognizers.identity_document import (
    MachineReadableZoneRecognizer,
    driving_licence_recognizer,
)
from models.pii.recognizers.ip_address import IpAddressRecognizer, mac_address_recognizer
from models.pii.recognizers.known_name import KnownNameRecognizer
from models.pii.recognizers.labelled_number import LabelledNumberRecognizer
from models.pii.recognizers.location import LocationRecognizer
from models.pii.recognizers.lone_number import LoneNumberRecognizer
from models.pii.recognizers.national import africa_middle_east, americas, asia_pacific, europe
from models.pii.recognizers.national.form import NumberRecognizer
from models.pii.recognizers.other_script import OtherScriptRecognizer
from models.pii.recognizers.password import PasswordRecognizer
from models.pii.recognizers.payment_address import payment_address_recognizer
from models.pii.recognizers.payment_card import PaymentCardRecognizer
from models.pii.recognizers.person import PersonRecognizer
from models.pii.recognizers.phone import PhoneRecognizer
from models.pii.recognizers.postcode import PostcodeRecognizer
from models.pii.recognizers.private_key import PrivateKeyRecognizer
from models.pii.recognizers.profile_link import ProfileLinkRecognizer
from models.pii.recognizers.proven_number import ProvenNumberRecognizer
from models.pii.recognizers.record_field import RecordFieldRecognizer
from models.pii.recognizers.second_reading import SecondReadingRecognizer
from models.pii.recognizers.session import SessionRecognizer
from models.pii.recognizers.street_mention import StreetMentionRecognizer
from models.pii.recognizers.table import TableRecognizer
from models.pii.recognizers.uk_health import clinical_nhs_recognizer, uk_nhs_recognizer
from models.pii.recognizers.uk_nino import uk_nino_recognizer
from models.pii.recognizers.url_credentials import UrlCredentialsRecognizer
from models.pii.recognizers.us_ssn import us_itin_recognizer, us_ssn_recognizer
from models.pii.recognizers.username import UsernameRecognizer
from models.pii.recognizers.vehicle import VehicleRecognizer
from models.pii.recognizers.written_out import WrittenOutRecognizer
from models.pii.tagger.tagger import Tagger

_NATIONAL_FORMS = (*europe.FORMS, *americas.FORMS, *asia_pacific.FORMS, *africa_middle_east.FORMS)


def default_recognizers() -> tuple[Recognizer, ...]:
    """Every recognizer, the quick ones first: when time runs out on a huge text, most have had their turn."""
    structured = structured_recognizers()
    return (
        *structured,
        ProvenNumberRecognizer(),
        LoneNumberRecognizer(_NATIONAL_FORMS),
        LocationRecognizer(),
        OtherScriptRecognizer(),
        UsernameRecognizer(),
        ProfileLinkRecognizer(),
        ChatLineRecognizer(),
        AgeRecognizer(),
        SecondReadingRecognizer((*structured, PhoneRecognizer())),
        WrittenOutRecognizer(),
        TableRecognizer(),
        RecordFieldRecognizer(),
        ClinicalNoteRecognizer(),
        PersonRecognizer(),
        KnownNameRecognizer(),
        AddressRecognizer(),
        AddressLineRecognizer(),
        PostcodeRecognizer(),
        StreetMentionRecognizer(),
        PhoneRecognizer(),
    )


def structured_recognizers() -> tuple[Recognizer, ...]:
    """Those of identifiers and secrets, which have a form of their own."""
    return (
        EmailRecognizer(),
        PaymentCardRecognizer(),
        IbanRecognizer(),
        us_ssn_recognizer(),
        us_itin_recognizer(),
        IpAddressRecognizer(),
        mac_address_recognizer(),
        DateOfBirthRecognizer(),
        MachineReadableZoneRecognizer(),
        driving_licence_recognizer(),
        uk_nhs_recognizer(),
        clinical_nhs_recognizer(),
        uk_nino_recognizer(),
        NumberRecognizer("national number", _NATIONAL_FORMS),
        CryptoWalletRecognizer(),
        UrlCredentialsRecognizer(),
        PrivateKeyRecognizer(),
        ApiTokenRecognizer(),
        PasswordRecognizer(),
        SessionRecognizer(),
        bank_code_recognizer(),
        payment_address_recognizer(),
        LabelledNumberRecognizer(),
        VehicleRecognizer(),
        device_recognizer(),
    )


def pattern_analyzer() -> Analyzer:
    """Patterns and lists alone, without the model: for tests and measurements of these."""
    return Analyzer(default_recognizers())


def default_analyzer(tagger: Tagger | None = None) -> Analyzer:
    """The analyzer that the program uses. Building it takes no time worth naming; the first scan loads data.

    ``tagger`` stands in for the small model with its built-in thresholds.
    """
    return Analyzer(default_recognizers(), tagger=tagger or Tagger())
