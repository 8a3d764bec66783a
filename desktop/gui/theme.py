"""Two palettes, light and dark, and the one stylesheet made from them."""

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

HEADING_HEIGHT = 30
"""Height (px) of the line over a pane, so that panes with and without buttons in it start level."""
ThemeChoice = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme; every text colour reaches WCAG AA (4.5:1) on the grounds that it stands on."""

    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    border: str
    outline: str
    """Edge of fields and check boxes; 3:1 on the ground beside it, as WCAG asks of controls."""
    accent: str
    accent_text: str
    accent_hover: str
    accent_soft: str
    ok_text: str
    ok_ground: str
    warn_text: str
    warn_ground: str
    error_text: str
    error_ground: str
    mark: str
    """Ground of a highlighted finding in the document."""


LIGHT = Colors(
    window="#f3f4f6", surface="#ffffff", sunken="#e7eaee", text="#1a1e24", muted="#545d69",
    border="#cdd3da", outline="#7d8791",
    accent="#0b5cad", accent_text="#ffffff", accent_hover="#094a8c", accent_soft="#dceafa",
    ok_text="#14602e", ok_ground="#e0f2e5", warn_text="#734000", warn_ground="#fff0d4",
    error_text="#9c1a1f", error_ground="#fde7e7", mark="#ffdf9e",
)  # fmt: skip
DARK = Colors(
    window="#1b1e23", surface="#23272e", sunken="#2c3138", text="#e7eaee", muted="#a6afba",
    border="#414954", outline="#7a8592",
    accent="#78b7f7", accent_text="#0b1a2b", accent_hover="#9bcbfb", accent_soft="#26405c",
    ok_text="#86dba0", ok_ground="#17331f", warn_text="#f6cb77", warn_ground="#3c2e12",
    error_text="#ffa5a1", error_ground="#451f22", mark="#6a4d10",
)  # fmt: skip


def qt_palette(colors: Colors) -> QPalette:
    """The palette that Fusion paints native controls with."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for which, color in (
        (role.Window, colors.window),
        (role.WindowText, colors.text),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.window),
        (role.Text, colors.text),
        (role.Button, colors.surface),
        (role.ButtonText, colors.text),
        (role.BrightText, colors.error_text),
        (role.ToolTipBase, colors.surface),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.accent_text),
        (role.Accent, colors.accent),
        (role.Link, colors.accent),
        (role.LinkVisited, colors.accent),
        (role.Light, colors.surface),
        (role.Midlight, colors.window),
        (role.Mid, colors.border),
        (role.Dark, colors.border),
    ):
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, which, QColor(colors.muted))
    palette.setColor(group.Disabled, role.Button, QColor(colors.window))
    palette.setColor(group.Disabled, role.Highlight, QColor(colors.sunken))
    palette.setColor(group.Disabled, role.HighlightedText, QColor(colors.muted))
    return palette


def stylesheet(template: str, colors: Colors, icons: Path) -> str:
    """Fill the colours into the stylesheet's ``$names``; a name without a colour is an error."""
    which = "dark" if colors is DARK else "light"
    files = {name: (icons / f"{name}-{which}.svg").as_posix() for name in ("check", "down")}
    return Template(template).substitute(asdict(colors), **files)


def as_choice(value: str) -> ThemeChoice:
    """The setting as a choice; anything unknown follows the system."""
    return "light" if value == "light" else "dark" if value == "dark" else "system"


class Theme(QObject):
    """Keeps the application's colours on the person's choice, or on the system's where they chose that."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, choice: ThemeChoice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._template = (resources / "style.qss").read_text(encoding="utf-8")
        self._icons = resources / "icons"
        self._choice: ThemeChoice = choice
        self.colors = LIGHT
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark palette is on."""
        return self.colors is DARK

    def choose(self, choice: ThemeChoice) -> None:
        """Follow the system, or stay light or dark."""
        if choice != self._choice:
            self._choice = choice
            self._apply()

    def _apply(self) -> None:
        dark = self._choice == "dark" or (
            self._choice == "system" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self.colors = DARK if dark else LIGHT
        self._app.setPalette(qt_palette(self.colors))
        self._app.setStyleSheet(stylesheet(self._template, self.colors, self._icons))
        self.changed.emit()
