"""Secrets of many vendors, sessions and stored passwords; and what only looks like one."""

import base64
import random
import string

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()
SECRET = {"API_TOKEN", "PASSWORD", "PRIVATE_KEY", "URL_CREDENTIALS"}
HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + string.digits
LOWER = string.ascii_lowercase + string.digits
MIXED = string.ascii_letters + string.digits
BASE32 = string.ascii_uppercase + "234567"
RNG = random.Random(7)


def chance(size: int, alphabet: str = MIXED) -> str:
    """``size`` characters, the same ones in every run."""
    return "".join(RNG.choice(alphabet) for _ in range(size))


def uuid() -> str:
    """A UUID's form."""
    return "-".join(chance(size, HEX) for size in (8, 4, 4, 4, 12))


SECRETS = [
    "Dropbox sl." + chance(130),
    "AKCp" + chance(69),
    "PMAK-" + chance(24, HEX) + "-" + chance(34, HEX),
    "nfp_" + chance(36),
    "rnd_" + chance(32),
    "pul-" + chance(40, HEX),
    "CFPAT-" + chance(43),
    "pat-na1-" + uuid(),
    "oy2" + chance(43, LOWER),
    "dt0c01." + chance(24, UPPER) + "." + chance(64, UPPER),
    "shippo_live_" + chance(40, HEX),
    "https://api.telegram.org/bot" + chance(9, "123456789") + ":AA" + chance(33) + "/getMe",
    "FLWSECK_TEST-" + chance(32, HEX) + "-X",
    "Authorization: SSWS 00" + chance(40),
    "asana 1/" + chance(16, string.digits) + ":" + chance(32, HEX),
    "xkeysib-" + chance(64, HEX) + "-" + chance(16),
    "tskey-auth-" + chance(12) + "-" + chance(30),
    "LTAI" + chance(20),
    "ALGOLIA_ADMIN_KEY=" + chance(32, HEX),
    "SNYK_TOKEN=" + uuid(),
    "Authorization: Basic " + base64.b64encode(b"bob:hunter2pass").decode(),
    "Set-Cookie: sessionid=" + chance(32) + "; Path=/",
    "Cookie: theme=dark; PHPSESSID=" + chance(26, LOWER),
    "csrftoken=" + chance(64),
    "bob:$apr1$" + chance(8) + "$" + chance(22),
    "root:$6$" + chance(8) + "$" + chance(86) + ":18000:0",
    "$2b$12$" + chance(53),
    "otpauth://totp/x?secret=" + chance(32, BASE32),
    "<password>" + chance(10) + "7</password>",
    "Log in with user bob and password Sunny#42.",
    "my pw: " + chance(8) + "3",
    "mysql -u root -pS3cr" + chance(5),
    "docker login -u bob -p X1" + chance(8),
    "recovery code: 8f3k-92ld-0dk3",
    "DefaultEndpointsProtocol=https;AccountName=foo;AccountKey=" + chance(86) + "==",
    "Driver={SQL};Server=db;Uid=sa;Pwd=Zq9" + chance(7) + ";",
    "mongodb+srv://u:p%40ss" + chance(6) + "@c0.mongodb.net",
    "//registry.npm.local/:_authToken=" + chance(36),
]


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_found(text: str) -> None:
    assert SECRET & {finding.entity for finding in ANALYZER.scan(f"config\n{text}\n").findings}


HARMLESS = [
    '"integrity": "sha512-gq3JmxNCqJ0wVLCqZWBlwDjVxTgsRtZ0sKcNbIS1bXdC3sLOTwLJm3bKwhPGQvGpNV0bSHrQJBTcF9Yvn0mQEA=="',
    '    "resolved": "https://registry.npm.local/lodash/-/lodash-4.17.21.tgz#679591c564c3bffaae8454cf0b3df370c3d6911c",',
    "lodash==4.17.21 --hash=sha256:9f86d081884c7d659a2feaa822ad55d015a3bf4f1b2b0b822cd15d6c15b0f00a",
    'checksum = "08b27c2e1b3c0b8f0a1e4a0c1d7c9d5d0e3bba1c3c7bfa4fbfcf3c4a6f8ce2a1"',
    "commit 3f786850e387550fdab836ed7e6dc881de23001b",
    "trace_id: 4bf92f3577b34da6a3ce929d0e0e4736 span_id: 00f067aa0ba902b7",
    "request id 123e4567-e89b-12d3-a456-426614174000",
    'ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"',
    "export API_KEY=your-api-key-here",
    "OPENAI_API_KEY=sk-...",
    'password = os.environ["DB_PASSWORD"]',
    "password: ${{ secrets.DB_PASSWORD }}",
    "token: <YOUR_TOKEN>",
    "AWS_ACCESS_KEY_ID=AKIAXXXXXXXXXXXXXXXX",
    "aws_secret_access_key = ****************",
    "Authorization: Bearer <token>",
    "Authorization: Bearer $TOKEN",
    "Cookie: name=value; theme=dark; lang=en-GB",
    "Set-Cookie: id=a3fWa; Expires=Thu, 21 Oct 2027 07:28:00 GMT;",
    "Basic knowledge of statistics is required. Basic authentication is deprecated.",
    "The password must contain 8 characters. Passwords are hashed with bcrypt.",
    'if (password == null) throw new Error("password required");',
    "const token = await getToken(user); secretKey = config.get('secret');",
    "The API key is stored in the keyring. The token bucket algorithm limits rates.",
    "key: value, primary_key: id, foreign_key: user_id, sort_key=created_at_desc",
    "public_key: ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDHk comment",
    "mysql -u root -p",
    "docker run -p 8080:80 nginx",
    "curl -u username:password https://example.com",
    "postgres://user:password@localhost:5432/db",
    "The license key is printed on the box. Recovery keys are shown once.",
    "session_id INTEGER PRIMARY KEY; sessionid cookie is set by the server",
    "sign in with your passkey; PIN-protected; code 200 means OK; error code: 50012",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==",
    'The author of "The Secret: 12 Rules" writes that the key is persistence.',
    "My password manager suggested a passphrase; the passcode policy is strict.",
    "token_count: 128000, max_tokens=4096, tokens: 1234567",
    'const CLIENT_ID = "my-client-id"; client_secret="${CLIENT_SECRET}"',
]


@pytest.mark.parametrize("text", HARMLESS)
def test_a_stand_in_a_hash_and_plain_code_are_no_secret(text: str) -> None:
    assert [text[f.start : f.end] for f in ANALYZER.scan(text).findings] == []
