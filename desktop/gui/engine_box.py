"""Who answers the cases of a test: the starter engine, or Phi-4 Mini where it is installed."""

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from models.engines.base import EngineName

STARTER = "At once, but it does not read the prompt."
PHI = "Seconds a case; it reads the prompt, as your runs do."
NO_PHI = "Phi-4 Mini is not installed."
NO_STARTER = "The starter engine does not draft."


class EngineBox(QComboBox):
    """Two engines, of which one may not be on offer."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip("Who answers the cases.")
        self.addItem("Starter engine", "starter")
        self.addItem("Phi-4 Mini", "phi")

    def offer(self, *, starter: bool, phi: bool) -> None:
        """Which of the two can answer; one that can is chosen."""
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        for at, (able, tip, why) in enumerate(((starter, STARTER, NO_STARTER), (phi, PHI, NO_PHI))):
            item = model.item(at)
            item.setEnabled(able)
            item.setToolTip(tip if able else why)
        if not model.item(self.currentIndex()).isEnabled() and (starter or phi):
            self.setCurrentIndex(0 if starter else 1)
        self.setEnabled(starter or phi)

    @property
    def engine(self) -> EngineName | None:
        """The chosen engine; None where neither can answer."""
        if not self.isEnabled():
            return None
        chosen: EngineName = self.currentData()
        return chosen
