"""What a bug looks like to the person: where in the program it happened, and no word of their document."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget


class CrashDialog(QDialog):
    """Says that the program has a bug, shows the report (``desktop.logs.crash_report``) and lets the person copy it."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Strongroom made a mistake")
        self.setModal(False)
        self.resize(600, 340)
        words = QLabel(
            "Something went wrong inside the program. Your document is still in the window. You can go on; if it "
            "happens again, restart Strongroom. What left this machine, if anything, stands in the run's receipt.\n\n"
            "This report names places in the program and holds no word of your document:"
        )
        words.setWordWrap(True)
        self.view = QPlainTextEdit(report)
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setAccessibleName("Crash report")
        copy = QPushButton("Copy report")
        copy.setAccessibleName("Copy report")
        copy.setToolTip("Copy the report to the clipboard. It holds no word of your document.")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close")
        close.setToolTip("Close this report and go on.")
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.view)
        layout.addWidget(buttons)
