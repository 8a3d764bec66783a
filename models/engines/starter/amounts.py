"""Amounts of money: a number with its currency, before or after it. A percentage is not an amount."""

import re
from dataclasses import dataclass

_SYMBOL = r"(?:US|A|C|NZ|HK|S|R|CA|AU)?\$|[€£¥₹₩₽₺₴₦₫₪₱฿]"
_CODE = (
    "AED|ARS|AUD|BGN|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JPY|KES|KRW|MAD|MXN|MYR|"
    "NGN|NOK|NZD|PEN|PHP|PKR|PLN|RON|RSD|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND|ZAR"
)
_WORD = (
    r"(?:US |Australian |Canadian )?dollars?|euros?|pounds?(?: sterling)?|cents?|Swiss francs?|francs?|yen|rupees?|"
    r"kroner|kronor|kr|zł|Kč|Dollar|Euros?|Franken|Pfund|Rappen|dólares|libras|pesos|livres sterling"
)
_NUMBER = (
    r"[0-9]{1,3}(?:(?:[,.'’]|[ \u00a0\u202f](?=[0-9]{3}(?![0-9])))[0-9]{3}){1,5}(?:[.,][0-9]{1,2})?(?![0-9])"
    r"|[0-9]{1,12}(?:[.,][0-9]{1,3})?"
)
_SCALE = r"(?:[ \u00a0-]?(?:thousand|million|billion|trillion|mn|bn|m|k|M|K|Mio\.?|Mrd\.?)(?![\w]))?"
_SPACE = r"[ \u00a0\u202f]?"

_BEFORE = re.compile(rf"(?<![\w$])(?:{_SYMBOL}|(?:{_CODE})){_SPACE}(?:{_NUMBER})(?:[.,]-)?{_SCALE}(?![\w%])")
_AFTER = re.compile(
    rf"(?<![\w.,:/$€£])(?<![0-9][ \-])(?:{_NUMBER}){_SCALE}{_SPACE}(?:[€£¥$](?![0-9])|(?:{_CODE}|{_WORD})(?![\w]))"
)


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """An amount of money at ``text[start:end]``, without a sign."""

    start: int
    end: int


def find_amounts(text: str) -> list[AmountSpan]:
    """Find amounts in order and without overlaps, in time linear in the length of ``text``."""
    spans = sorted(
        (match.span() for pattern in (_BEFORE, _AFTER) for match in pattern.finditer(text)),
        key=lambda span: (span[0], -span[1]),
    )
    amounts: list[AmountSpan] = []
    for start, end in spans:
        if not amounts or start >= amounts[-1].end:
            amounts.append(AmountSpan(start, end))
    return amounts
