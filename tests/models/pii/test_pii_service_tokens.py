"""Tokens known by a prefix and the look of chance behind it, wherever they stand; and identifiers written likewise."""

import random
import string

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()
HEX = "0123456789abcdef"
MIXED = string.ascii_letters + string.digits
RNG = random.Random(11)


def chance(size: int, alphabet: str = MIXED) -> str:
    """``size`` characters with digits and small letters among them, the same ones in every run."""
    return "a7" + "".join(RNG.choice(alphabet) for _ in range(size - 2))


def uuid() -> str:
    """A UUID's form."""
    return "-".join(chance(size, HEX) for size in (8, 4, 4, 4, 12))


TOKENS = [
    "sk_" + chance(29),
    "sk_" + chance(48, HEX),
    "sk_pr_" + chance(40),
    "xnd_production_" + chance(40),
    "tr_dev_" + chance(20),
    "acme_live_" + chance(24),
    "acme_secret_" + chance(32),
    "live_" + chance(32),
    "test_" + chance(35, HEX),
    "api_live." + chance(11) + "." + chance(32),
    "salad_cloud_user_" + chance(44),
    "rootly_" + chance(64, HEX),
    "vcp_" + chance(24),
    "lip_" + chance(20),
    "unkey_" + chance(22),
    "web_" + chance(32, HEX),
    "dnkey-" + chance(26, HEX) + "-" + chance(52, HEX),
    "cnvca" + chance(50),
    "endr+" + chance(16),
    "BBFF-" + chance(30),
    "NF-" + chance(32),
    "api-" + uuid(),
    "sdk-" + uuid(),
    "sub-c-" + uuid(),
    "VF.DM." + chance(24, HEX) + "." + chance(16),
    "t-" + chance(24, HEX) + "-" + chance(24, HEX),
    "p.eyJ" + chance(40) + "." + chance(43),
    "secret-token:" + chance(40),
    "phx_" + chance(30),
    "Kd83/IrxiMCzFHCRQ44IHJ+9x5lByNt5TPiKEuor",
    "https://api.softlayer.com/soap/v3/" + chance(64, HEX),
]

NOT_TOKENS = [
    "cus_NffrFeUfNV2HibZq83",
    "pi_3MtwBwLkdIwHu7ix28a3tqPa",
    "msg_01XFDUDYJgAACzvnptVvoYEL",
    "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
    "vol-" + chance(17, HEX),
    "main-" + chance(20, HEX) + ".js",
    "sha512-" + chance(86) + "==",
    "sk_learn_model_selection_utils",
    "SK_PRODUCT_CATEGORY_IDENTIFIER_2024",
    "users_test_integration_database_name",
    "my_live_streaming_configuration_v2",
    "test_that_a_number_is_found_near_its_word_2",
    "live_view_of_the_whole_table_by_region_2024",
    "src/components/Header/Main/Navigation/x1",
    "usr/share/doc/python3/html/library/re12",
    chance(40, HEX),
]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("frame", ["{}", "Here it is: {} thanks", "const client = init('{}')", "x={}\n"])
def test_a_token_is_found_by_its_prefix_alone(frame: str, token: str) -> None:
    text = frame.format(token)
    start = text.index(token)
    found = [f for f in ANALYZER.scan(text).findings if f.entity in ("API_TOKEN", "PASSWORD")]
    covered = {place for f in found for place in range(max(start, f.start), min(start + len(token), f.end))}
    assert len(covered) * 2 > len(token)


@pytest.mark.parametrize("word", NOT_TOKENS)
@pytest.mark.parametrize("frame", ["{}", "see {} for more", "const id = '{}'", "ref: {}\n"])
def test_an_identifier_without_a_secret_in_it_is_no_token(frame: str, word: str) -> None:
    assert not [f for f in ANALYZER.scan(frame.format(word)).findings if f.entity == "API_TOKEN"]


IN_CALLS = [
    ('hmac_key = bytes.fromhex("8f1e2d3c4b5a69788796a5b4c3d2e1f0")', "8f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    ("signing_key := base64.b64decode('bXlzdXBlcnNlY3JldGtleTEyMzQ1Njc4')", "bXlzdXBlcnNlY3JldGtleTEyMzQ1Njc4"),
    ("const apiSecret = Buffer.from('9fK3ld93Kd03kD93kd93aa')", "9fK3ld93Kd03kD93kd93aa"),
    ('db.connect("db.acme.io", "app", "Pa55w0rd!x")', "Pa55w0rd!x"),
    ("smtp.login('mailer', 'Gr33n!Hill')", "Gr33n!Hill"),
    ('"passphrase": "correct horse battery staple"', "correct horse battery staple"),
]
NOT_IN_CALLS = [
    "key = bytes.fromhex(text)",
    'token = Buffer.from("hello world")',
    'db.connect("db.acme.io", "app", "password")',
    'app.login("Sign in", "Cancel")',
    '"passphrase": "Enter your secret passphrase here"',
    "secret = base64.b64decode(data)",
]


@pytest.mark.parametrize(("text", "value"), IN_CALLS)
def test_a_secret_given_to_a_call_or_in_words_is_found(text: str, value: str) -> None:
    start = text.index(value)
    found = [f for f in ANALYZER.scan(text).findings if f.entity in ("API_TOKEN", "PASSWORD")]
    assert [(f.start in (start, start - 1), f.end) for f in found] == [(True, start + len(value))]


@pytest.mark.parametrize("text", NOT_IN_CALLS)
def test_a_call_without_a_secret_in_it_is_none(text: str) -> None:
    assert not [f for f in ANALYZER.scan(text).findings if f.entity in ("API_TOKEN", "PASSWORD")]
