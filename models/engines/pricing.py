"""What cloud tokens cost, would have cost, and until when a model is offered."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.engines.base import Usage
from models.errors import StorageError

TYPICAL_DRAFT = Usage(prompt_tokens=1000, output_tokens=400)
"""Tokens of a one-page draft, for costs that are told beforehand."""
_MILLION = 1_000_000
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_WARN_BEFORE = datetime.timedelta(days=180)
_STALE_AFTER = datetime.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Price:
    """Price of one model in USD per million tokens; when it is shut down, and what replaces it, where that is known."""

    input: float
    cached: float
    output: float
    shutdown: datetime.date | None = None
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Prices:
    """The price list. ``as_of`` is the day on which the prices were read; ``reference`` the model compared against."""

    models: Mapping[str, Price]
    as_of: datetime.date
    reference: str

    def knows(self, model: str) -> bool:
        """Whether ``cost`` can price this model; a dated snapshot ("gpt-4o-2024-08-06") costs what its model does."""
        return self._price(model) is not None

    def cost(self, model: str, usage: Usage) -> float:
        """USD for the tokens of one run; 0.0 for a model that is not in the list (on the device, say)."""
        price = self._price(model)
        if price is None:
            return 0.0
        fresh = usage.prompt_tokens - usage.cached_tokens
        return (
            fresh * price.input + usage.cached_tokens * price.cached + usage.output_tokens * price.output
        ) / _MILLION

    def avoided(self, usage: Usage) -> float:
        """USD that the same tokens would have cost with the reference model.

        Exact for Phi-4 Mini, which has GPT-4o's vocabulary, and an estimate for others. Tokens that the device took
        from its cache count at the cloud's price for cached ones, so that the saving is not overstated.
        """
        return self.cost(self.reference, usage)

    def with_shutdowns(self, shutdowns: Mapping[str, datetime.date]) -> "Prices":
        """The list with the days on which the host itself says that models are shut down."""
        models = {
            name: replace(price, shutdown=shutdowns.get(name, price.shutdown)) for name, price in self.models.items()
        }
        return replace(self, models=models)

    def successor(self, model: str, today: datetime.date) -> str:
        """The model to switch to, if ``model`` is shut down soon or was; "" otherwise."""
        price = self._price(model)
        if price is None or price.shutdown is None or price.shutdown - today > _WARN_BEFORE:
            return ""
        return price.replacement

    def replacement(self, model: str) -> str:
        """The model that replaces ``model``; "" if none is known."""
        price = self._price(model)
        return price.replacement if price is not None else ""

    def saving(self, model: str, other: str, usage: Usage) -> float:
        """Share of the cost of ``usage`` that ``other`` saves against ``model``, in [0, 1]; 0.0 if not known."""
        now = self.cost(model, usage)
        return max(0.0, 1 - self.cost(other, usage) / now) if now and self.knows(other) else 0.0

    def notice(self, today: datetime.date, model: str = "") -> str | None:
        """What a person should know about ``model`` (by default the reference) and the list, or None.

        Told from 180 days before a shutdown on, and when the prices were read more than 120 days ago.
        """
        name = model or self.reference
        price = self._price(name)
        sentences = []
        if price is not None and price.shutdown is not None and price.shutdown - today <= _WARN_BEFORE:
            day = price.shutdown.isoformat()
            over = today >= price.shutdown
            sentences.append(f"{name} was shut down on {day}." if over else f"{name} will be shut down on {day}.")
            if price.replacement:
                share = round(100 * self.saving(name, price.replacement, TYPICAL_DRAFT))
                cheaper = f", about {share} % cheaper for a one-page draft" if share > 0 else ""
                sentences.append(f"Its replacement is {price.replacement}{cheaper}; choose it in the settings.")
        if self.models and today - self.as_of > _STALE_AFTER:
            sentences.append(f"Prices were read on {self.as_of.isoformat()} and may have changed.")
        return " ".join(sentences) or None

    def _price(self, model: str) -> Price | None:
        return self.models.get(model) or self.models.get(_SNAPSHOT.sub("", model))


def load_prices(path: Path) -> Prices:
    """Read a price list (``resources/prices.toml``).

    Raises:
        StorageError: It is missing or not valid; the message names the key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _broken("it cannot be read") from None
    untrusted_models = data.get("models")
    if not isinstance(untrusted_models, dict):
        raise _broken("the table models is missing")
    models = {name: _price_of(name, table) for name, table in untrusted_models.items()}
    as_of, reference = data.get("as_of"), data.get("reference")
    if type(as_of) is not datetime.date:
        raise _broken("as_of is not a date")
    if not isinstance(reference, str) or reference not in models:
        raise _broken("reference is not one of its models")
    return Prices(models, as_of, reference)


def load_best_prices(own: Path, shipped: Path) -> tuple[Prices, str]:
    """The person's own price list if there is a good one, else the one that ships; and what was wrong, or ""."""
    trouble = ""
    for file in (own, shipped):
        if file == own and not file.is_file():
            continue
        try:
            return load_prices(file), trouble
        except StorageError as error:
            trouble = error.message if file == shipped else (
                "Your own prices.toml in the settings folder cannot be used, so the built-in prices are. Correct it, "
                "or take it away."
            )  # fmt: skip
    return Prices({}, datetime.date.min, ""), trouble


def _price_of(name: str, untrusted_table: Any) -> Price:
    if not isinstance(untrusted_table, dict):
        raise _broken(f"{name} is not a table")
    amounts = {}
    for key in ("input", "cached", "output"):
        amount = untrusted_table.get(key)
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < _MILLION:
            raise _broken(f"{name}.{key} is not an amount in USD")
        amounts[key] = float(amount)
    shutdown = untrusted_table.get("shutdown")
    replacement = untrusted_table.get("replacement", "")
    if shutdown is not None and type(shutdown) is not datetime.date:
        raise _broken(f"{name}.shutdown is not a date")
    if not isinstance(replacement, str):
        raise _broken(f"{name}.replacement is not a name")
    return Price(**amounts, shutdown=shutdown, replacement=replacement)


def _broken(why: str) -> StorageError:
    return StorageError(
        "The price list is not usable",
        f"prices.toml: {why}. Nothing of yours is affected, but costs cannot be shown. Install Strongroom again.",
    )
