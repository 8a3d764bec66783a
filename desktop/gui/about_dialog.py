"""Version, licences, and how to check for oneself that nothing leaves the machine."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

PROOF = """\
Prove it

Local tasks use no network at all. You can check that without trusting this program:

1.  Unplug the network (or switch on flight mode) and work: everything but cloud drafts goes on as before.
2.  On Linux, run it without a network:   unshare -rn strongroom
3.  Watch it: on Linux   strace -f -e trace=network strongroom   shows no INET socket;
    on Windows and macOS the firewall's or the activity monitor's list shows no connection.
4.  After every run, “Receipt” says what was scanned, decided and sent, in bytes.

5.  Switch “Offline” on in the settings, or start it with STRONGROOM_OFFLINE=1: then no part of the program can
    open a connection, to nobody.

There are two exceptions, both yours to start. Downloading a model asks its host for files and sends nothing of
yours. Cloud drafts are off until you switch them on, and a text in which anything personal was found is not sent.
No detector finds everything: read a draft's payload before you send it.

What is kept on this device: settings, figures of each run (times, tokens, costs; never text), and a log
without content. The key for cloud drafts is kept in the keyring of your operating system.
"""
LICENCES = """\
Licences

Strongroom · MIT
Phi-4 Mini (Microsoft) · MIT
all-MiniLM-L6-v2 (sentence-transformers) · Apache-2.0
Qt for Python (PySide6), Qt · LGPL-3.0
ONNX Runtime, its WebGPU provider, ONNX Runtime GenAI, llguidance (Microsoft) · MIT
OpenAI Python library · Apache-2.0
keyring · MIT    tokenizers · Apache-2.0    NumPy · BSD-3-Clause
phonenumbers · Apache-2.0    dateparser · BSD-3-Clause    python-docx · MIT
ahocorasick_rs · Apache-2.0    pypdfium2 · Apache-2.0 or BSD-3-Clause    psutil · BSD-3-Clause
charset-normalizer · MIT    python-stdnum · LGPL-2.1    platformdirs · MIT
httpx2 · BSD-3-Clause    filelock · MIT    openpyxl · MIT    tomli-w · MIT
cryptography · Apache-2.0 or BSD-3-Clause    regex · Apache-2.0 and CNRI-Python
"""


class AboutDialog(QDialog):
    """Plain text; it opens no link."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Strongroom")
        self.setModal(False)
        self.resize(780, 560)
        title = QLabel(f"Strongroom {version}")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        title.setFont(font)
        words = QLabel("Useful work on sensitive documents, on your own machine.")
        words.setProperty("role", "muted")
        self.view = QPlainTextEdit(f"{PROOF}\n{LICENCES}")
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setAccessibleName("How to prove that nothing leaves, and licences")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close")
        close.setToolTip("Close this window.")
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addWidget(self.view)
        layout.addWidget(buttons)
