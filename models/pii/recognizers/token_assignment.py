"""Tokens and keys by the name they are given to: ``client_secret``, ``ALGOLIA_ADMIN_KEY``, ``x.apiToken``."""

import re
from collections.abc import Iterator

from models.pii.recognizers.assignment import Assignment, assignments
from models.pii.recognizers.password_words import ABOUT
from models.pii.recognizers.placeholder import entropy_bits, is_placeholder, is_uuid
from models.pii.recognizers.secret_value import is_code, is_place, is_wordlike, looks_like_password, looks_random

# Services whose name alone, before a random value, says that it is a key.
_SERVICES = (
    "adafruit|airtable|algolia|alibaba|amplitude|appcenter|artifactory|asana|atlassian|auth0|beamer|bitbucket|bitly|bittrex|bugsnag|"
    "buildkite|cloudflare|cloudinary|codecov|coinbase|confluent|contentful|datadog|digitalocean|discord|dropbox|droneci|etsy|fastly|"
    "finicity|finnhub|flickr|foursquare|freshbooks|freshdesk|ghost|gitter|gocardless|heroku|hubspot|infura|intercom|jfrog|jumpcloud|"
    "kraken|kucoin|launchdarkly|linkedin|lokalise|mailchimp|mailgun|mailjet|mapbox|mattermost|messagebird|mixpanel|netlify|newrelic|"
    "new_relic|nytimes|okta|openweather|opsgenie|pagerduty|paypal|paystack|pendo|plaid|postmark|pusher|rapidapi|razorpay|readme|"
    "rollbar|segment|sendbird|sendgrid|sentry|shodan|snyk|sonar|spotify|squarespace|stytch|sumo|sumologic|travis|trello|twilio|twitch|"
    "twitter|typeform|unsplash|virustotal|vultr|zapier|zendesk|zoho"
)
_WORDS = (
    rf"tokens?|secrets?|credentials?|creds|keys?|jwt|bearer|(?<![a-z])auth(?:orization)?(?![a-z])|signature|hmac|"
    rf"otp_?seed|totp(?: seed| secret)?|(?:2fa|otp|totp|mfa)[ _]?(?:seed|secret)|(?<![a-z])dsn(?![a-z])|(?<![a-z])pat(?![a-z])|"
    rf"(?<![a-z])sas(?![a-z])|(?<![a-z])sid(?![a-z])|session_?id|(?:api|access|auth)[ _-]?code|schlüssel|clé|chiave|"
    rf"jeton|(?<![a-z])(?:{_SERVICES})(?![a-z])"
)
_TRIGGERS = (
    "token", "secret", "credential", "creds", "key", "jwt", "bearer", "auth", "signature", "hmac", "otp", "totp", "2fa", "dsn", "pat", "sas",
    "sid", "session", "code", "schlüssel", "clé", "chiave", "jeton", *_SERVICES.split("|"),
)  # fmt: skip
_STRONG = re.compile(
    r"secret|token|credential|creds|bearer|jwt|otp|2fa|hmac|(?:api|app|access|private|priv|client|consumer|auth|service|account|"
    r"encryption|encrypt|cipher|signing|sign|master|admin|licen[sc]e|shared|pre_?shared|db|database|storage|deploy|write|ingest|insert|"
    r"registry|webhook|user|server|site|rest|root|session|ssh|gpg|pgp|ssl|jfrog|vault|crypt|hash|aes|stripe|aws|azure|gcp|google|maps|"
    r"github|gitlab|npm|openai|s3|firebase|dd|sa|data)[ _.-]?key|keys?[ _.-]?(?:data|base|secret|base64|string|value|plain)|"
    r"(?:^|[_.-])(?:auth|pat|sas|dsn)$|api|authorization|schlüssel|jeton|signature",
    re.IGNORECASE,
)
_OTHER_KEY = re.compile(
    r"pub(?:lic)?[ _.-]?(?:key|token)|(?:primary|foreign|partition|sort|cache|bucket|schema|sequence|natural|idx|index|hot|row|range|"
    r"group|map|dict|object|translation|i18n|locale|react|lookup|unique|routing|message|context|storage|config|menu|tab|issue|project|"
    r"jira|order|sibling|parent|child|record|column|field|field|item|list|redis|state|query|props?|query|host|site|kms|"
    r"issuer|thumb|arrow|hash|num|on|short|turn|don|mon|tur|hoc|joc|whis|mal|jer|hawk)[ _.-]?keys?(?![a-z])|keyword|keyboard|"
    r"signature_?value|keyframe|monkey|turkey|keystone|keynote|secretary|secretariat|token(?:iz|is)|csrf|xsrf|next[_-]?token|page[_-]?token|"
    r"max_?tokens?|continuation|accessor|(?:^|[_.-])(?:author|authority)(?:$|[_.-])|etag|key(?:code|down|up|press|id|name)|credentials?_?id",
    re.IGNORECASE,
)
_ABOUT = re.compile(ABOUT, re.IGNORECASE)
_LINE_CHARS = 160
_COMPARES = frozenset({"==", "===", "!=", "!==", "<=", ">="})
_CHARS = re.compile(r"[A-Za-z0-9+/_=.~%$!@#^&*:|-]{8,512}")


