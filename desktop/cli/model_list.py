"""``strongroom models list``: the models on this machine."""

import json

from desktop.cli import console
from desktop.paths import Paths
from desktop.settings import SettingsStore
from models.store.installed import installed_models
