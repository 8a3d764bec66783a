"""Pictures of the window for the README and for looking at: ``python benchmarks/screenshots.py OUTDIR``.

Offscreen, light and dark, at 100 % and 200 %, with the real engines on invented documents, in a folder of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.screenshot_parts.cloud import cloud_scenes
from benchmarks.screenshot_parts.models import models_scenes
from benchmarks.screenshot_parts.texts import COMPLAINT, LETTER, MEETING, NOTE, SHOP


def main() -> int:
    """Make every picture; each theme and scale in a process of its own, because Qt takes both at the start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shoot", nargs=2, metavar=("THEME", "SCALE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.shoot:
        shoot(arguments.folder, *arguments.shoot)
        return 0
    for theme in ("light", "dark"):
        for scale in ("1", "2"):
            with tempfile.TemporaryDirectory() as home:
                environment = os.environ | {
                    "QT_QPA_PLATFORM": "offscreen",
                    "QT_SCALE_FACTOR": scale,
                    "STRONGROOM_HOME": home,
                    "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
                }
                command = [sys.executable, __file__, str(arguments.folder), "--shoot", theme, scale]
                subprocess.run(command, env=environment, check=True)
    return 0


def shoot(folder: Path, theme: str, scale: str) -> None:
    """All scenes in one theme and scale."""
    import keyring.backend
    from PySide6.QtWidgets import QApplication

    from desktop import app as root
    from desktop.credentials import Credentials
    from desktop.gui.key_box import KeyState
    from desktop.paths import default_paths
    from desktop.services import build_services

    class MemoryKeyring(keyring.backend.KeyringBackend):
        """Stands in for the system's keyring, so that no key of a person is touched."""

        priority = 1
        kept: ClassVar[dict[str, str]] = {}

        def get_password(self, _service: str, username: str) -> str | None:
            return self.kept.get(username) if username == "kept-examples" else "sk-invented-0123456789abcd"

        def set_password(self, _service: str, username: str, password: str) -> None:
            self.kept[username] = password

        def delete_password(self, _service: str, _username: str) -> None: ...

    MemoryKeyring.__module__, MemoryKeyring.__qualname__ = "keyring.backends.SecretService", "Keyring"
    kind = f"{MemoryKeyring.__module__}.{MemoryKeyring.__qualname__}"
    application = QApplication(sys.argv[:1])
    services = build_services(default_paths(), Credentials(MemoryKeyring, frozenset({kind})))
    services.settings.update(theme=theme)
    window, _theme = root.build_window(application, services)
    suffix = f"{theme}-{scale}x"

    def until(condition: Callable[[], Any], limit_s: float = 60.0) -> None:
        end = time.monotonic() + limit_s
        while not condition():
            application.processEvents()
            time.sleep(0.005)
            if time.monotonic() > end:
                raise SystemExit("a scene did not come about in time")

    def save(name: str, widget: Any = window) -> None:
        for _ in range(20):
            application.processEvents()
        widget.grab().save(str(folder / f"{name}-{suffix}.png"))
        print(f"{name}-{suffix}.png")

    def write(text: str) -> None:
        window.document.set_text(text)
        until(lambda: not window.document.live_scan.pending)

    def run(task: str, text: str) -> None:
        window.skills.choose(task)
        if window.skills.task is None or window.skills.task.id != task:
            raise SystemExit(f"there is no task {task} to take a picture of")
        write(text)
        window.document.run_button.click()
        until(lambda: not window.runs.running)
        until(lambda: not window.runner._jobs)

    window.resize(1240, 800)
    window.show()
    until(lambda: "disk free" in window.banner.check.text() and not window.runner._jobs)
    save("1-empty")
    models_scenes(window, services, save, until)
    window.banner.later_button.click()
    write(LETTER)
    save("2-findings")
    table = window.document.table
    proven = next(number for number, row in enumerate(table.rows) if "IBAN" in row.entity)
    table.setCurrentIndex(table.model().index(proven, 0))
    save("14-explained")
    save("15-tooltip", tooltip_of(window.document.edit, table.rows[proven].index))
    table.dismissed.emit(table.rows[proven].index)
    save("16-second-word", window.document.question)
    window.document.question.reject()
    services.own_rules.flag("Blue Falcon", "Northwind Insurance", "Okafor family", "Tender 2026-17")
    services.own_rules.allow("claims@northwind-insurance.example", "Northwind House, 2 Dock Road, Bristol BS1 6XN")
    services.own_rules.allow("DE02 1203 0000 0000 2020 51", confirmed=True)
    lists = window.lists.open()
    save("17-lists", lists)
    lists.close()
    services.own_rules.remove(flagged=services.own_rules.lists.deny)
    services.own_rules.remove(allowed=[entry.text for entry in services.own_rules.lists.allow])
    test = window.gate_test.open()
    save("18-gate-test-empty", test)
    window.gate_test.add_document()
    test.marks.list.setCurrentRow(1)
    save("19-gate-test-marks", test)
    test.set_texts(marked_texts(test.texts[0]), saved=False)
    window.gate_test.measure()
    until(lambda: not window.gate_test.running)
    test.figures.slider.setValue(test.figures.slider.maximum())
    test.figures.misses.setCurrentRow(0)
    save("20-gate-test-figures", test)
    test.close()
    run("T13", COMPLAINT)
    save("3-route")
    run("T01", COMPLAINT)
    save("4-classify")
    run("T02", COMPLAINT)
    feedback = window.answer.feedback
    feedback.no_button.click()
    feedback.text_box.setChecked(True)
    save("51-correction")
    feedback.learn_button.click()
    until(lambda: not window.runner._jobs)
    window.learning.open()
    until(lambda: window.learning.dialog.table.rowCount() > 0)
    save("52-kept-examples", window.learning.dialog)
    window.learning._delete(None)
    until(lambda: not window.runner._jobs)
    window.learning.dialog.close()
    labels = window.taxonomies.open("T13")
    labels.labels.selectRow(1)
    labels.only_box.setChecked(True)
    save("53-labels", labels)
    labels.instant.mode_box.setCurrentIndex(1)
    labels.instant.measure_button.click()
    until(lambda: not window.runner._jobs)
    labels.labels.item(0, 1).setText("Invoices, payments, charges, refunds, dunning letters and tax details.")
    labels.test_button.click()
    until(labels.keep_button.isEnabled)
    save("54-labels-tested", labels)
    labels.keep_button.click()
    editor_scenes(window, services, labels, save, until)
    with tempfile.TemporaryDirectory() as shelf:
        (Path(shelf) / "shop.csv").write_text(SHOP, encoding="utf-8")
        window.taxonomies.take_file(Path(shelf) / "shop.csv")
        until(lambda: window.taxonomies.import_dialog is not None)
        importing = window.taxonomies.import_dialog
        importing.into_box.setCurrentIndex(1)
        importing.name_field.setText("Shop mail")
        save("55-import", importing)
        importing.reject()
        labels.instant.mode_box.setCurrentIndex(0)
        labels.close()
        (Path(shelf) / "minutes.txt").write_text(MEETING, encoding="utf-8")
        (Path(shelf) / "letter.txt").write_text(LETTER, encoding="utf-8")
        asking = window.asking.open()
        save("56-ask-empty", asking)
        window.asking.add([Path(shelf)])
        until(lambda: not window.runner._jobs)
        asking.field.setText("What was decided about the budget?")
        asking.ask_button.click()
        until(lambda: asking.found.count() > 0)
        save("57-ask", asking)
        asking.reject()
    run("T06", LETTER)
    save("5-extract")
    receipt = window.runs.show_receipt()
    save("6-receipt", receipt)
    receipt.close()
    run("T07", MEETING)
    window.ledger.details_button.setChecked(True)
    save("7-summary")
    window.ledger.details_button.setChecked(False)
    run("T10", NOTE)
    save("8-error")
    consent = window.cloud.ask(KeyState("", "", keyring=True))
    save("9-consent", consent)
    consent.reject()
    services.settings.update(cloud_enabled=True, cloud_consent=True)
    window.cloud.changed.emit()
    run("T10", LETTER)
    save("10-blocked")
    window.runs.send_redacted(window.skills.task)
    until(lambda: window.runs._dialog is not None)
    save("13-payload", window.runs._dialog)
    window.runs.stop()
    until(lambda: not window.runs.running)
    settings = window.show_settings()
    until(lambda: not window.runner._jobs)
    save("11-settings", settings)
    settings.accelerator_box.find_button.click()
    until(lambda: not window.runner._jobs)
    settings.scroll_area.ensureWidgetVisible(settings.accelerator_box)
    save("45-settings-processor", settings)
    bar = settings.scroll_area.verticalScrollBar()
    bar.setValue(bar.maximum())
    save("21-settings-cloud", settings)
    settings.close()
    cloud_scenes(window, services, save, write)
    about = window.show_about()
    save("12-about", about)
    about.close()
    window.close()
    services.close()


