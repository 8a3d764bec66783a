"""Addresses for payments in India (UPI): a name or telephone number, an at sign and the handle of a bank."""

from models.pii.recognizers.pattern import CONTEXT, PATTERN, Context, Pattern, PatternRecognizer

# Handles of banks and apps as the National Payments Corporation of India lists them.
_HANDLES = (
    "ok(?:icici|hdfcbank|sbi|axis)|ybl|ibl|axl|paytm|upi|apl|yapl|rapl|wa(?:icici|hdfcbank|axis|sbi)|pt(?:hdfc|sbi|axis|yes)|jupiteraxis|"
    "ikwik|freecharge|freoicici|fam|naviaxis|slc|superyes|tapicici|pingpay|kotak|kotak811|icici|sbi|hdfcbank|axisbank|axis|pnb|barodampay|boi|cnrb|"
    "federal|fbl|idfcbank|idfcfirst|indus|indianbank|yesbank|yesg|airtel|jio|jsb|allbank|aubank|rbl|kbl|uco|unionbank|uboi|postbank|payzapp|"
    "mahb|idbi|dbs|hsbc|citi|sib|kvb|ezeepay|eazypay|abfspay|amazonpay|mbk|myicici|nsdl|oxymoney|timecosmos|trans|utbi|vjb|zoicici"
)
_NAME = r"[A-Za-z0-9](?<![\w.@+-].)[\w.-]{2,49}"


def payment_address_recognizer() -> PatternRecognizer:
    """Known handles by themselves; any other handle after words for such an address."""
    return PatternRecognizer(
        "payment address",
        "BANK_ACCOUNT",
        (
            Pattern(
                rf"{_NAME}@(?i:{_HANDLES})(?![\w.-]*\w)",
                PATTERN,
                "It ends in the handle of a bank for payments in India",
                triggers=("@ok", "@ybl", "@ibl", "@axl", "@paytm", "@upi", "@apl", "@yapl", "@rapl", "@wa", "@pt", "@jupiter", "@ikwik", "@fre", "@fam", "@navi", "@slc", "@super", "@tap", "@ping", "@kotak", "@icici", "@sbi", "@hdfc", "@axis", "@pnb", "@baroda", "@boi", "@cnrb", "@fed", "@fbl", "@idfc", "@ind", "@yes", "@airtel", "@jio", "@allbank", "@aubank", "@rbl", "@union", "@uboi", "@postbank", "@payzapp", "@mahb", "@idbi", "@amazonpay"),
            ),
            Pattern(
                rf"{_NAME}@[A-Za-z]{{2,16}}(?![\w.-]*\w)",
                CONTEXT,
                "A name and a handle after words for a payment address",
                triggers=("upi", "vpa", "bhim", "gpay", "phonepe"),
                needs_context=True,
            ),
        ),
        Context(("upi", "upi id", "vpa", "bhim", "gpay", "google pay", "phonepe", "paytm", "pay to", "pay"), after_chars=0),
    )  # fmt: skip
