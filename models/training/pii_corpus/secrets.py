"""Passwords, tokens and keys that never were anyone's."""

import base64
import json
import random
import string
from collections.abc import Callable

_LETTERS = string.ascii_letters + string.digits
_WORDS = [
    "tiger",
    "maple",
    "rocket",
    "velvet",
    "harbour",
    "pickle",
    "lantern",
    "biscuit",
    "walnut",
    "comet",
    "saddle",
    "otter",
    "marble",
    "dragon",
    "summer",
]


def _chars(count: int, rng: random.Random, alphabet: str = _LETTERS) -> str:
    return "".join(rng.choice(alphabet) for _ in range(count))


def password(rng: random.Random) -> str:
    """What people and generators choose."""
    word, other = rng.sample(_WORDS, 2)
    return rng.choice(
        (
            f"{word.title()}{rng.randint(10, 2030)}{rng.choice('!?$#')}",
            f"{word}-{other}-{rng.randint(10, 99)}",
            _chars(12, rng, _LETTERS + "!#%+=?@") + rng.choice("7!x"),
            f"{word.replace('e', '3').replace('a', '4').title()}_{other}{rng.randint(1, 9)}",
        )
    )


def pin(rng: random.Random) -> str:
    """Four or six digits."""
    return _chars(rng.choice((4, 4, 6)), rng, string.digits)


def jwt(rng: random.Random) -> str:
    """A signed web token."""

    def part(value: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    claims = {"sub": _chars(8, rng), "exp": rng.randint(1_700_000_000, 1_900_000_000)}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{_chars(43, rng)}"


_TOKENS: tuple[Callable[[random.Random], str], ...] = (
    lambda rng: "ghp_" + _chars(36, rng),
    lambda rng: "AKIA" + _chars(16, rng, string.ascii_uppercase + "234567"),
    lambda rng: "sk-proj-" + _chars(48, rng),
    lambda rng: "sk_live_" + _chars(24, rng),
    lambda rng: f"xoxb-{_chars(12, rng, string.digits)}-{_chars(12, rng, string.digits)}-{_chars(24, rng)}",
    lambda rng: "AIza" + _chars(35, rng),
    lambda rng: "glpat-" + _chars(20, rng),
    lambda rng: f"SG.{_chars(22, rng)}.{_chars(43, rng)}",
    lambda rng: "npm_" + _chars(36, rng),
    lambda rng: "hf_" + _chars(34, rng),
    jwt,
)


def token(rng: random.Random) -> str:
    """A token of a well-known service, by its public form."""
    return rng.choice(_TOKENS)(rng)


def private_key(rng: random.Random) -> str:
    """A PEM block of random bytes."""
    kind = rng.choice(("RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"))
    body = base64.b64encode(rng.randbytes(rng.choice((160, 320)))).decode()
    lines = "\n".join(body[i : i + 64] for i in range(0, len(body), 64))
    return f"-----BEGIN {kind}-----\n{lines}\n-----END {kind}-----"


def url_credentials(rng: random.Random) -> str:
    """A connection string with user and password."""
    scheme, host = rng.choice(
        (
            ("postgresql", "db.internal:5432/billing"),
            ("mysql", "10.20.0.8:3306/crm"),
            ("mongodb+srv", "cluster0.ab1cd.mongodb.net/prod"),
            ("https", "git.corp-tools.net/infra/deploy.git"),
            ("amqp", "queue.svc:5672/orders"),
            ("redis", "cache-2.prod.lan:6379/0"),
        )
    )
    return f"{scheme}://{rng.choice(('svc_app', 'admin', 'deploy', 'reporting'))}:{_chars(14, rng)}@{host}"
