"""Preparing an installed model for this computer, from the models page: asks with figures, does it, undoes it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, cast

from desktop.gui.job import JobRunner
from desktop.gui.message_bar import Action, MessageBar
from desktop.gui.transfer_panel import Work
from desktop.gui.wording import size
from models.store.events import Step
from models.store.installed import InstalledModel

if TYPE_CHECKING:
    from models.engines.preparation import Estimate

UNCHANGED = "The model itself is not changed, and this can be undone."


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a work on a model: something to say in the bar of the page."""

    title: str
    message: str
    state: Literal["ok", "warn", "note"] = "ok"


class Host(Protocol):
    """What preparing needs of the page's controller."""

    @property
    def message_bar(self) -> MessageBar:
        """Where things are asked and said."""
        ...

    def start(self, kind: Work, name: str, work: Callable[[threading.Event], Iterable[object]]) -> None:
        """Start a long work, one at a time, with its progress on the page."""
        ...

    def refuse_while_busy(self) -> bool:
        """Say that a task runs, if one does; whether it does."""
        ...


class ModelPreparing:
    """``release`` unloads the model (slow); ``busy`` says whether a task runs, which uses it."""

    def __init__(self, host: Host, runner: JobRunner, release: Callable[[], None], busy: Callable[[], bool]) -> None:
        self._host = host
        self._runner = runner
        self._release = release
        self._busy = busy

    def ask(self, model: InstalledModel) -> None:
        """Say what preparing takes and brings; only the buttons of the question start it."""

        def work(_cancel: threading.Event) -> Iterator[object]:
            from models.engines.preparation import estimate  # the engine's modules are for when they are needed

            yield estimate(model.folder)

        def show(found: object) -> None:
            sizes = cast("Estimate", found)
            title, message = question(model.name, sizes)
            small: Action = (
                "Without packed weights",
                f"Shortens the model's graph only; takes {size(sizes.disk)} of disk.",
                lambda: self.prepare(model, prepack=False),
            )
            whole: Action = (
                "Prepare",
                "Unload the model, pack its weights and check them against the original. It can be stopped.",
                lambda: self.prepare(model, prepack=True),
            )
            actions = [whole, small] if sizes.fits else [small] if sizes.fits_small else []
            self._host.message_bar.show_message(title, message, "note" if sizes.fits else "warn", actions)

        self._runner.start(work, show, self._host.message_bar.show_error)

    def prepare(self, model: InstalledModel, *, prepack: bool) -> None:
        """Unload the model, then prepare it."""
        if self._host.refuse_while_busy():
            return

        def work(cancel: threading.Event) -> Iterator[object]:
            from models.engines.preparation import STEPS, preparing

            self._release()
            ready = False
            steps = preparing(model.folder, cancel, prepack=prepack)
            while True:
                try:
                    step = next(steps)
                except StopIteration as end:
                    ready = bool(end.value)
                    break
                yield Step("prepare", step.message, step.done, STEPS)
            if ready and not self._busy():
                self._release()  # one that was loaded in the meantime is not the prepared one
            yield _outcome(model.name, ready=ready, stopped=cancel.is_set())

        self._host.start("prepare", model.name, work)

    def undo(self, model: InstalledModel) -> None:
        """Unload the model, then remove what was prepared."""
        if self._host.refuse_while_busy():
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            from models.engines.preparation import discard

            self._release()
            discard(model.folder)
            yield Told("Removed", f"What was prepared of {model.name} is gone. The model works as it was installed.")

        self._host.start("unprepare", model.name, work)


def question(name: str, sizes: "Estimate") -> tuple[str, str]:
    """Title and message of the question, with the disk it takes and what it brings."""
    if not sizes.fits_small:
        return (
            "Not enough free disk to prepare it",
            f"That takes at least {size(sizes.disk)}, and {size(sizes.free)} are free.{sizes.remark} {name} works as "
            "it is. Free some space and ask again.",
        )
    if not sizes.fits:
        return (
            "Not enough free disk to pack the weights",
            f"That takes about {size(sizes.disk_packed)}, and {size(sizes.free)} are free.{sizes.remark} {name} works "
            f"as it is. Free some space and ask again, or prepare it without packed weights: that takes "
            f"{size(sizes.disk)} and helps with long texts only.",
        )
    return (
        f"Prepare {name} for this computer?",
        "It then loads faster and takes less memory of its own; writing may be a little slower. The packed weights "
        f"take about {size(sizes.disk_packed)} of disk ({size(sizes.free)} are free).{sizes.remark} Making them takes "
        f"some minutes and as much memory as the model. {UNCHANGED}",
    )


def _outcome(name: str, *, ready: bool, stopped: bool) -> Told:
    if ready:
        return Told("Prepared", f"{name} was checked against the original, and is used in this form from now on.")
    if stopped:
        return Told("Stopped", f"{name} is as it was, and nothing was left behind.", "note")
    return Told("There was nothing to gain", f"{name} has the shorter graph already. Nothing was changed.", "note")
