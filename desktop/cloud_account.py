"""What the program knows of the person's account with a provider: does it take the key, and until when the model."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from desktop.credentials import Credentials
from desktop.model_dates import ModelDates
from desktop.settings import SettingsStore
from models.engines.cloud_errors import KeyNotAccepted
from models.engines.cloud_models import OfferedModel
from models.engines.cloud_request import parse_endpoint
from models.engines.pricing import TYPICAL_DRAFT, Prices
from models.errors import CredentialError, EngineError, StrongroomError

AskModels = Callable[[str, str], tuple[OfferedModel, ...]]
"""The models that a base address offers to a key; raises EngineError. A call without content."""


@dataclass(frozen=True, slots=True)
class ModelNotice:
    """A quiet word on the model in use, and the one to switch to ("" if none is known)."""

    sentence: str
    successor: str


class CloudAccount:
    """Asks the host of the settings; never sends content. Safe to use from any thread."""

    def __init__(
        self, settings: SettingsStore, credentials: Credentials, prices: Prices, dates: ModelDates, ask: AskModels
    ) -> None:
        self._settings = settings
        self._credentials = credentials
        self._prices = prices
        self._dates = dates
        self._ask = ask

    @property
    def prices(self) -> Prices:
        """The price list, with the shutdown dates that the host itself named."""
        return self._prices.with_shutdowns(self._dates.shutdowns(self._host()))

    def check_key(self, key: str) -> str:
        """Ask the host whether it accepts ``key``; a sentence where that could not be found out, else "".

        Raises:
            KeyNotAccepted: it does not.
        """
        try:
            offered = self._ask(self._settings.current.cloud_base_url, key)
        except KeyNotAccepted:
            raise
        except EngineError as error:
            return f"The key could not be tried out ({error.title.lower()}). It is kept all the same."
        self._dates.keep(self._host(), offered, _today())
        return ""

    def refresh(self) -> bool:
        """Ask for shutdown dates if that is due, cloud drafts are on, and there is a key. Whether something is new."""
        settings, host = self._settings.current, self._host()
        if not (settings.cloud_enabled and settings.agreed_to(host) and self._dates.is_due(host, _today())):
            return False
        try:
            key = self._credentials.get(host)
            if not key:
                return False
            offered = self._ask(settings.cloud_base_url, key)
        except (CredentialError, EngineError):  # asked again at the next start; a draft tells what is wrong
            return False
        self._dates.keep(host, offered, _today())
        return True

    def notice(self) -> ModelNotice | None:
        """What there is to say on the model in use: that it ends, and what the next one saves."""
        model, prices, today = self._settings.current.cloud_model, self.prices, _today()
        sentence = prices.notice(today, model)
        return ModelNotice(sentence, prices.successor(model, today)) if sentence else None

    def successor(self) -> tuple[str, float]:
        """The model that replaces the one in use and the share of the cost that it saves; ("", 0.0) if not known."""
        model = self._settings.current.cloud_model
        successor = self._prices.replacement(model)
        return successor, self._prices.saving(model, successor, TYPICAL_DRAFT) if successor else 0.0

    def _host(self) -> str:
        try:
            return parse_endpoint(self._settings.current.cloud_base_url).host
        except StrongroomError:
            return ""


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