def editor_scenes(
    window: Any, services: Any, labels: Any, save: Callable[..., None], until: Callable[..., None]
) -> None:
    """Rules, golden cases, versions and fields in the editor, and answers that were judged."""
    rules = labels.pages.rules
    labels.pages.setCurrentWidget(rules)
    save("58-rules-empty", labels)
    rules.add_button.click()
    rules.table.item(0, 1).setText("charged twice | double charge")
    rules.table.item(0, 4).setText("500")
    rules.add_button.click()
    rules.table.item(1, 2).setText("(refund")
    save("59-rules-problem", labels)
    rules.table.item(1, 2).setText("(a+)+$")
    labels.test_button.click()
    until(lambda: labels.bar.isVisible() and not window.runner._jobs)
    save("60-rules-too-slow", labels)
    labels.bar.hide()
    labels.pages.show_golden()
    save("61-golden", labels)
    labels.versions_button.click()
    versions = window.taxonomies.versions.dialog
    versions.compare_button.click()
    until(lambda: versions.table.rowCount() > 0 and not window.runner._jobs)
    save("62-versions", versions)
    versions.close()
    labels.undo_button.click()
    labels.task_box.setCurrentIndex(labels.task_box.findData("T05"))
    labels.pages.setCurrentWidget(labels.pages.fields)
    labels.pages.fields.add_button.click()
    save("63-fields", labels)
    labels.pages.show_golden()
    save("64-golden-records", labels)
    labels.task_box.setCurrentIndex(labels.task_box.findData("T07"))
    labels.pages.setCurrentWidget(labels.pages.prompt)
    save("72-prompt", labels)
    labels.pages.show_golden()
    save("73-golden-texts", labels)
    labels.new_button.click()
    asked = window.taxonomies.new_dialog
    asked.name_field.setText("Invoice head")
    save("74-new-task", asked)
    asked.accept()
    save("75-new-task-fields", labels)
    labels.task_box.setCurrentIndex(labels.task_box.findData("T13"))
    labels.pages.setCurrentIndex(0)
    labels.instant.mode_box.setCurrentIndex(1)
    for number in range(14):
        services.learning.kept.judge("T13" if number % 3 else "T02", "starter", right=number not in (2, 6))
    window.learning.read_judged()
    until(lambda: not window.runner._jobs)
    window.ledger.details_button.setChecked(True)
    save("65-judged", window)
    window.ledger.details_button.setChecked(False)


def marked_texts(letter: Any) -> list[Any]:
    """A small set: a letter, texts of the generator that training uses, and some without personal details."""
    from models.pii.measure import MarkedText, Span
    from models.training.pii_corpus import generate

    samples = generate("train", 40, 7, 0.4, 0.3)
    return [letter, *(MarkedText(each.text, tuple(Span(*span) for span in each.spans)) for each in samples)]


def tooltip_of(edit: Any, index: int) -> Any:
    """The tooltip over a finding, as Qt shows it."""
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QApplication, QToolTip

    QToolTip.showText(edit.mapToGlobal(QPoint(40, 40)), edit._tip(index), edit)
    return next(widget for widget in QApplication.topLevelWidgets() if widget.metaObject().className() == "QTipLabel")


if __name__ == "__main__":
    sys.exit(main())
