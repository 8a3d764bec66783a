"""A cloud draft from the command line: consent in so many words, a key, and what leaves for the person to see."""

import argparse
import sys
from pathlib import Path

from desktop.cli import console
from desktop.cli.cloud_options import ONLY_CLOUD
from desktop.key_file import read_key
from desktop.review import Payload, Review
from desktop.services import Services
from models.engines.cloud_request import parse_endpoint
from models.errors import EngineUnavailable, InputError, StrongroomError
from models.pii.restorer import Restoration


def prepare(services: Services, arguments: argparse.Namespace) -> None:
    """Set up a cloud draft as the arguments say, for this run only; nothing of it is kept.

    Raises:
        EngineUnavailable: no ``--consent``, or an address that text may not be sent to.
        InputError: an argument of cloud drafts without ``--engine cloud``.
        CredentialError: the key file is not one that only its owner can read.
    """
    if arguments.engine != "cloud":
        for name in ONLY_CLOUD:
            if getattr(arguments, name):
                raise InputError(
                    "Nothing was run",
                    f"--{name.replace('_', '-')} goes with --engine cloud only. Add it, or leave it out.",
                )
        return
    current = services.settings.current
    base_url = arguments.base_url or current.cloud_base_url
    endpoint = parse_endpoint(base_url)
    model = arguments.cloud_model or current.cloud_model
    if not arguments.consent:
        raise EngineUnavailable(
            "Nothing was sent",
            f"A cloud draft sends your text, your wish and the task's instructions to {endpoint.host} (model {model}), "
            "if nothing personal is found in them. The provider bills your key, and may keep the text for up to 30 "
            "days to watch for abuse. Add --consent if you agree to that for this text, or leave out --engine cloud.",
        )
    services.settings.override(
        cloud_enabled=True,
        cloud_consent=True,
        cloud_consent_host=endpoint.host,
        cloud_base_url=base_url,
        cloud_model=model,
        show_payload=arguments.show_payload,
    )
    if notice := services.account.notice():
        console.say(notice.sentence)
    if arguments.key_file:
        services.credentials.remember_for_session(endpoint.host, read_key(Path(arguments.key_file)))


def decide(review: Review, *, consented: bool) -> StrongroomError | None:
    """Show what would be sent and ask; where nobody is there to be asked, ``consented`` is the answer."""
    console.say(payload_text(review.payload, exact=consented))
    try:
        agreed = console.ask("Send it?")
    except EngineUnavailable as error:
        if consented:
            review.allow()
            return None
        review.refuse()
        return error
    if agreed:
        review.allow()
    else:
        review.refuse()
    return None


def payload_text(payload: Payload, *, exact: bool) -> str:
    """Host, model, tokens, cost and the text itself: the exact body, or its messages to read."""
    tokens = f"{'' if payload.tokens_exact else 'about '}{payload.tokens:,} tokens"
    text = payload.body if exact else payload.readable
    return (
        f"This would be sent to {payload.host}, for {payload.model}: {len(payload.body.encode()):,} bytes, {tokens}, "
        f"{console.usd(payload.most_usd)} at most:\n{console.printable(text, sys.stderr)}"
    )


def restoration_line(restoration: Restoration) -> str:
    """What was put back and what could not be; "" when there was nothing to do."""
    if restoration.unknown:
        return (
            f"{len(restoration.unknown)} placeholders in the answer stand for nothing in your text and were left as "
            f"they are: {', '.join(restoration.unknown)}"
        )
    return ""
