"""The threshold of the small model that the person chose, out of the settings."""

from desktop.settings import Settings
from models.pii.threshold import Threshold, checked


def chosen_threshold(settings: Settings) -> Threshold:
    """As a share; None, the built-in thresholds, if none was chosen or the number cannot be one."""
    return checked(settings.model_threshold / 100) if settings.model_threshold else None


def as_setting(threshold: Threshold) -> int:
    """``threshold`` in per cent, as the settings keep it; 0 for the built-in ones."""
    return 0 if threshold is None else round(threshold * 100)
