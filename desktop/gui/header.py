"""The line at the top: where tasks run, the cloud switch, settings and about."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.gui.icons import icon
from desktop.gui.message_bar import restyle
from desktop.gui.theme import Colors


class Switch(QAbstractButton):
    """An on/off switch with its state in words, so that it does not depend on colour."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._describe)
        self._describe()

    def _describe(self) -> None:
        self.setText(f"{self._words}: {'on' if self.isChecked() else 'off'}")
        self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Words (of the longer state), a gap and the switch."""
        width = self.fontMetrics().horizontalAdvance(f"{self._words}: off")
        return QSize(width + 52, max(26, self.fontMetrics().height() + 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words on the left, the switch on the right, a ring when it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setPen(palette.windowText().color())
        painter.drawText(self.rect().adjusted(4, 0, -44, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        track = QRectF(self.width() - 40, (self.height() - 18) / 2, 34, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.accent() if self.isChecked() else palette.placeholderText())
        painter.drawRoundedRect(track, 9, 9)
        painter.setBrush(palette.base())
        left = track.right() - 16 if self.isChecked() else track.left() + 2
        painter.drawEllipse(QRectF(left, track.top() + 2, 14, 14))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.accent().color())
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()


class Header(QFrame):
    """Emits what the person asks for; the window decides."""

    cloud_toggled = Signal(bool)
    settings_requested = Signal()
    about_requested = Signal()
    gate_test_requested = Signal()

    def __init__(self, resources: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resources = resources
        self.setObjectName("header")
        mark = QLabel()
        mark.setPixmap(icon(resources, "strongroom").pixmap(22, 22))
        title = QLabel("Strongroom")
        title.setObjectName("title")
        self.place = QLabel()
        self.place.setProperty("role", "place")
        self.offline = QLabel("Offline")
        self.offline.setProperty("role", "chip")
        self.offline.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.offline.hide()
        self.cloud = Switch("Cloud drafts")
        self.cloud.setToolTip(
            "Off: no document ever leaves this device. On: drafts may be written in the cloud, "
            "if the text holds nothing personal and you choose it."
        )
        self.cloud.clicked.connect(self.cloud_toggled)
        self.settings_button = self._tool("Settings", "Settings (Ctrl+,). They are kept on this device.")
        self.settings_button.setShortcut(QKeySequence("Ctrl+,"))
        self.settings_button.clicked.connect(self.settings_requested)
        self.gate_test_button = self._tool(
            "Test the gate on my documents",
            "Test the gate on your own documents (Ctrl+T). It runs on this device and keeps nothing.",
        )
        self.gate_test_button.setShortcut(QKeySequence("Ctrl+T"))
        self.gate_test_button.clicked.connect(self.gate_test_requested)
        self.about_button = self._tool(
            "About Strongroom", "Version, licences, and how to prove that nothing leaves (F1)"
        )
        self.about_button.setShortcut(QKeySequence("F1"))
        self.about_button.setText("?")
        self.about_button.clicked.connect(self.about_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 7, 10, 7)
        layout.setSpacing(8)
        layout.addWidget(mark)
        layout.addWidget(title)
        layout.addSpacing(16)
        layout.addWidget(self.place)
        layout.addStretch(1)
        layout.addWidget(self.offline)
        layout.addWidget(self.cloud)
        layout.addSpacing(4)
        layout.addWidget(self.gate_test_button)
        layout.addWidget(self.settings_button)
        layout.addWidget(self.about_button)

    def set_place(self, words: str, *, cloud: bool = False) -> None:
        """Say where the next task runs."""
        self.place.setText(f"● {words}")
        self.place.setAccessibleName(words)
        restyle(self.place, state="cloud" if cloud else "")

    def set_offline(self, *, on: bool, forced: bool) -> None:
        """Say that the network is forbidden; the cloud switch can do nothing then."""
        by = "the environment variable STRONGROOM_OFFLINE" if forced else "the setting “Offline”"
        self.offline.setVisible(on)
        self.offline.setToolTip(f"No network is used, for anything: {by} forbids it, below every part of the program.")
        self.offline.setAccessibleName("Offline: no network is used")
        self.cloud.setEnabled(not on)

    def set_colors(self, colors: Colors) -> None:
        """Take the theme's colours."""
        self.settings_button.setIcon(icon(self._resources, "settings", colors.text))
        self.gate_test_button.setIcon(icon(self._resources, "measure", colors.text))

    def _tool(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setIconSize(QSize(18, 18))
        return button
