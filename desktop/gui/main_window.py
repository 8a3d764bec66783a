"""The window: panes and wiring only."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from desktop.events import RunRequest
from desktop.gui.about_dialog import AboutDialog
from desktop.gui.accelerator_box import AcceleratorBox
from desktop.gui.answer_pane import AnswerPane
from desktop.gui.ask_controller import AskController
from desktop.gui.backend import Backend
from desktop.gui.cloud_controller import CloudController
from desktop.gui.compare_controller import CompareController
from desktop.gui.document_pane import DocumentPane
from desktop.gui.files import FileController
from desktop.gui.first_run import FirstRunBanner
from desktop.gui.gate_test_controller import GateTestController
from desktop.gui.header import Header
from desktop.gui.icons import icon
from desktop.gui.job import JobRunner
from desktop.gui.key_box import KeyBox
from desktop.gui.learning_controller import LearningController
from desktop.gui.ledger_panel import LedgerPanel
from desktop.gui.lists_controller import ListsController
from desktop.gui.message_bar import MessageBar
from desktop.gui.models_controller import ModelsController
from desktop.gui.run_controller import RunController
from desktop.gui.settings_dialog import SettingsDialog
from desktop.gui.skill_list import SkillList
from desktop.gui.status import StatusController
from desktop.gui.taxonomy_controller import TaxonomyController
from desktop.gui.theme import Theme, as_choice
from desktop.ledger import RunRecord
from models.offline import forced
from models.skills.skill import Task

FOLDED = "Shown folded"
STOP_TIMEOUT_MS = 5000
"""How long closing waits for a run to stop before it takes the engine away from under it."""


class MainWindow(QMainWindow):
    """Puts the panes together. ``first_paint`` comes once, when the window has been drawn."""

    first_paint = Signal()

    def __init__(self, backend: Backend, theme: Theme, geometry: QSettings | None = None) -> None:
        """``geometry`` keeps the window's size and the splitters' positions, and nothing else."""
        super().__init__()
        self._backend = backend
        self._theme = theme
        self._geometry = geometry
        self._painted = False
        self.settings_dialog: SettingsDialog | None = None
        self.setWindowTitle("Strongroom")
        self.setWindowIcon(icon(backend.resources, "strongroom"))
        self.runner = JobRunner(self)
        self.header = Header(backend.resources)
        self.bar = MessageBar()
        self.banner = FirstRunBanner()
        self.skills = SkillList()
        self.document = DocumentPane(self.runner, backend.assistant.scan)
        self.answer = AnswerPane()
        self.ledger = LedgerPanel(backend.prices_as_of, backend.settings.current.reference_model)
        self.files = FileController(backend, self.runner, self.document, self.answer, self.bar)
        self.cloud = CloudController(backend, self.runner, self.bar, self)
        self.runs = RunController(backend, self.runner, self.document, self.answer, self.bar, self.cloud)
        self.compare = CompareController(backend, self.runner, self.bar, self)
        self.lists = ListsController(backend.own_rules, backend.assistant.scan, self.bar, self)
        self.gate_test = GateTestController(
            backend.settings, backend.own_rules, self.runner, self.document, theme, self
        )
        self.models = ModelsController(backend, self.runner, self.banner, self.bar, lambda: self.runs.running, self)
        self.learning = LearningController(backend.learning, self.runner, self.answer.feedback, self.bar, self)
        self.taxonomies = TaxonomyController(backend, self.runner, self, lambda: self.document.text)
        self.asking = AskController(backend, self.runner, lambda: self.document.text, self)
        self.status = StatusController(backend, self.runner, self.header, self.banner, self.ledger, self.bar)
        self._lay_out()
        self._wire()
        self._add_shortcuts()
        self.skills.set_tasks(backend.tasks)
        self._take_theme()
        self._refresh()
        self.document.edit.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Everything slow begins after the first picture."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, wait for it, give everything back."""
        if self._geometry is not None:
            self._geometry.setValue("window", self.saveGeometry())
            self._geometry.setValue("panes", self.panes.saveState())
            self._geometry.setValue("document", self.document.splitter.saveState())
        self.runner.shutdown(STOP_TIMEOUT_MS, self._backend.close)
        self._backend.close()
        super().closeEvent(event)

    def open_file(self, path: Path) -> None:
        """Read a file into the document."""
        self.files.read(path)

    def show_settings(self) -> SettingsDialog:
        """Open the settings, next to the window."""
        if self.settings_dialog is None:
            key_box = KeyBox(
                self._backend.credentials, lambda: self._backend.cloud_host, self.runner, self._backend.check_key
            )
            accelerator_box = AcceleratorBox(
                self._backend.settings,
                self.runner,
                self._backend.known_accelerators,
                self._backend.find_accelerators,
                lambda: self.runs.running,
            )
            dialog = SettingsDialog(
                self._backend.settings, key_box, self._backend.check_model_folder, accelerator_box, self
            )
            dialog.changed.connect(self._setting_changed)
            dialog.cloud_wanted.connect(lambda: self.cloud.switch(True))
            dialog.model_wanted.connect(self.models.open)
            dialog.proxy_entered.connect(lambda address: self.models.set_proxy(address, dialog))
            dialog.lists_wanted.connect(self.lists.open)
            dialog.gate_test_wanted.connect(self.gate_test.open)
            self.settings_dialog = dialog
        self.settings_dialog.refresh()
        self.settings_dialog.key_box.ask()
        self.settings_dialog.accelerator_box.ask()
        self.settings_dialog.show()
        self.settings_dialog.raise_()
        return self.settings_dialog

    def show_about(self) -> AboutDialog:
        """Open the about dialog."""
        dialog = AboutDialog(self._backend.version, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        return dialog

    def _lay_out(self) -> None:
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setChildrenCollapsible(False)
        self.panes.setHandleWidth(12)
        for pane, stretch in ((self.skills, 0), (self.document, 3), (self.answer, 2)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(self.panes.indexOf(pane), stretch)
        self.panes.setSizes([222, 600, 420])
        middle = QVBoxLayout()
        middle.setContentsMargins(12, 10, 12, 10)
        middle.setSpacing(8)
        middle.addWidget(self.banner)
        middle.addWidget(self.bar)
        middle.addWidget(self.panes, 1)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(middle, 1)
        layout.addWidget(self.ledger)
        self.setCentralWidget(body)
        self.setMinimumSize(900, 560)
        self.resize(1240, 800)
        if self._geometry is not None:
            for key, restore in (
                ("window", self.restoreGeometry),
                ("panes", self.panes.restoreState),
                ("document", self.document.splitter.restoreState),
            ):
                _restore(self._geometry, key, restore)

    def _wire(self) -> None:
        self.header.settings_requested.connect(self.show_settings)
        self.header.about_requested.connect(self.show_about)
        self.header.gate_test_requested.connect(self.gate_test.open)
        self.header.cloud_toggled.connect(self.cloud.switch)
        self.cloud.changed.connect(self._refresh)
        self.skills.chosen.connect(lambda _task: self._refresh())
        self.document.open_requested.connect(self.files.choose)
        self.document.files_dropped.connect(self.files.read_dropped)
        self.document.folded.connect(self._tell_folded)
        self.document.edit.folded_changed.connect(lambda on: None if on else self.bar.withdraw(FOLDED))
        self.document.run_requested.connect(self._run)
        self.document.flag_wanted.connect(self.lists.flag)
        self.document.allow_wanted.connect(self.lists.allow)
        for rules in (self.lists, self.gate_test):
            rules.changed.connect(lambda: self.document.live_scan.touch(at_once=True))
        self.document.note.connect(lambda title, message: self.bar.show_message(title, message))
        self.answer.stop_requested.connect(self.runs.stop)
        self.answer.save_requested.connect(self.files.save_answer)
        self.answer.receipt_requested.connect(self.runs.show_receipt)
        self.answer.look_requested.connect(self._look)
        self.answer.compare_requested.connect(self._compare)
        self.compare.kept.connect(self.answer.show_kept)
        self.compare.recorded.connect(self._recorded)
        self.compare.scored.connect(self.ledger.show_score)
        self.answer.ask_requested.connect(self.asking.open)
        self.answer.labels_requested.connect(self._edit_labels)
        self.taxonomies.changed.connect(self.skills.set_tasks)
        self.answer.span_chosen.connect(self.document.select_span)
        self.ledger.export_requested.connect(self.files.export_ledger)
        self.runs.answered.connect(self.learning.answered)
        self.learning.judged.connect(lambda judged: self.ledger.show_judged(judged, self.skills.names))
        self.runs.answered.connect(self.taxonomies.answered)
        self.answer.feedback.golden_wanted.connect(self.taxonomies.add_golden)
        self.runs.recorded.connect(self._recorded)
        self.runs.running_changed.connect(lambda running: self.document.run_button.setEnabled(not running))
        self.runs.model_wanted.connect(self._offer_model)
        self.banner.in_place_requested.connect(self.files.choose_model)
        self.banner.try_requested.connect(self._try_first_draft)
        self.models.changed.connect(self._refresh)
        self.models.progressed.connect(lambda _transfer: self._show_title())
        self.files.model_chosen.connect(lambda: self._setting_changed("model_folder"))
        self._theme.changed.connect(self._take_theme)

    def _add_shortcuts(self) -> None:
        actions: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Return", self._run),
            ("Ctrl+Enter", self._run),
            ("Esc", self._stop),
            ("Ctrl+M", self.models.open),
        ]
        actions.extend((f"Ctrl+{number + 1}", partial(self.skills.choose_skill, number)) for number in range(5))
        for keys, act in actions:
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        document, answer = self.document, self.answer
        order: list[QWidget] = [self.skills, document.edit, document.table, document.restore_button]
        order += [document.open_button, document.paste_button, document.redact_button, document.run_button]
        order += [answer.engine_box, answer.stop_button, answer.note_field]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _after_first_paint(self) -> None:
        self.first_paint.emit()
        self.status.start()
        self.compare.read_score()
        self.learning.read_judged()
        if not self._backend.notices:
            self.cloud.look_at_model()

    def _run(self) -> None:
        task: Task | None = self.skills.task
        if task is not None and not self.runs.running:
            self.runs.run(task)

    def _look(self) -> None:
        task = self.skills.task
        if task is not None and self._has_text() and not self.runs.running:
            self.runs.look(task)

    def _has_text(self) -> bool:
        there = bool(self.document.text.strip())
        if not there:
            self.bar.show_message("There is no text yet", "Paste a text or open a document, then try again.")
        return there

    def _compare(self) -> None:
        task, text = self.skills.task, self.document.text
        if task is not None and self._has_text() and not self.runs.running:
            self.compare.open(RunRequest(task, text, self.answer.note, dismissed=self.document.dismissed))

    def _edit_labels(self) -> None:
        if self.skills.task is not None:
            self.taxonomies.open(self.skills.task.id)

    def _recorded(self, record: RunRecord) -> None:
        self.ledger.show_run(record)
        self.learning.recorded(record)
        self.status.read_ledger()

    def _tell_folded(self) -> None:
        self.bar.show_message(
            FOLDED,
            "A line of this document is too long to be edited smoothly, so it is shown folded and cannot be edited. "
            "All of it is checked for personal details, and tasks get all of it as it is.",
            "note",
            [
                (
                    "Put line breaks in",
                    "Turn each fold into a line break, so that you can edit the text. Undo takes it back.",
                    self.document.put_line_breaks,
                )
            ],
        )

    def _stop(self) -> None:
        """Stop the task, or, where none runs, what is being fetched."""
        if self.runs.running:
            self.runs.stop()
        else:
            self.models.pause()

    def _offer_model(self) -> None:
        self.models.offer()
        self.banner.show()

    def _try_first_draft(self) -> None:
        draft = next((task for task in self._backend.tasks if task.skill == "draft"), None)
        self.banner.later_button.click()
        if draft is not None:
            self.skills.choose(draft.id)
        self.document.edit.setFocus()

    def _show_title(self) -> None:
        """How far a download is stands in the task bar too, and so does the offline switch."""
        share = self.models.transfer.share
        parts = ["Strongroom", "offline"] if self._backend.models.offline else ["Strongroom"]
        self.setWindowTitle(" · ".join(parts if share is None else [f"{share:.0%}", *parts]))

    def _setting_changed(self, key: str) -> None:
        current = self._backend.settings.current
        if key == "theme":
            self._theme.choose(as_choice(current.theme))
        elif key == "cloud_enabled" and not current.cloud_enabled:
            self.cloud.switch(False)
        elif key == "cloud_base_url":
            self.cloud.host_changed()
            if self.settings_dialog is not None:
                self.settings_dialog.key_box.ask()
        elif key == "reference_model":
            self.ledger.set_prices(self._backend.prices_as_of, current.reference_model)
        elif key == "offline" and current.offline:
            self.models.pause()
            self._backend.leave_cloud()
        if key in ("offline", "models_folder", "model_folder"):
            self.models.offer()
            self.models.refresh()
        self._refresh()

    def _refresh(self) -> None:
        """Show the settings where they matter: the switch, the engines on offer, where the next task runs."""
        task = self.skills.task
        current = self._backend.settings.current
        self.header.cloud.setChecked(current.cloud_enabled)
        self.header.set_offline(on=self._backend.models.offline, forced=forced())
        self._show_title()
        if self.settings_dialog is not None:
            self.settings_dialog.refresh()
        if task is not None:
            reason = "Cloud drafts are off." if task.skill == "draft" else "Only drafts may use the cloud."
            may_leave = task.skill == "draft" or (task.skill == "summarize" and current.cloud_summaries)
            self.answer.set_task(task, cloud_enabled=current.cloud_enabled and may_leave, reason=reason)
            self.status.show_place(task)

    def _take_theme(self) -> None:
        colors = self._theme.colors
        self.document.set_colors(colors)
        self.header.set_colors(colors)
        self.skills.set_heading_color(colors.muted)


def _restore(geometry: QSettings, key: str, restore: Callable[..., object]) -> None:
    value = geometry.value(key)
    if value is not None:
        restore(value)
