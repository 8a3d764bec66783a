"""The monthly ceiling for cloud drafts: what was spent this month, and whether one more draft fits."""

import datetime
from collections.abc import Callable

from desktop.ledger import Ledger, month_start
from models.errors import EngineUnavailable

_CENT = 0.01


class Budget:
    """Counts what the ledger has. ``ceiling_usd`` is asked each time, so that a changed setting holds at once."""

    def __init__(self, ledger: Ledger, ceiling_usd: Callable[[], float]) -> None:
        self._ledger = ledger
        self._ceiling_usd = ceiling_usd

    def spent_usd(self) -> float:
        """USD since the first of this month, by the clock on the wall. Raises StorageError."""
        return self._ledger.totals(month_start()).cost_usd

    def check(self, most_usd: float) -> None:
        """Return if a draft that costs ``most_usd`` at most fits under the ceiling.

        Raises:
            EngineUnavailable: it does not.
            StorageError: the ledger cannot be read, so that nobody knows; nothing may be sent then.
        """
        spent, ceiling = self.spent_usd(), self._ceiling_usd()
        if spent + most_usd <= ceiling:
            return
        first = (month_start() + datetime.timedelta(days=32)).replace(day=1)
        reached = (
            f"This month's ceiling of ${ceiling:,.0f} for cloud drafts is reached (${spent:,.2f} spent)"
            if spent >= ceiling - _CENT
            else f"This draft could cost ${most_usd:,.4f}, and of this month's ${ceiling:,.0f} ${spent:,.2f} is spent"
        )
        raise EngineUnavailable(
            "The monthly ceiling is reached",
            f"{reached}. Nothing was sent. Raise it in the settings, wait until {first.date().isoformat()}, or run the "
            "task on this device.",
        )
