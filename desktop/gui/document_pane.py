"""The left half of the work: the document, what is personal in it, and what can be done with it."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.gui.confirm_dialog import ConfirmDialog
from desktop.gui.document_edit import DocumentEdit
from desktop.gui.findings_table import FindingRow, FindingsTable
from desktop.gui.job import JobRunner
from desktop.gui.live_scan import LiveScan, ScannedDocument, ScanText
from desktop.gui.message_bar import restyle
from desktop.gui.offsets import FOLD, offset_map
from desktop.gui.theme import HEADING_HEIGHT, Colors
from desktop.gui.wording import count, doubt, masked, one_line, score_band, tip, verdict
from models.pii.entities import describe, entity_words
from models.pii.finding import Finding, Scan
from models.pii.gate import Dismissal, standing_findings
from models.pii.policy import Policy
from models.pii.redactor import Redaction, redact

WORDS_PER_PAGE = 300
LISTED = 2000
"""Rows of the list; nobody reads more, and a file of 5 MB can hold a hundred times as many."""
SHOWN_ROWS = 5
"""Rows of the list that are in view when it comes."""
SPACING = 6
"""Room (px) between the list and what is said of the chosen row."""
PLACEHOLDER = (
    "Paste or type a document here, or drop a file (.txt, .md, .pdf, .docx).\n\n"
    "It is checked for personal details on this device as you type. Nothing is stored and nothing is sent."
)


class DocumentPane(QWidget):
    """Holds the text; knows its findings, less those the person dismissed for this document.

    Findings that do not block (context) are no warnings: they are neither marked nor listed here.
    """

    open_requested = Signal()
    files_dropped = Signal(list)
    run_requested = Signal()
    note = Signal(str, str)
    """A title and a sentence to show in the message bar."""
    scanned = Signal()
    flag_wanted = Signal(str)
    """A text that the person wants on the list of what is always flagged."""
    allow_wanted = Signal(str, object)
    """The text of a finding that they want on the list of what is always allowed, and the finding."""
    folded = Signal()
    """The document has a line too long to be laid out: it is shown folded, and the person should know."""

    def __init__(self, runner: JobRunner, scan: ScanText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scanned = ScannedDocument("", Scan(()))
        self._findings: tuple[Finding, ...] = ()
        self._dismissed: frozenset[Dismissal] = frozenset()
        self._pages: int | None = None
        self.question: ConfirmDialog | None = None
        self._build()
        self.live_scan = LiveScan(runner, scan, self.edit.toPlainText, self)
        self.live_scan.started.connect(self._show_scanning)
        self.live_scan.scanned.connect(self._take_scan)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.replaced.connect(lambda: self.live_scan.touch(at_once=True))

    @property
    def text(self) -> str:
        """The document as it stands."""
        return self.edit.document_text

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings of the last scan that block, less the dismissed ones; offsets into the scanned text."""
        return self._findings

    @property
    def dismissed(self) -> frozenset[Dismissal]:
        """What the person said is not personal, for this document."""
        return self._dismissed

    def set_text(self, text: str, pages: int | None = None) -> None:
        """Replace the document (Undo brings the old one back); dismissals end with the old one."""
        self._dismissed = frozenset()
        self.edit.replace_all(text)
        self._pages = pages
        self.edit.setFocus()

    def paste_replacing(self) -> None:
        """Replace the document with the clipboard's plain text."""
        text = QGuiApplication.clipboard().text()
        if text:
            self.set_text(text)
        else:
            self.note.emit("Nothing to paste", "The clipboard holds no text. Copy a document first, or open a file.")

    def redacted(self) -> Redaction:
        """The document with every finding replaced by a placeholder, from a scan made now if the last one is old."""
        text = self.text
        return redact(text, [finding for finding in self._findings if finding.end <= len(text)])

    @property
    def up_to_date(self) -> bool:
        """Whether the findings are those of the text as it stands."""
        return not self.live_scan.pending and self._scanned.scan.complete

    def select_span(self, start: int, end: int) -> None:
        """Select code points ``start`` to ``end`` of the text as it stands."""
        offsets = offset_map(self.edit.toPlainText())
        self.edit.select_span(offsets.to_qt(start), offsets.to_qt(end))

    def set_colors(self, colors: Colors) -> None:
        """Take the theme's colours."""
        self.edit.set_mark_color(colors.mark, colors.text)

    def _build(self) -> None:
        heading = QLabel("Document")
        heading.setProperty("role", "heading")
        self.counts = QLabel("Empty")
        self.counts.setProperty("role", "muted")
        self.counts.setMinimumHeight(HEADING_HEIGHT)
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.counts)

        self.edit = DocumentEdit()
        self.edit.setPlaceholderText(PLACEHOLDER)
        self.edit.setAccessibleName("Document")
        self.edit.setAccessibleDescription("The text to work on. It stays on this device.")
        self.edit.files_dropped.connect(self.files_dropped)
        self.edit.folded_changed.connect(lambda on: self.folded.emit() if on else None)
        self.edit.edit_refused.connect(self.folded)
        self.edit.dismiss_wanted.connect(self._dismiss)
        self.edit.allow_wanted.connect(self._allow)
        self.edit.flag_wanted.connect(self._flag)
        self.edit.flag_text_wanted.connect(self.flag_wanted)
        heading.setBuddy(self.edit)

        self.strip = QFrame()
        self.strip.setProperty("role", "strip")
        self.strip_text = QLabel()
        self.strip_text.setTextFormat(Qt.TextFormat.PlainText)
        self.strip_text.setWordWrap(True)
        self.restore_button = QPushButton("Undo dismissals")
        self.restore_button.setProperty("role", "link")
        self.restore_button.setAccessibleName("Undo dismissals")
        self.restore_button.setToolTip("Count again what you marked as not personal in this document.")
        self.restore_button.clicked.connect(self._restore_dismissed)
        self.kinds = QLabel()
        self.kinds.setTextFormat(Qt.TextFormat.PlainText)
        self.kinds.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.strip_text)
        words.addWidget(self.kinds)
        strip = QHBoxLayout(self.strip)
        strip.setContentsMargins(10, 6, 6, 6)
        strip.addLayout(words, 1)
        strip.addWidget(self.restore_button)

        self.table = FindingsTable()
        self.table.chosen.connect(self._select_finding)
        self.table.dismissed.connect(self._dismiss)
        self.table.allow_wanted.connect(self._allow)
        self.table.flag_wanted.connect(self._flag)
        self.details = QLabel()
        self.details.setProperty("role", "muted")
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setWordWrap(True)
        self.details.setAccessibleName("About the chosen personal detail")
        self.details.hide()
        self.table.explained.connect(self._explain)
        self.list = QWidget()
        listed = QVBoxLayout(self.list)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(SPACING)
        listed.addWidget(self.table, 1)
        listed.addWidget(self.details)

        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(6)
        above.addWidget(self.edit, 1)
        above.addWidget(self.strip)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(6)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.list)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.splitter, 1)
        layout.addLayout(self._buttons())
        self._show_verdict()

    def _buttons(self) -> QHBoxLayout:
        self.open_button = _button("Open…", "Read a file into the window (Ctrl+O). The file is not changed or copied.")
        self.open_button.setShortcut(QKeySequence(QKeySequence.StandardKey.Open))
        self.open_button.clicked.connect(self.open_requested)
        self.paste_button = _button(
            "Paste", "Replace the document with the clipboard's text (Ctrl+Shift+V). It stays on this device."
        )
        self.paste_button.setShortcut(QKeySequence("Ctrl+Shift+V"))
        self.paste_button.clicked.connect(self.paste_replacing)
        self.redact_button = _button(
            "Redact copy", "Copy the text with every personal detail replaced by a placeholder, to the clipboard only."
        )
        self.redact_button.clicked.connect(self._redact_copy)
        self.run_button = _button("Run", "Run the chosen task on the document (Ctrl+Enter), on this device.")
        self.run_button.setProperty("role", "primary")
        self.run_button.clicked.connect(self.run_requested)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.open_button, self.paste_button, self.redact_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.run_button)
        return row

    def _text_changed(self) -> None:
        self._pages = None
        self.live_scan.touch()

    def _show_scanning(self) -> None:
        if self.edit.document().isEmpty():
            return
        self.strip_text.setText("Looking for personal details …")
        restyle(self.strip, state="")

    def _take_scan(self, scanned: ScannedDocument) -> None:
        self._scanned = scanned
        if not scanned.text:
            self._dismissed = frozenset()
        self.refresh_counts()
        self._show_findings()
        self.scanned.emit()

    def refresh_counts(self) -> None:
        """Show the size of the document as last scanned."""
        scanned = self._scanned
        if not scanned.text:
            self.counts.setText("Empty")
            return
        pages = count(self._pages or max(1, -(-scanned.words // WORDS_PER_PAGE)), "page")
        about = "" if self._pages is not None else "about "
        self.counts.setText(
            f"{count(scanned.words, 'word')} · {about}{pages} · {count(len(scanned.text), 'character')}"
        )

    def _show_findings(self) -> None:
        text, scan, spans = self._scanned.text, self._scanned.scan, self._scanned.spans
        found, policy = scan.findings, scan.policy
        standing = set(standing_findings(scan.blocking, text, self._dismissed)) if self._dismissed else None
        keep = [
            index
            for index, finding in enumerate(found)
            if policy.blocks(finding.entity) and (standing is None or finding in standing)
        ]
        self._findings = tuple(found[index] for index in keep)
        self.edit.set_spans([spans[index] for index in keep], lambda index: tip(found[index], policy))
        self.table.set_rows([_row(text, found[index], index, policy) for index in keep[:LISTED]])
        self._show_verdict()

    def _show_verdict(self) -> None:
        scan = self._scanned.scan
        self.restore_button.setVisible(bool(self._dismissed))
        if self._scanned.text:
            sentence, state = verdict(len(self._findings), complete=scan.complete)
            if self._dismissed:
                sentence += f" · {len(self._dismissed)} marked not personal"
            if len(self._findings) > LISTED:
                sentence += f" · the first {LISTED:,} are listed"
        else:
            sentence, state = "Personal details show up here as soon as there is text.", ""
        counts = Counter(finding.entity for finding in self._findings)
        self.strip_text.setText(sentence)
        self.kinds.setText(describe(counts))
        self.kinds.setVisible(bool(counts))
        self.strip.setAccessibleName(f"{sentence}. {self.kinds.text()}")
        self._show_table(bool(self._findings))
        self.redact_button.setEnabled(bool(self._findings))
        restyle(self.strip, state=state)

    def _show_table(self, shown: bool) -> None:
        """The list has room for a few rows when it comes; without it the document has all the room."""
        came = shown and self.list.isHidden()
        self.list.setVisible(shown)
        height = self.table.height_of(min(SHOWN_ROWS, max(len(self.table.rows), 2)))
        if came and self.splitter.sizes()[1] < height:
            total = sum(self.splitter.sizes())
            self.splitter.setSizes([total - height, height])

    def put_line_breaks(self) -> None:
        """Make a folded document one that can be edited: its folds become line ends."""
        self.set_text(self.edit.toPlainText().replace(FOLD, "\n"))

    def _select_finding(self, index: int) -> None:
        for span in self.edit.spans:
            if span.index == index:
                self.edit.select_span(span.start, span.end)

    def _explain(self, words: str) -> None:
        """Say all of the chosen finding under the list, which keeps the room that it has."""
        before = 0 if self.details.isHidden() else self.details.height() + SPACING
        self.details.setText(one_line(words))
        self.details.setVisible(bool(words))
        after = self.details.heightForWidth(self.table.width()) + SPACING if words else 0
        upper, lower = self.splitter.sizes()
        if not self.list.isHidden() and after > before:
            self.splitter.setSizes([upper - after + before, lower + after - before])

    def _value(self, finding: Finding) -> str:
        return self._scanned.text[finding.start : finding.end]

    def _dismiss(self, index: int) -> None:
        """Count a finding as not personal here, after a second word where it is proven to be what it seems."""
        finding = self._scanned.scan.findings[index]
        value = self._value(finding)

        def agreed() -> None:
            self._dismissed |= {Dismissal(finding.entity, value, confirmed=finding.needs_confirmation)}
            self._show_findings()

        if not finding.needs_confirmation:
            agreed()
            return
        question = ConfirmDialog(doubt(finding, value, always=False), self.window())
        question.accepted.connect(agreed)
        question.finished.connect(question.deleteLater)
        self.question = question
        question.open()

    def _allow(self, index: int) -> None:
        finding = self._scanned.scan.findings[index]
        self.allow_wanted.emit(self._value(finding), finding)

    def _flag(self, index: int) -> None:
        self.flag_wanted.emit(self._value(self._scanned.scan.findings[index]))

    def _restore_dismissed(self) -> None:
        self._dismissed = frozenset()
        self._show_findings()

    def _redact_copy(self) -> None:
        if not self.up_to_date:
            self.note.emit("Still looking", "The text was not copied: the scan is not finished. Try again in a moment.")
            return
        QGuiApplication.clipboard().setText(self.redacted().text)
        self.note.emit(
            "Redacted copy is on the clipboard",
            f"{count(len(self._findings), 'personal detail')} replaced by placeholders. "
            "Read it before you send it on: no detector finds everything.",
        )


def _row(text: str, finding: Finding, index: int, policy: Policy) -> FindingRow:
    return FindingRow(
        entity_words(finding.entity).title,
        masked(text[finding.start : finding.end]),
        finding.reason,
        score_band(finding.score),
        tip(finding, policy),
        index,
    )


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(tip)
    return button
