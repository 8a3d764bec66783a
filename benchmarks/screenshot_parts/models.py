"""The ways of a model onto the machine, and its preparation."""

import threading
from collections.abc import Callable
from typing import Any


def models_scenes(window: Any, services: Any, save: Callable[..., None], until: Callable[..., None]) -> None:
    """The ways of a model onto the machine, as the window shows them. Nothing is fetched: the states are put in."""
    import shutil

    from desktop.gui.transfer_panel import Transfer
    from desktop.machine import Machine, measure
    from models.store.events import Step
    from models.store.faults import proxy_password
    from models.store.record import note_use

    banner, resources = window.banner, services.paths.resources
    banner.licence_button.setChecked(True)
    save("30-model-licence")
    banner.licence_button.setChecked(False)
    banner.show_machine(Machine(4_200_000_000, 5_100_000_000, ("SSE42", "AVX"), "x86_64"))
    save("31-model-weak-machine")
    banner.show_machine(measure(services.models.folder))
    step = Step("fetch", "Downloading Phi-4 Mini", 1_843_000_000, 4_930_563_630, 11_300_000, 273.0)
    running = Transfer("download", "running", "Phi-4 Mini", step)
    window.models._tell(running)
    save("32-model-download")
    window.models._tell(Transfer("download", "paused", "Phi-4 Mini", step))
    save("33-model-paused")
    refused = proxy_password("huggingface.co").error
    window.models._tell(Transfer("download", "failed", "Phi-4 Mini", step, refused.title, refused.message))
    save("34-model-failed")
    window.models._tell(Transfer("download", "done", "Phi-4 Mini"))
    save("35-model-ready")
    window.models._tell(Transfer())
    services.settings.update(offline=True)
    window._setting_changed("offline")
    save("36-offline")
    services.settings.update(offline=False)
    window._setting_changed("offline")
    dialog = window.models.open()
    until(lambda: dialog.list.count() == 1 and not window.runner._jobs)
    save("37-models-none", dialog)
    list(services.models.take(resources / "tiny-phi", threading.Event()))
    note_use(services.models.folder / "tiny-phi")
    window.models.refresh()
    until(lambda: dialog.list.count() == 2)
    dialog.list.setCurrentRow(0)
    save("38-models-installed", dialog)
    preparing_scenes(window, dialog, services.models.installed()[0], save, until)
    window.models.ask_to_remove(services.models.installed()[0])
    save("39-models-remove", dialog)
    dialog.bar.hide()
    dialog.list.setCurrentRow(1)
    dialog.show_transfer(running)
    save("40-models-download", dialog)
    dialog.show_transfer(Transfer())
    (services.models.folder / "tiny-phi" / "tokenizer.json").write_text("{}")
    window.models.refresh()
    until(lambda: "cannot" in dialog.list.item(0).text())
    dialog.list.setCurrentRow(0)
    save("41-models-changed", dialog)
    dialog.close()
    shutil.rmtree(services.models.folder)
    window.models.offer()
    window.banner.show()


def preparing_scenes(
    window: Any, dialog: Any, model: Any, save: Callable[..., None], until: Callable[..., None]
) -> None:
    """An installed model before, while and after it is prepared: the tiny one, so that it is quick."""
    dialog.prepare_button.click()
    until(dialog.bar.isVisible)
    save("42-models-prepare", dialog)
    window.models.preparing.prepare(model, prepack=True)
    until(lambda: "step 2" in dialog.panel.line.text())
    save("43-models-preparing", dialog)
    until(lambda: not window.models.running and not window.runner._jobs)
    save("44-models-prepared", dialog)
    window.models.preparing.undo(model)
    until(lambda: not window.models.running and not window.runner._jobs)
    dialog.bar.hide()
