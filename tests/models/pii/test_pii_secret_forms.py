"""Secrets in settings of every syntax, in sentences and codes; keys without PEM lines; handles; and hostile repeats."""

import random
import string

import pytest
from processor_time import least_seconds

from models.pii.finding import Finding
from models.pii.recognizers.api_token import ApiTokenRecognizer
from models.pii.recognizers.password import PasswordRecognizer
from models.pii.recognizers.private_key import PrivateKeyRecognizer
from models.pii.recognizers.session import SessionRecognizer
from models.pii.recognizers.url_credentials import UrlCredentialsRecognizer
from models.pii.recognizers.username import UsernameRecognizer

RECOGNIZERS = (
    ApiTokenRecognizer(),
    PasswordRecognizer(),
    PrivateKeyRecognizer(),
    SessionRecognizer(),
    UrlCredentialsRecognizer(),
    UsernameRecognizer(),
)
RNG = random.Random(11)
MIXED = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


def chance(size: int, alphabet: str = MIXED) -> str:
    """``size`` characters, the same ones in every run."""
    return "".join(RNG.choice(alphabet) for _ in range(size))


def found(text: str) -> list[Finding]:
    """What the six recognizers find."""
    return [finding for recognizer in RECOGNIZERS for finding in recognizer.find(text)]


TOKEN_FRAMES = [
    'harborToken = "{}"', "harbor_token: '{}'", "harbor_token: |\n  {}", "<harborToken>\n    {}\n</harborToken>", 'harborToken := "{}"',
    '{{"name": "harbor_token", "value": "{}"}}', '<add key="harborToken" value="{}"/>', "HARBOR_TOKEN ?= {}", "ENV HARBOR_TOKEN {}",
    'getenv("HARBOR_TOKEN", "{}")', "harborToken,{},", '  "harborToken" => "{}"', '\\"harbor_token\\": \\"{}\\"', "The API key is {}",
    "Der API-Schlüssel lautet {}", "here is the token I promised - {}", "x-harbor-key: {}", "https://h.test/v1?api_key={}&q=1",
]  # fmt: skip


@pytest.mark.parametrize("frame", TOKEN_FRAMES)
def test_a_random_value_is_a_token_in_every_syntax(frame: str) -> None:
    value = chance(15) + "7" + chance(16) + "3"
    text = frame.format(value)
    assert any(f.entity == "API_TOKEN" and value in text[f.start : f.end] for f in found(text))


PASSWORD_FRAMES = [
    "Das Kennwort für den Drucker lautet {}", "mot de passe : {}", "la clave del wifi es {}", "het wachtwoord is {}", "hasło: {}", "пароль: {}",
    "パスワード: {}", "I changed the office password to {}", "same password as before: {}", "{} is the new password", "my password's {}",
    "unzip it with {}", "wifi pw is\n{}", "db:5432:shop:ann:{}", "echo {} | sudo -S ls", "CREATE USER ann WITH PASSWORD '{}';",
    "<key>db.password</key>\n  <value>{}</value>", 'if password == "{}":', "sshpass -p {} ssh ann@h", "machine h login ann password {}",
    "log in with ann@h.test and {}", "-p {} -u ann", "requirepass {}", 'network={{\n  psk="{}"\n}}', "smtp://ann:{}@mail.test:587",
]  # fmt: skip


@pytest.mark.parametrize("frame", PASSWORD_FRAMES)
@pytest.mark.parametrize("value", ["plum-Kettle48", "W4lr@sTide9"])
def test_a_password_is_found_however_it_is_said(frame: str, value: str) -> None:
    text = frame.format(value)
    start = text.index(value)
    assert any(f.start < start + len(value) and start < f.end for f in found(text))


CODES = ["my pin is 7305", "The code for the alarm is 7305.", "key safe 7305", "Your verification code is 730518", "730518 is your OTP", "Geheimzahl: 7305", "code PIN : 7305"]  # fmt: skip


@pytest.mark.parametrize("text", CODES)
def test_a_short_code_that_opens_something_is_found(text: str) -> None:
    assert [f.entity for f in found(text)][:1] == ["PASSWORD"]


SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"  # a test vector of BIP-39
KEYS = [
    SEED,
    "words: " + ", ".join(SEED.split()),
    '{"kty":"EC","crv":"P-256","x":"' + chance(43) + '","d":"' + chance(43) + '"}',
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" + chance(800),
    "[Interface]\nPrivateKey = " + chance(42) + "A=",
    "wallet private key: 0x" + chance(64, HEX),
]


@pytest.mark.parametrize("text", KEYS)
def test_a_key_without_the_lines_of_pem_is_found(text: str) -> None:
    assert "PRIVATE_KEY" in {f.entity for f in found(text)}


HANDLES = [
    ("my user name is morag", "morag"), ("cc @orla_t please", "orla_t"), ("/home/orlat/notes.txt", "orlat"), ("C:\\Users\\orlat\\Desktop", "orlat"),
    ("Accepted password for orlat from 192.0.2.1 port 22", "orlat"), ("<orlat9> anyone awake", "orlat9"), ("orlat joined the channel", "orlat"),
    ("Posted by orla_t on 3 May", "orla_t"), ("TODO(orlat): ask", "orlat"), ("u/orlat9 has a point", "orlat9"), ("uid=1000(orlat) gid=1000", "orlat"),
    ("https://t.me/orlat9", "orlat9"), ("my snap is orla_t btw", "orla_t"), ('"username": "orlat"', "orlat"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), HANDLES)
def test_a_handle_is_found_where_it_stands(text: str, name: str) -> None:
    assert ("USERNAME", name) in {(f.entity, text[f.start : f.end]) for f in found(text)}


HARMLESS = [
    "Never share your password with anyone.", "Enter the password to continue.", "The password is case sensitive.", "Passwort vergessen?",
    "snowflake.password=\njdbc.snowflake.url=", "PASSWORD_RESET_TIMEOUT = 259200", "credentialsId: 'ff083f76-7804-4ef1-80e4-fe975bb9141b'",
    "AWS_ACCESS_KEY_ID=AKIA" + "IOSFODNN7EXAMPLE", "password: !Ref DBPassword", "partition_key = 'tenant_2024'", "max_tokens: 4096",
    "door code of practice 2017", "error code: 50012", "promo code SAVE20", "GPIO pin 18 is high", "dress code: casual", "Bus pass 2024",
    "@media (max-width: 600px) {", "@Override\npublic void run()", "npm i @types/node", "@here please read", "/home/ubuntu/app", "User: root",
    "docker pull nginx@sha256:" + chance(64, HEX), "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + chance(43), "wave your hand and thank the winner this year",
    "The build " + chance(40, HEX) + " passed all token tests.", "<p>text", "The handle is still tight.", "const user = await getUser(id);",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_stand_ins_hashes_code_and_talk_of_passwords_are_passed_over(text: str) -> None:
    assert [(f.entity, text[f.start : f.end]) for f in found(text)] == []


HOSTILE = ["password=", 'password" value ', "password '", "token=token ", "pin code is the ", "@a ", "login a / ", "curl a -u ", "abandon ability "]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        return least_seconds(lambda: [list(recognizer.find(text)) for recognizer in RECOGNIZERS])

    seconds(2_000)
    assert seconds(120_000) < 12 * seconds(30_000) + 0.2
