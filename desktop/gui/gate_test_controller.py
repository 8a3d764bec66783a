"""Opens the test of the gate, feeds it with files and the open document, and measures off the GUI thread."""

import threading
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.gate_test import GateTest, thresholds_to_try
from desktop.gui.document_pane import DocumentPane
from desktop.gui.gate_test_dialog import GateTestDialog
from desktop.gui.gate_test_result import Result
from desktop.gui.gate_test_words import threshold_words
from desktop.gui.job import Job, JobRunner
from desktop.gui.theme import Theme
from desktop.own_rules import OwnRulesStore
from desktop.own_threshold import as_setting, chosen_threshold
from desktop.regression_set import read_set, write_set
from desktop.settings import SettingsStore
from models.engines.base import Progress
from models.errors import StrongroomError
from models.pii.measure import MarkedText, Span, is_personal
from models.pii.threshold import Threshold

FILTER = "Marked texts (*.jsonl);;All files (*)"


class GateTestController(QObject):
    """``changed`` says that another threshold holds, so that the document is looked at again."""

    changed = Signal()

    def __init__(
        self,
        settings: SettingsStore,
        own_rules: OwnRulesStore,
        runner: JobRunner,
        document: DocumentPane,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._own_rules = own_rules
        self._runner = runner
        self._document = document
        self._theme = theme
        self._window = window
        self._job: Job | None = None
        self.dialog: GateTestDialog | None = None

    def open(self) -> GateTestDialog:
        """Show the dialog, next to the window."""
        if self.dialog is None:
            self.dialog = dialog = GateTestDialog(self._window)
            dialog.open_requested.connect(self._choose)
            dialog.save_requested.connect(self._choose_place)
            dialog.add_requested.connect(self.add_document)
            dialog.figures.measure_requested.connect(self.measure)
            dialog.figures.stop_requested.connect(self.stop)
            dialog.figures.threshold_wanted.connect(self.use_threshold)
            self._theme.changed.connect(lambda: dialog.set_colors(self._theme.colors))
            dialog.set_colors(self._theme.colors)
        self.dialog.show()
        self.dialog.raise_()
        return self.dialog

    @property
    def running(self) -> bool:
        """Whether it measures."""
        return self._job is not None

    def add_document(self) -> None:
        """Put the open document into the set, its findings as marks."""
        dialog = self.open()
        dialog.bar.hide()
        if not self._document.text.strip():
            dialog.bar.show_message("There is no document", "Paste or open a document in the window first.")
        elif not self._document.up_to_date:
            dialog.bar.show_message(
                "The document is still being checked", "Its findings become the marks. Try again in a moment.", "warn"
            )
        else:
            spans = (Span(f.start, f.end, f.entity) for f in self._document.findings if is_personal(f.entity))
            dialog.add_text(MarkedText(self._document.text, tuple(sorted(spans))))

    def read(self, file: Path) -> None:
        """Show the set of a file in place of the one that is shown."""
        dialog = self.open()

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield read_set(file)

        def show(texts: object) -> None:
            assert isinstance(texts, tuple)
            dialog.bar.hide()
            dialog.set_texts(texts, saved=True)

        self._runner.start(work, show, dialog.bar.show_error)

    def save(self, file: Path) -> None:
        """Write the set to a file."""
        dialog = self.open()
        texts = dialog.texts

        def work(_cancel: threading.Event) -> Iterator[None]:
            write_set(file, texts)
            yield None

        def show(_none: object) -> None:
            if dialog.texts == texts:
                dialog.set_saved()
            dialog.bar.show_message("Saved", "The set is in the file you chose, with its texts as they are.", "ok")

        self._runner.start(work, show, dialog.bar.show_error)

    def measure(self) -> None:
        """Measure the set at several thresholds, in a job."""
        dialog = self.open()
        texts = dialog.texts
        if self._job is not None or not texts:
            return
        in_use = chosen_threshold(self._settings.current)
        rules = self._own_rules.rules
        dialog.bar.hide()
        dialog.tabs.setCurrentIndex(1)
        dialog.set_running(on=True, words="Loading the gate …")

        def work(cancel: threading.Event) -> Iterator[object]:
            test = GateTest(rules, thresholds_to_try(in_use))
            test.warm_up()
            for number in test.add_all(texts, cancel):
                yield Progress("read", "Checking texts …", number, len(texts))
            if not cancel.is_set():
                yield Result(texts, test.measurements, in_use)

        def take(event: object) -> None:
            if isinstance(event, Progress):
                dialog.set_running(on=True, words=event.message, done=event.done, total=event.total)
            elif isinstance(event, Result):
                dialog.show_result(event)
                done.append("")

        def end() -> None:
            self._job = None
            dialog.set_running(on=False, words=done[-1] if done else "Stopped. The figures of the last time stay.")

        def fail(error: StrongroomError) -> None:
            done.append("")
            dialog.bar.show_error(error)

        done: list[str] = []
        self._job = self._runner.start(work, take, fail, end)

    def stop(self) -> None:
        """Stop measuring."""
        if self._job is not None:
            self._job.stop()

    def use_threshold(self, threshold: Threshold) -> None:
        """Go by another threshold from now on; only the number is kept."""
        dialog = self.open()
        try:
            self._settings.update(model_threshold=as_setting(threshold))
        except StrongroomError as error:
            dialog.bar.show_error(error)
        else:
            dialog.bar.show_message(
                f"Threshold in use: {threshold_words(threshold)}",
                "Every document is checked by it from now on, also on the command line.",
                "ok",
            )
        dialog.figures.set_in_use(chosen_threshold(self._settings.current))
        self.changed.emit()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.dialog, "Open a set of marked texts", "", FILTER)
        if name:
            self.read(Path(name))

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self.dialog, "Save the set", "gate-test.jsonl", FILTER)
        if name:
            self.save(Path(name))
