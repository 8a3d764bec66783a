"""Ctrl-C in a terminal, a logout and ``kill`` close the window as its button does: runs stop, nothing hangs."""

import os
import signal
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

_Handler = Callable[[int, FrameType | None], object] | int | None


class UnixSignals(QObject):
    """Calls ``close`` in the GUI thread for SIGINT, SIGTERM and SIGHUP; ``restore`` gives the old handlers back.

    Python runs a signal handler only between two of its own instructions, and Qt's loop has none while it waits: the
    byte that the signal writes into a pipe wakes it. Elsewhere than on Unix it does nothing.
    """

    def __init__(self, close: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._close = close
        self._before: dict[signal.Signals, _Handler] = {}
        if os.name != "posix":
            return
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._wakeup = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # "nohup" means it
                self._before[number] = signal.signal(number, self._take)

    def restore(self) -> None:
        """Give the old handlers back."""
        if os.name != "posix":
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        os.close(self._reading)
        os.close(self._writing)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        """The byte in the pipe does the work."""

    def _woken(self) -> None:
        try:
            numbers = os.read(self._reading, 64)
        except BlockingIOError:
            return
        if any(number in self._before for number in numbers):
            self._close()
