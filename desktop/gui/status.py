"""What the window learns after its first picture: where tasks run, what the ledger says, what this machine has."""

import threading
from collections.abc import Iterator

from PySide6.QtCore import QObject

from desktop.gui.backend import Backend
from desktop.gui.first_run import FirstRunBanner
from desktop.gui.header import Header
from desktop.gui.job import JobRunner
from desktop.gui.ledger_panel import LedgerPanel
from desktop.gui.message_bar import MessageBar
from desktop.ledger import Panel
from desktop.machine import Machine
from models.errors import StrongroomError
from models.skills.skill import Task


class StatusController(QObject):
    """Reads off the GUI thread, shows in the header, the banner and the ledger panel."""

    def __init__(
        self,
        backend: Backend,
        runner: JobRunner,
        header: Header,
        banner: FirstRunBanner,
        ledger: LedgerPanel,
        bar: MessageBar,
    ) -> None:
        super().__init__(header)
        self._backend = backend
        self._runner = runner
        self._header = header
        self._banner = banner
        self._ledger = ledger
        self._bar = bar
        self._banner.setVisible(not backend.phi_ready())

    def start(self) -> None:
        """Begin what may be slow: notices, the ledger, the machine's figures, loading the detectors."""
        if self._backend.notices:
            self._bar.show_message("Something was put right", " ".join(self._backend.notices), "warn")
        self.read_ledger()

        def work(_cancel: threading.Event) -> Iterator[Machine]:
            yield self._backend.machine()
            self._backend.warm_up()

        self._runner.start(work, self._show_machine, self._bar.show_error)

    def read_ledger(self) -> None:
        """Read the sums anew."""

        def work(_cancel: threading.Event) -> Iterator[Panel]:
            yield self._backend.ledger.panel()

        def show(panel: object) -> None:
            assert isinstance(panel, Panel)
            self._ledger.show_panel(panel)
            notice = self._backend.ledger.take_notice()
            if notice:
                self._bar.show_message("The ledger of runs", notice, "warn")

        def fail(error: StrongroomError) -> None:
            self._ledger.show_unreadable()
            self._bar.show_error(error)

        self._runner.start(work, show, fail)

    def show_place(self, task: Task) -> None:
        """Say in the header where the next task runs."""
        current = self._backend.settings.current
        phi = self._backend.phi_ready()
        if phi:
            self._banner.withdraw()
        if task.skill == "draft" and current.cloud_enabled and not self._backend.models.offline:
            self._header.set_place("Drafts without personal details: cloud · everything else: this device", cloud=True)
        elif phi and current.engine != "starter":
            self._header.set_place("On this device (Phi-4 Mini)")
        else:
            self._header.set_place("On this device (Starter engine)")

    def _show_machine(self, machine: object) -> None:
        assert isinstance(machine, Machine)
        self._banner.show_machine(machine)
