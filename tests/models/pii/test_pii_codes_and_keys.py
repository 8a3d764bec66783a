"""Codes of doors and alarms, one-time codes, licence keys, passwords that answer a question, and what resembles them."""

import pytest

from models.pii.recognizers.password import PasswordRecognizer
from models.pii.recognizers.placeholder import is_placeholder
from models.pii.registry import pattern_analyzer

RECOGNIZER = PasswordRecognizer()


def found(text: str) -> set[str]:
    return {text[f.start : f.end] for f in RECOGNIZER.find(text)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the door code is at the top (it's C2580Y)", "C2580Y"),
        ("Alarm code for the back entrance: 7719#", "7719#"),
        ("He uses the same PIN (4071) everywhere", "4071"),
        ("Your one-time code 80 41 77 expires soon", "80 41 77"),
        ("door code: four seven one nine", "four seven one nine"),
        ("alarm PIN is 0-4-7-1", "0-4-7-1"),
        ("gate code's 2580#", "2580#"),
        ("The safe opens with 31-07-19", "31-07-19"),
        ("Padlock on the shed: 4 0 7 1", "4 0 7 1"),
        ("garage keypad 9911", "9911"),
        ("The key safe by the door: C1958", "C1958"),
        ("Safe combination 32-14-7", "32-14-7"),
        ("482-913 is your Google verification code", "482-913"),
        ("Code für die Haustür, falls du später kommst: 2580*", "2580*"),
        ("Alarm for the warehouse: enter 5093# within thirty seconds", "5093#"),
        ("The gate opens with the code two zero seven seven, then push", "two zero seven seven"),
        ("Le digicode de l'immeuble, c'est 47B12, troisième étage", "47B12"),
        ("si apre con la combinazione 14-27-33", "14-27-33"),
        ("Use 904-117 to verify your account.", "904-117"),
        ("Key code for the hall changed to 4471#.", "4471#"),
        ("2FA backup code, keep offline: o1jde-dpjam", "o1jde-dpjam"),
        ("Here's your key for the editor: Y3I4N-VSUFK-LKSD4-S9B9X-D9BT2, three seats.", "Y3I4N-VSUFK-LKSD4-S9B9X-D9BT2"),
        ("We run XK9T2-7QRLM-V4W8N-PP3ZC-61HDB on it", "XK9T2-7QRLM-V4W8N-PP3ZC-61HDB"),
        ("Licence: 7QRL-V4W8-PP3Z", "7QRL-V4W8-PP3Z"),
        ("A: temp pw?\nB: yep Autumn!Leaf88", "Autumn!Leaf88"),
        ("[10:02] kim: whats the wifi password\n[10:03] jo: Harbour_Light_22", "Harbour_Light_22"),
        ("code medicatiekast is nu 4471#B", "4471#B"),
        ("The alarm code's 2605, their anniversary", "2605"),
        ("Wi-Fi at my mum's place is Marmalade!Otter77, just don't stream", "Marmalade!Otter77"),
        ("unser WLAN ist Sonnenblume2019", "Sonnenblume2019"),
        ('az devops login <<< "inc2rml6gu6h1z8ovqd2s81wrdsi6see0f"', "inc2rml6gu6h1z8ovqd2s81wrdsi6see0f"),
    ],
)  # fmt: skip
def test_the_code_is_found(text: str, value: str) -> None:
    assert value in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Building code B1204 applies to every staircase.",
        "The verification code path has 12345 lines.",
        "Security codes were sent to 2500 people.",
        "Gate: B123, boarding at 17:40",
        "alarm code E1234 means low voltage",
        "pin 4071 of the connector",
        "Is it safe: 1234 people asked",
        "The door code was introduced in 1998.",
        "error code 80 41 77",
        "The PIN (see page 4071) is printed",
        "Never share your PIN (4 digits) with anyone",
        "Your one-time passcode is now out of date. Never share it.",
        "The shop opens with the code of conduct of 1998",
        "Enter 5093 in the field",
        "error code 4471#",
        "key codes of 4471 keyboards",
        "The digicode is broken since 2019.",
        "the key 2024-05-12-0001",
        "UUID key 123E4567-E89B-12D3-A456-426614174000",
        "forgot password? \nClick here to reset it v2.3",
        "What is a good password?\nUse 12 characters, e.g. mixed-case words.",
        "The licence: CC-BY-SA-4.0",
        "Model numbers: ABC12-DEF34-GHI56-JKL78-MNO90",
        "one-time codes expire after 30 seconds",
        "Bike lock 2024 test winners",
        "the garage keypad costs 4999",
        'docker login <<< "$TOKEN"',
        'grep foo <<< "some longer words"',
        "two-factor backup codes: keep them offline",
        "Use the code 'SUMMER24' at checkout",
        "arn:aws:secretsmanager:eu-west-1:298344417476:secret:orders/db-zX6hqo",
        '<input type="password" name="password" autocomplete="new-password" minlength="12">',
        "/ppp secret add name=branch2",
        "The alarm code's been the same since 1998.",
        "Our WLAN is WPA2-PSK protected.",
        "The Wi-Fi network is Guest-5G-East.",
        "Wi-Fi: IEEE802.11ax",
        "The Wi-Fi module is ESP8266-12F",
        "Set the hotspot to https://portal.example/login1",
    ],
)
def test_what_resembles_a_code_is_none(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "value",
    ["votre_mot_de_passe_ici", "ihr-passwort", "sua_senha_aqui", "tu_contraseña", "inserisci_la_password", "uw_wachtwoord_hier", "twoje_haslo", "hier_eintragen", "changez-moi"],
)  # fmt: skip
def test_stand_ins_of_other_languages_are_no_secrets(value: str) -> None:
    assert is_placeholder(value)
    assert found(f"PASSWORD={value}") == set()


@pytest.mark.parametrize("value", ["Votrement!7", "supasswd99", "tulpe-Hier7x", "Insel_Rap5", "mijnwerker88"])
def test_real_ones_that_begin_alike_are_secrets(value: str) -> None:
    assert not is_placeholder(value)
    assert found(f"PASSWORD={value}") == {value}


def test_a_key_of_putty_needs_no_last_line_break() -> None:
    text = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nYRIYBdQ7/JHItxdlWM9M++0ZLA3eaOGhU1jXh1hp"
    findings = pattern_analyzer().scan(text).findings
    assert [(f.entity, f.start, f.end) for f in findings] == [("PRIVATE_KEY", 0, len(text))]
