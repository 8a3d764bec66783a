"""Keys, tokens and passwords. Values are put together here so that no scanner takes this file for a leak."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()
KEY_BODY = "\n".join(["MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"] * 4)

TOKENS = [
    "AKIA" + "4HKQF7OTR9N2WLMZ",
    "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_" + "11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ",
    "glpat-" + "x9K2mQ7tVbN4rT8wYzPq",
    "xoxb-" + "123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
    "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "sk-proj-" + "Ab12Cd34Ef56Gh78Ij90Kl12Mn34Op56",
    "sk-ant-" + "api03-R4nD0mStRiNgOfChArAcTeRs1234",
    "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
    "AC" + "0123456789abcdef0123456789abcdef",
    "SG." + "ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf-09kqeF8tAmbihYzrnopKc-1s5cr",
    "npm_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5",
    "pypi-" + "AgEIcHlwaS5vcmcCJDEyMzQ1Njc4LTkwYWItY2RlZi0xMjM0LTU2Nzg5MGFiY2RlZg",
    "110201543:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ12345678",
    "dop_v1_" + "0123456789abcdef" * 4,
]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("frame", ["{}", "Use {} please.", '{{"k": "{}"}}', "x={};"])
def test_a_token_of_a_known_format_is_found_whole(token: str, frame: str) -> None:
    text = frame.format(token)
    found = [(f.entity, text[f.start : f.end]) for f in ANALYZER.scan(text).findings]
    assert found == [("API_TOKEN", token)]


NAMED = [
    ("API_TOKEN", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzKEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzKEY"),
    ("API_TOKEN", '"client_secret": "4f9c1d2e7b8a4c6d9e0f1a2b3c4d5e6f"', "4f9c1d2e7b8a4c6d9e0f1a2b3c4d5e6f"),
    ("API_TOKEN", "x-api-key: 7Gh2kLm9Qp4RtW8z", "7Gh2kLm9Qp4RtW8z"),
    ("API_TOKEN", "api key: 123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
    ("PASSWORD", "DB_PASSWORD=hunter2secret", "hunter2secret"),
    ("PASSWORD", "password = 'swordfish'", "swordfish"),
    ("PASSWORD", "MYSQL_ROOT_PASSWORD: 'wet paper tiger'", "wet paper tiger"),
    ("PASSWORD", "The password is hunter2.", "hunter2"),
    ("PASSWORD", "the password for the portal is now Tr0ub4dor&3.", "Tr0ub4dor&3"),
    ("PASSWORD", "pwd: Kx9#mQ2!", "Kx9#mQ2!"),
    ("PASSWORD", "Passwort lautet Sommer2024", "Sommer2024"),
    ("PASSWORD", "Server=tcp:db;User ID=sa;Password=Str0ngPa;", "Str0ngPa"),
    ("PASSWORD", "Login: admin / Passw0rd!", "Passw0rd!"),
    ("PASSWORD", "curl -u bob:S3cretPw https://api.example.com", "S3cretPw"),
    ("PASSWORD", "The passcode for the alarm is 9942.", "9942"),
    ("PASSWORD", "PIN: 4821", "4821"),
    ("URL_CREDENTIALS", "postgres://admin:s3cr3tPw@db.internal:5432/x", "postgres://admin:s3cr3tPw@db.internal:5432/x"),
    ("PRIVATE_KEY", f"-----BEGIN RSA PRIVATE KEY-----\n{KEY_BODY}\n-----END RSA PRIVATE KEY-----", None),
    ("PRIVATE_KEY", f"-----BEGIN OPENSSH PRIVATE KEY-----\n{KEY_BODY}", None),
    ("PRIVATE_KEY", "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE", None),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "text", "value"), NAMED)
def test_a_secret_is_found_by_its_name_or_form(entity: str, text: str, value: str | None) -> None:
    found = [(f.entity, text[f.start : f.end]) for f in ANALYZER.scan(text).findings]
    assert found == [(entity, text if value is None else value)]


def test_a_reason_never_quotes_the_text() -> None:
    text = "password = 'swordfish', token: " + TOKENS[0] + ", 4111 1111 1111 1111, Mr. Featherstone"
    scan = ANALYZER.scan(text)
    assert len(scan.findings) == 4
    for finding in scan.findings:
        assert finding.reason.endswith(".")
        assert not any(word in finding.reason for word in ("swordfish", TOKENS[0], "4111", "Featherstone"))