def find_assigned(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the values. ``lower`` is ``text`` in lower case, of the same length."""
    for given in assignments(text, lower, _WORDS, _TRIGGERS):
        end = given.end if given.quoted else given.start + len(given.value.rstrip(".,)]}\\"))
        if end > given.start and _is_token(given, text[given.start : end], text):
            yield given.start, end


def _is_token(given: Assignment, value: str, text: str) -> bool:
    if _is_of_a_program(given, value):
        return False
    if len(value) < 8 or _ABOUT.search(given.tail) or _OTHER_KEY.search(given.name) or is_placeholder(value):
        return False
    strong = _STRONG.search(given.name) is not None or (
        given.word.lower().startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
        and (re.fullmatch(_SERVICES, given.word, re.IGNORECASE) is not None)
    )
    named = re.search(r"key|auth|sid|session|pat|sas|dsn|code|clé|chiave", given.word, re.IGNORECASE) is not None
    if not strong and not named:
        return False
    if value.isupper() and value.replace("_", "").isalpha():
        return False  # the name of a variable
    if re.fullmatch(r"[A-Za-z][\w.]{1,31}#\d{4}", value):
        return False  # a user's name in a network
    if is_place(value) or re.fullmatch(r"ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{4,20}", value):
        return False
    if re.search(r"\barn:[\w-]{2,10}:\S{0,200}\Z", text[max(0, given.start - 200) : given.start]):
        return False  # the name of a resource in a cloud
    if given.quoted:
        return _is_quoted_token(given, value, strong)
    separator = given.separator
    if separator in (",", "(") and not (
        separator == "," and text[given.end : given.end + 1] in ",\n" and len(value) >= 14
    ):
        return False
    if separator == "" and not (given.name.startswith("-") or _is_first(given, text) or looks_random(value, 24)):
        return False
    if (
        separator in _COMPARES
        or text[given.end : given.end + 1] == "("
        or re.match(r"[A-Za-z_]+(?:\.[A-Za-z_]+)+$", value)
    ):
        return False
    if is_uuid(value):
        return strong
    if value.isdigit():
        return 14 <= len(value) <= 20 and re.search(r"token|secret|api_?key", given.name, re.IGNORECASE) is not None
    if separator in ("|", "-", "--", "–", "—") and len(value) < 16:
        return False
    if not _CHARS.fullmatch(value):
        return (strong and looks_like_password(value) and not is_code(value) and len(value) >= 12) or _is_odd(value)
    return looks_random(value, 10 if strong else 16) and (strong or entropy_bits(value) >= 3.2)


# Markup of a manual page, a digest with its kind, a text with an expression in it; pieces of a regular expression.
_NO_SECRET = re.compile(r"^\\f[A-Z(]|(?i:^(?:sha\d{1,3}|md5|blake\w{1,3})[=:-])|\$\{[^}\n]{0,60}[.(\[]")
_REGEX = re.compile(r"\\[sdwbSDWB+*?.(|]|\(\?[:=!<P]|\[\^|[\])]\\?[*+?]|\.[*+]|\$$|^\^")
_LEAST_PIECES = 2


def _is_of_a_program(given: Assignment, value: str) -> bool:
    """Calls and declarations, parameters in a list, values that repeat their name, names of settings in a file."""
    if _NO_SECRET.search(value) or len(_REGEX.findall(value)) >= _LEAST_PIECES:
        return True
    if given.word.lower() == "signature" and "(" in value:
        return True  # of a function
    if given.separator == "," and not given.quoted and re.search(r"[=(){}:][^=]", value):
        return True
    if given.name.lower() == "key" and given.separator == ">" and not any(char.isdigit() for char in value):
        return True
    name = given.name.lower()
    return (
        not given.quoted and len(name) >= 6 and name in value.lower() and is_wordlike(value.lower().replace(name, ""))
    )


def _is_quoted_token(given: Assignment, value: str, strong: bool) -> bool:
    if given.separator in _COMPARES and not strong:
        return False
    if is_uuid(value):
        return strong
    if value.isdigit():
        return 14 <= len(value) <= 20 and strong
    if " " in value:
        return (
            strong
            and len(value) >= 32
            and entropy_bits(value) >= 4.5
            and any(c.isdigit() for c in value)
            and value.count(" ") < len(value) / 8
        )
    if not strong:
        return looks_random(value, 16)
    if looks_random(value, 8):
        return True
    signs = re.search(r"[!@#$%^&*+=?~}{\[\]]", value) is not None
    return (
        len(value) >= 10
        and looks_like_password(value)
        and (signs or any(c.isdigit() for c in value))
        and "/" not in value
        and not (re.fullmatch(r"[A-Za-z]+(?:[-_.:][A-Za-z0-9]+){1,8}", value))
    )


def _is_odd(value: str) -> bool:
    """Signs strewn over the value as in no expression of a program."""
    return len(value) >= 20 and len(set(re.sub(r"\w", "", value))) >= 6 and entropy_bits(value) >= 4


def _is_first(given: Assignment, text: str) -> bool:
    begin = max(text.rfind("\n", max(0, given.start - _LINE_CHARS), given.start) + 1, given.start - _LINE_CHARS, 0)
    head = text[begin : given.start].lower()
    return re.match(r"\s*(?:env|arg|setx|set|export)\s+[\w.-]+\s+$", head) is not None
