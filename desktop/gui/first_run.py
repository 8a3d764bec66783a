"""The banner of the first run: the window works already; Phi-4 Mini is offered, with what it takes."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.gui.wording import size

MODEL_BYTES = 4_930_563_630
MEMORY_BYTES = 6_000_000_000
"""Peak while loading 4.9 GB of weights, with room for a 4,096-token window."""
FOLDER_NAME = "cpu_and_mobile/cpu-int4-rtn-block-32-acc-level-4"


@dataclass(frozen=True, slots=True)
class Machine:
    """Free disk (bytes) where models live, and free memory (bytes); None where not known."""

    free_disk: int | None
    free_memory: int | None


class FirstRunBanner(QFrame):
    """Offers the model, says how to get it, never blocks the way."""

    folder_requested = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.title = QLabel(
            "Everything here works now, with the built-in starter engine. Phi-4 Mini writes drafts too."
        )
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.how = QLabel(
            "Strongroom cannot download it yet. Get the folder on any computer from the model's page at Hugging Face, "
            f"“microsoft/Phi-4-mini-instruct-onnx”, subfolder “{FOLDER_NAME}”, copy it to this one, and choose it "
            "here. It is used where it lies, and nothing is sent."
        )
        self.how.setWordWrap(True)
        for label in (self.facts, self.how):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.how.hide()
        self.folder_button = QPushButton("Use a model folder…")
        self.folder_button.setToolTip("Choose a folder that holds genai_config.json. It is used in place, not copied.")
        self.how_button = QPushButton("How to get it")
        self.how_button.setToolTip("Where the model's files are, in words. Opens no page and uses no network.")
        self.how_button.setCheckable(True)
        self.later_button = QPushButton("Not now")
        self.later_button.setToolTip("Hide this. The settings offer it again, under “On this device”.")
        for button in (self.folder_button, self.how_button, self.later_button):
            button.setAccessibleName(button.text().rstrip("…"))
        self.folder_button.clicked.connect(self.folder_requested)
        self.how_button.toggled.connect(self.how.setVisible)
        self.later_button.clicked.connect(self.hide)
        self.later_button.clicked.connect(self.dismissed)
        words = QVBoxLayout()
        words.setSpacing(3)
        for label in (self.title, self.facts, self.how):
            words.addWidget(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 9, 10, 9)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        for button in (self.folder_button, self.how_button, self.later_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.show_machine(Machine(None, None))

    def show_machine(self, machine: Machine) -> None:
        """Say what the model needs and what this machine has."""
        parts = [f"Size {size(MODEL_BYTES)}", "licence MIT"]
        parts.append(_against("disk", machine.free_disk, MODEL_BYTES))
        parts.append(_against("memory", machine.free_memory, MEMORY_BYTES))
        self.facts.setText(" · ".join(part for part in parts if part))


def _against(what: str, free: int | None, needed: int) -> str:
    if free is None:
        return ""
    verdict = "" if free >= needed else f" (about {size(needed)} are needed)"
    return f"free {what} {size(free)}{verdict}"
