"""The models page: what is installed and what can be, what is known of each, and what can be done with it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.message_bar import MessageBar
from desktop.gui.models_words import Entry, available_entry, installed_entry
from desktop.gui.transfer_panel import Transfer, TransferPanel
from models.engines.prepared import NOT_PREPARED, Prepared
from models.store.installed import InstalledModel
from models.store.manifest import ManifestModel

NONE = "Choose a model to see what is known of it."


class ModelsDialog(QDialog):
    """Not modal. Emits what the person asks for, with the model that it is about."""

    download_requested = Signal(object)
    verify_requested = Signal(object)
    remove_requested = Signal(object)
    prepare_requested = Signal(object)
    undo_requested = Signal(object)
    open_requested = Signal(object)
    folder_requested = Signal()
    archive_requested = Signal()
    in_place_requested = Signal()
    place_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._working = False
        self._offline = False
        self.setWindowTitle("Models")
        self.setModal(False)
        self.resize(820, 560)
        self.bar = MessageBar()
        self.list = QListWidget()
        self.list.setAccessibleName("Models")
        self.list.setToolTip("The models on this machine, and those that can be installed.")
        self.list.setFixedWidth(250)
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.name = QLabel()
        self.name.setProperty("role", "heading")
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        strip = QFrame()
        strip.setProperty("role", "strip")
        strip.setProperty("state", "warn")
        QVBoxLayout(strip).addWidget(self.problem)
        self._strip = strip
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(5)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.licence = QPlainTextEdit()
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        self.licence.setAccessibleName("Licence of the model")
        self._rest = QWidget()  # takes the room where there is no licence to show
        self.panel = TransferPanel()
        self.folder = QLabel()
        self.folder.setProperty("role", "muted")
        self.folder.setTextFormat(Qt.TextFormat.PlainText)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._make_buttons()
        self._lay_out()
        self.show_models((), (), Path(), (), offline=False)

    def show_models(
        self,
        installed: Sequence[InstalledModel],
        manifest: Sequence[ManifestModel],
        folder: Path,
        in_place: Sequence[InstalledModel],
        *,
        offline: bool,
        prepared: Mapping[Path, Prepared] | None = None,
    ) -> None:
        """Show what is here, in the models ``folder`` or ``in_place``, and what can be fetched; the choice stays.

        ``prepared`` says what there is of a preparation, by the folder of a model.
        """
        chosen = self._chosen
        self._offline = offline
        known, none = prepared or {}, NOT_PREPARED
        here = [installed_entry(model, in_place=False, prepared=known.get(model.folder, none)) for model in installed]
        here += [
            installed_entry(model, in_place=True, prepared=known.get(model.folder, none))
            for model in in_place
            if model.folder not in {each.folder for each in installed}
        ]
        present = {entry.key for entry in here if entry.model is not None and entry.model.usable}
        self._entries = [*here, *(available_entry(model) for model in manifest if model.id not in present)]
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([entry.line for entry in self._entries])
        self.list.blockSignals(False)
        keys = [entry.key for entry in self._entries]
        self.list.setCurrentRow(keys.index(chosen.key) if chosen is not None and chosen.key in keys else 0)
        self.folder.setText(f"Models folder: {folder}")
        self._show_chosen()

    def show_transfer(self, transfer: Transfer) -> None:
        """Show what is going on; the buttons wait for it."""
        self._working = transfer.phase == "running"
        self.panel.show_transfer(transfer)
        self._enable()

    @property
    def _chosen(self) -> Entry | None:
        row = self.list.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _make_buttons(self) -> None:
        self.download_button = _button("Download", "Download it, checked file by file. It can be paused.", primary=True)
        self.verify_button = _button(
            "Verify", "Work out the SHA-256 of every file, and of what was prepared, anew, and compare."
        )
        self.prepare_button = _button("Prepare…", "Says first what it takes and brings; asks before it begins.")
        self.undo_button = _button("Remove what was prepared", "Frees the disk that it takes. The model itself stays.")
        self.open_button = _button("Open folder", "Show its files in the file manager.")
        self.remove_button = _button("Remove…", "Unload it and delete its files, after a question.")
        self.import_folder_button = _button(
            "Import a folder…", "Copy a model from a folder, a kit or a stick. No network is used."
        )
        self.import_archive_button = _button("Import an archive…", "Unpack and check a zip or tar. No network is used.")
        self.in_place_button = _button("Use in place…", "Use a folder where it lies, without a copy.")
        self.move_button = _button("Move models…", "Choose another folder, on another disk say; models move there.")
        for button, asks in (
            (self.download_button, self._ask_download),
            (self.verify_button, lambda: self._ask(self.verify_requested)),
            (self.prepare_button, lambda: self._ask(self.prepare_requested)),
            (self.undo_button, lambda: self._ask(self.undo_requested)),
            (self.open_button, lambda: self._ask(self.open_requested)),
            (self.remove_button, lambda: self._ask(self.remove_requested)),
            (self.import_folder_button, self.folder_requested.emit),
            (self.import_archive_button, self.archive_requested.emit),
            (self.in_place_button, self.in_place_requested.emit),
            (self.move_button, self.place_requested.emit),
        ):
            button.clicked.connect(lambda _checked=False, asks=asks: asks())

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.download_button, self.verify_button, self.open_button, self.remove_button):
            actions.addWidget(button)
        actions.addStretch(1)
        preparing = QHBoxLayout()
        preparing.setSpacing(8)
        for button in (self.prepare_button, self.undo_button):
            preparing.addWidget(button)
        preparing.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        for part in (self.name, self._strip):
            right.addWidget(part)
        right.addLayout(self.form)
        right.addWidget(self.licence, 1)
        right.addWidget(self._rest, 1)
        right.addLayout(preparing)
        right.addLayout(actions)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        taking = QHBoxLayout()
        taking.setSpacing(8)
        for button in (self.import_folder_button, self.import_archive_button, self.in_place_button):
            taking.addWidget(button)
        taking.addStretch(1)
        taking.addWidget(self.move_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close")
        close.setToolTip("Close. A download goes on in the background.")
        close.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self.panel)
        layout.addLayout(taking)
        layout.addWidget(self.folder)
        layout.addWidget(buttons)

    def _show_chosen(self) -> None:
        entry = self._chosen
        while self.form.rowCount():
            self.form.removeRow(0)
        self.name.setText(entry.name if entry is not None else NONE)
        self.problem.setText(entry.problem if entry is not None else "")
        self._strip.setVisible(bool(entry is not None and entry.problem))
        for title, words in entry.facts if entry is not None else ():
            label, value = QLabel(title), QLabel(words)
            label.setProperty("role", "muted")
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{title}: {words}")
            self.form.addRow(label, value)
        self.licence.setPlainText(entry.licence_text if entry is not None else "")
        self.licence.setVisible(bool(entry is not None and entry.licence_text))
        self._rest.setVisible(self.licence.isHidden())
        self._enable()

    def _enable(self) -> None:
        entry, free = self._chosen, not self._working
        installed = entry is not None and entry.model is not None
        self.download_button.setVisible(entry is not None and entry.listed is not None)
        self.download_button.setEnabled(free and not self._offline)
        for button in (self.verify_button, self.open_button, self.remove_button):
            button.setVisible(installed)
        state = entry.prepared.state if entry is not None else "none"
        usable = entry is not None and entry.model is not None and entry.model.usable
        self.prepare_button.setVisible(usable and state != "ready")
        self.prepare_button.setText("Prepare again…" if state in ("stale", "unfinished") else "Prepare…")
        self.prepare_button.setEnabled(free and state != "working")
        self.undo_button.setVisible(state not in ("none", "working"))
        self.undo_button.setEnabled(free)
        self.verify_button.setEnabled(free and entry is not None and entry.can_verify)
        self.remove_button.setEnabled(free and entry is not None and not entry.in_place)
        for button in (self.import_folder_button, self.import_archive_button, self.in_place_button, self.move_button):
            button.setEnabled(free)

    def _ask_download(self) -> None:
        entry = self._chosen
        if entry is not None and entry.listed is not None:
            self.download_requested.emit(entry.listed)

    def _ask(self, signal: SignalInstance) -> None:
        entry = self._chosen
        if entry is not None and entry.model is not None:
            signal.emit(entry.model)


def _button(words: str, tip: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleName(words.rstrip("…"))
    button.setAutoDefault(False)
    if primary:
        button.setProperty("role", "primary")
    return button
