"""The banner of the first run: the window works already; a language model is offered, with what it takes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.gui.message_bar import restyle
from desktop.gui.transfer_panel import Transfer, TransferPanel
from desktop.gui.wording import size
from desktop.machine import Machine, judge, lacks_avx2
from models.store.manifest import ManifestModel

WORKS_NOW = "Everything here works now, with the built-in starter engine."


class FirstRunBanner(QFrame):
    """Offers the model, fetches it while the window is used, never blocks the way."""

    download_requested = Signal()
    folder_requested = Signal()
    archive_requested = Signal()
    in_place_requested = Signal()
    place_requested = Signal()
    try_requested = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._model: ManifestModel | None = None
        self._machine = Machine(None, None)
        self._begun = 0
        self._offline = False
        self._transfer = Transfer()
        self.title, self.facts, self.check = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        for label in (self.title, self.facts, self.check):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.panel = TransferPanel()
        self.licence = QPlainTextEdit()
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        self.licence.setAccessibleName("Licence of the model")
        self.licence.setFixedHeight(130)
        self.licence.hide()
        self._make_buttons()
        self._lay_out()
        self._show()

    def _make_buttons(self) -> None:
        self.download_button = _button("Download", "Download the model from the host that is named here.", primary=True)
        self.import_button = _button(
            "Import", "Take the model from a folder, an archive or a USB stick. No network is used."
        )
        menu = QMenu(self.import_button)
        menu.setAccessibleName("Import a model")
        menu.setToolTipsVisible(True)
        for words, tip, signal in (
            ("From a folder or stick…", "Copy a model's folder, checked file by file.", self.folder_requested),
            ("From a zip or tar…", "Unpack and check an archive of the model.", self.archive_requested),
            ("Use a folder where it lies…", "Copies nothing; the folder must stay there.", self.in_place_requested),
        ):
            action = menu.addAction(words)
            action.setToolTip(tip)
            action.triggered.connect(signal)
        self.import_button.setMenu(menu)
        self.place_button = _button("Where…", "Choose the folder for models, on another disk say.")
        self.licence_button = _button("Licence", "Read the model's licence. Opens no page and uses no network.")
        self.licence_button.setCheckable(True)
        self.later_button = _button("Not now", "Hide this. Models (Ctrl+M) offers it again.")
        self.try_button = _button("Try it: draft a reply", "Choose the first task that needed the model.", primary=True)
        self.download_button.clicked.connect(self.download_requested)
        self.place_button.clicked.connect(self.place_requested)
        self.licence_button.toggled.connect(self.licence.setVisible)
        self.try_button.clicked.connect(self.try_requested)
        self.later_button.clicked.connect(self._dismiss)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        for label in (self.title, self.facts, self.check):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (
            self.download_button, self.try_button, self.import_button, self.place_button, self.licence_button,
            self.later_button,
        ):  # fmt: skip
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 10, 9)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.licence)
        layout.addWidget(self.panel)

    def offer(self, model: ManifestModel, begun_bytes: int = 0, *, offline: bool = False) -> None:
        """Offer ``model``; ``begun_bytes`` of it are here from an earlier download."""
        self._model, self._begun, self._offline = model, begun_bytes, offline
        self.licence.setPlainText(model.license_text)
        self._show()

    def show_machine(self, machine: Machine) -> None:
        """Say what this machine has, and what that means for the model."""
        self._machine = machine
        self._show()

    def show_transfer(self, transfer: Transfer) -> None:
        """Show a download or an import under way, its end or its failure."""
        if transfer.work in ("download", "import"):
            self._transfer = transfer
            self._show()

    def withdraw(self) -> None:
        """The model is there: hide the offer, but not the news that it has just come."""
        if self._transfer.phase in ("idle", "failed"):
            self.hide()

    def _dismiss(self) -> None:
        if self._transfer.phase == "done":
            self._transfer = Transfer()
        self.hide()
        self.dismissed.emit()

    def _show(self) -> None:
        model, transfer = self._model, self._transfer
        phase = transfer.phase
        name = transfer.name or (model.name if model is not None else "The model")
        self.panel.show_transfer(transfer)
        working = phase in ("running", "paused")
        done, failed = phase == "done", phase == "failed"
        offered = model is not None and not working and not done
        if done:
            self.title.setText(f"{name} is ready. It writes drafts, and answers every task on this device.")
        elif failed:
            self.title.setText(transfer.title)
        elif working:
            self.title.setText(f"{name} is on its way. {WORKS_NOW}")
        else:
            self.title.setText(f"{WORKS_NOW} {name} writes drafts too.")
        self.facts.setText(transfer.message if failed else self._offer_words() if offered else "")
        self.facts.setVisible(bool(self.facts.text()))
        self.check.setText(self._check_words() if offered and not failed else "")
        self.check.setVisible(bool(self.check.text()))
        restyle(self, state="error" if failed else "")
        for button in (self.download_button, self.import_button, self.place_button, self.licence_button):
            button.setVisible(offered)
        self.try_button.setVisible(done)
        self.later_button.setText("Dismiss" if done else "Hide" if working else "Not now")
        self.later_button.setAccessibleName(self.later_button.text())
        if not offered:
            self.licence_button.setChecked(False)
        if model is not None:
            begun = self._begun or failed
            words = "Resume" if begun else f"Download {size(model.total_bytes)}"
            self.download_button.setText("Download anyway" if lacks_avx2(self._machine) and not begun else words)
            self.download_button.setAccessibleName(self.download_button.text())
            self.download_button.setEnabled(not self._offline)
            self.download_button.setToolTip(
                "Strongroom is offline. Switch that off in the settings, or import the model."
                if self._offline
                else "Download it in the background, checked file by file. A pause, or a restart, costs nothing."
            )
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(" ".join(filter(None, (self.facts.text(), self.check.text()))))

    def _offer_words(self) -> str:
        model = self._model
        assert model is not None
        parts = [size(model.total_bytes), f"{model.license} licence", f"{len(model.languages)} languages"]
        if self._begun:
            parts.insert(1, f"{size(self._begun)} of it here already")
        if self._offline:
            parts.append("Strongroom is offline: it can be imported, not downloaded")
        return " · ".join(parts)

    def _check_words(self) -> str:
        assert self._model is not None
        facts = judge(self._machine, self._model, max(0, self._model.total_bytes - self._begun))
        return (
            "This machine: " + " · ".join(f"{'' if fact.fine else '⚠ '}{fact.words}" for fact in facts) if facts else ""
        )


def _button(words: str, tip: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleName(words.rstrip("…"))
    if primary:
        button.setProperty("role", "primary")
    return button
