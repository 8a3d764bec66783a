"""The settings, built from their declarations; each change holds at once."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.accelerator_box import AcceleratorBox
from desktop.gui.key_box import KeyBox
from desktop.gui.message_bar import MessageBar
from desktop.settings import Declared, Section, SettingsStore, declared
from models.errors import StrongroomError

SECTIONS: tuple[Section, ...] = ("Appearance", "On this device", "Network", "Cloud drafts")


class SettingsDialog(QDialog):
    """Not modal. ``changed`` carries the key of the setting; ``cloud_wanted`` asks for the consent first."""

    changed = Signal(str)
    cloud_wanted = Signal()
    model_wanted = Signal()
    proxy_entered = Signal(str)
    """A proxy's address with a name and a password in it, which do not go into the settings."""
    lists_wanted = Signal()
    gate_test_wanted = Signal()

    def __init__(
        self,
        store: SettingsStore,
        key_box: KeyBox,
        check_model_folder: Callable[[Path], object],
        accelerator_box: AcceleratorBox,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._check_model_folder = check_model_folder
        self._controls: dict[str, QWidget] = {}
        self.key_box = key_box
        self.accelerator_box = accelerator_box
        accelerator_box.changed.connect(lambda: self.changed.emit("accelerator"))
        self.setWindowTitle("Settings")
        self.setModal(False)
        self.resize(640, 760)
        self.bar = MessageBar()
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setSpacing(12)
        for section in SECTIONS:
            inner.addWidget(self._section(section))
            if section == "On this device":
                inner.addWidget(self._lists())
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self.scroll_area = scroll
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close")
        close.setToolTip("Close. Every change holds already; it is kept on this device only.")
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)

    def control(self, key: str) -> QWidget:
        """The control of a setting."""
        return self._controls[key]

    def refresh(self) -> None:
        """Show the settings as they are now."""
        for setting in declared():
            control = self._controls.get(setting.key)
            if control is not None:
                self._put(control, getattr(self._store.current, setting.key))

    def _section(self, section: Section) -> QGroupBox:
        box = QGroupBox(section)
        layout = QVBoxLayout(box)
        layout.setSpacing(10)
        layout.setContentsMargins(12, 10, 12, 12)
        for setting in declared():
            if setting.words.section == section:
                layout.addLayout(self._row(setting))
        if section == "Cloud drafts":
            layout.addWidget(self.key_box)
        if section == "On this device":
            layout.addWidget(self.accelerator_box)
            layout.addLayout(self._models())
        return box

    def _models(self) -> QHBoxLayout:
        """The way to the models page."""
        self.models_button = QPushButton("Models…")
        self.models_button.setAccessibleName("Models")
        self.models_button.setToolTip(
            "Look at the models on this machine; download, import, verify, move, remove them."
        )
        self.models_button.clicked.connect(self.model_wanted)
        line = QHBoxLayout()
        line.addWidget(QLabel("Models on this machine"))
        line.addStretch(1)
        line.addWidget(self.models_button)
        return line

    def _lists(self) -> QGroupBox:
        """The way to the person's own lists."""
        self.lists_button = QPushButton("Your lists…")
        self.lists_button.setAccessibleName("Your lists")
        self.lists_button.setToolTip("Look at what you always want flagged or allowed, and change it.")
        self.lists_button.clicked.connect(self.lists_wanted)
        name = QLabel("Always flag, always allow")
        helping = QLabel(
            "Names of clients and projects that are always flagged, and texts such as your company's address that "
            "never are. Kept on this device, readable by you only."
        )
        helping.setProperty("role", "muted")
        helping.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(name)
        line.addStretch(1)
        line.addWidget(self.lists_button)
        self.gate_test_button = QPushButton("Test the gate…")
        self.gate_test_button.setAccessibleName("Test the gate on my documents")
        self.gate_test_button.setToolTip("Measure what the check finds in your own documents. It keeps nothing.")
        self.gate_test_button.clicked.connect(self.gate_test_wanted)
        test = QHBoxLayout()
        test.addWidget(QLabel("How well it does on your own documents"))
        test.addStretch(1)
        test.addWidget(self.gate_test_button)
        box = QGroupBox("Check for personal details")
        layout = QVBoxLayout(box)
        layout.setSpacing(3)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.addLayout(line)
        layout.addWidget(helping)
        layout.addSpacing(6)
        layout.addLayout(test)
        return box

    def _row(self, setting: Declared) -> QVBoxLayout:
        words = setting.words
        control = self._make(setting)
        control.setAccessibleName(words.title)
        control.setAccessibleDescription(words.help)
        control.setToolTip(words.help)
        self._controls[setting.key] = control
        self._put(control, getattr(self._store.current, setting.key))
        helping = QLabel(words.help)
        helping.setProperty("role", "muted")
        helping.setWordWrap(True)
        row = QVBoxLayout()
        row.setSpacing(3)
        if isinstance(control, QCheckBox):
            row.addWidget(control)
        else:
            name = QLabel(words.title)
            name.setBuddy(control)
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(name)
            line.addStretch(1)
            line.addWidget(control)
            if setting.key == "model_folder":
                line.addWidget(self._folder_button())
            row.addLayout(line)
        row.addWidget(helping)
        return row

    def _make(self, setting: Declared) -> QWidget:
        key, words = setting.key, setting.words
        if setting.type is bool:
            check = QCheckBox(words.title)
            check.clicked.connect(lambda on: self._change(key, on))
            return check
        if words.choices:
            combo = QComboBox()
            for value, name in words.choices:
                combo.addItem(name, value)
            combo.view().setAccessibleName(words.title)
            combo.setMinimumWidth(240)
            combo.activated.connect(lambda _index: self._change(key, combo.currentData()))
            return combo
        if setting.type is int:
            spin = QSpinBox()
            spin.setRange(words.minimum, words.maximum)
            if words.minimum == 0:
                spin.setSpecialValueText("Automatic")
            spin.setMinimumWidth(120)
            spin.editingFinished.connect(lambda: self._change(key, spin.value()))
            return spin
        field = QLineEdit()
        field.setMinimumWidth(280 if key != "model_folder" else 220)
        field.editingFinished.connect(lambda: self._change(key, field.text().strip()))
        return field

    def _folder_button(self) -> QPushButton:
        button = QPushButton("Choose…")
        button.setAccessibleName("Choose the model folder")
        button.setToolTip("Choose a folder that holds genai_config.json. It is used in place, not copied.")
        button.clicked.connect(self._choose_folder)
        return button

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Folder with genai_config.json")
        if folder:
            self._change("model_folder", folder)
            self.refresh()

    def _put(self, control: QWidget, value: object) -> None:
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(value))
        elif isinstance(control, QSpinBox):
            control.setValue(int(str(value)))
        elif isinstance(control, QLineEdit):
            control.setText(str(value))
            control.setCursorPosition(0)

    def _change(self, key: str, value: object) -> None:
        if value == getattr(self._store.current, key):
            return
        if key == "cloud_enabled" and value:  # only by way of the consent
            self.refresh()
            self.cloud_wanted.emit()
            return
        if key == "proxy" and "@" in str(value):
            self.refresh()
            self.proxy_entered.emit(str(value))
            return
        try:
            if key == "model_folder" and value:
                self._check_model_folder(Path(str(value)))
            if key == "cloud_base_url":
                from models.engines.cloud_request import parse_endpoint

                parse_endpoint(str(value))
            if key in ("mirror", "proxy"):
                from models.store.source import checked_mirror, checked_proxy

                (checked_mirror if key == "mirror" else checked_proxy)(str(value))
            self._store.update(**{key: value})
        except StrongroomError as error:
            self.bar.show_error(error)
            self.refresh()
            return
        self.bar.hide()
        self.changed.emit(key)
