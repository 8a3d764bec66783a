"""Costs, costs avoided, and what is known of a model's end."""

import datetime
from pathlib import Path

import pytest

from models.engines.base import Usage
from models.engines.pricing import Prices, load_prices
from models.errors import StorageError

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "prices.toml"
SOON = datetime.date(2026, 11, 20)


@pytest.fixture
def prices() -> Prices:
    return load_prices(SHIPPED)


@pytest.mark.parametrize(
    ("model", "usage", "usd"),
    [
        ("gpt-4o", Usage(1_000_000, 0, 0), 2.50),
        ("gpt-4o", Usage(1_000_000, 1_000_000, 0), 1.25),
        ("gpt-4o", Usage(0, 0, 1_000_000), 10.00),
        ("gpt-4o", Usage(1_200, 200, 300), 0.00575),
        ("gpt-4o-2024-08-06", Usage(1_000_000, 0, 0), 2.50),
        ("gpt-6-luna", Usage(1_000_000, 500_000, 100_000), 0.105),
        ("gpt-4o-mini", Usage(1_000_000, 0, 0), 0.0),
        ("starter", Usage(500, 0, 20), 0.0),
    ],
)
def test_a_run_costs_what_its_tokens_cost(prices: Prices, model: str, usage: Usage, usd: float) -> None:
    assert prices.cost(model, usage) == pytest.approx(usd)


def test_a_model_that_is_not_in_the_list_is_not_priced_as_a_relative(prices: Prices) -> None:
    assert prices.knows("gpt-4o-2024-08-06")
    assert not prices.knows("gpt-4o-mini")


def test_the_cost_avoided_is_that_of_gpt_4o(prices: Prices) -> None:
    assert prices.avoided(Usage(1000, 0, 100)) == pytest.approx(0.0035)


def test_a_shutdown_is_announced_with_its_date_and_replacement(prices: Prices) -> None:
    told = prices.notice(SOON) or ""
    assert "gpt-4o will be shut down on 2027-01-14" in told
    assert "gpt-6-luna" in told


def test_after_the_shutdown_it_is_told_as_past(prices: Prices) -> None:
    assert "gpt-4o was shut down on 2027-01-14" in (prices.notice(datetime.date(2027, 1, 14)) or "")


def test_a_model_without_an_end_needs_no_notice(prices: Prices) -> None:
    assert prices.notice(SOON, "gpt-6-luna") is None


def test_old_prices_are_called_old(prices: Prices) -> None:
    told = prices.notice(prices.as_of + datetime.timedelta(days=121), "gpt-6-luna") or ""
    assert f"read on {prices.as_of.isoformat()}" in told


def test_an_empty_list_costs_nothing_and_has_nothing_to_tell() -> None:
    empty = Prices({}, datetime.date.min, "")
    assert empty.avoided(Usage(1000, 0, 100)) == 0.0
    assert empty.notice(SOON) is None


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("as_of = 2026", "asof = 2026", "as_of"),
        ('reference = "gpt-4o"', 'reference = "gpt-9"', "reference"),
        ("input = 2.50", "input = -2.50", "gpt-4o.input"),
        ("output = 10.00", 'output = "ten"', "gpt-4o.output"),
        ("shutdown = 2027-01-14", "shutdown = 2027", "gpt-4o.shutdown"),
        ('replacement = "gpt-6-luna"', "replacement = 6", "gpt-4o.replacement"),
        ("as_of = ", "as_of = = ", "cannot be read"),
    ],
)
def test_a_broken_price_list_is_refused_with_the_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "prices.toml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StorageError) as refusal:
        load_prices(broken)
    assert key in refusal.value.message


def test_a_missing_price_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        load_prices(tmp_path / "prices.toml")
