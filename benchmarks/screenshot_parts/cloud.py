"""States of the cloud's part."""

from collections.abc import Callable
from typing import Any

from benchmarks.screenshot_parts.texts import HERE, LETTER, RESTORED, THERE


def cloud_scenes(window: Any, services: Any, save: Callable[..., None], write: Callable[[str], None]) -> None:
    """States of the cloud's part that take a provider: shown with invented figures, since nothing is sent here."""
    import datetime

    from desktop.comparisons import Score
    from desktop.gui.compare_dialog import CompareDialog
    from desktop.gui.wording import score_words
    from desktop.ledger import RunRecord
    from models.engines.cloud_errors import from_status

    services.settings.update(cloud_enabled=True, cloud_consent=True, cloud_consent_host="api.openai.com")
    window.cloud.changed.emit()
    write(LETTER)
    window.bar.hide()
    window.skills.choose("T10")
    window.answer.show_kept(window.skills.task, RESTORED, "in the cloud (api.openai.com)")
    window.answer.mark_placeholders(["[PHONE_02]"])
    window.answer.end("Ran in the cloud (api.openai.com) · 1.9 kB left this machine")
    save("22-restored")
    window.cloud._tell(services.account.notice())
    save("23-model-ends")
    gone = from_status("api.openai.com", 404, "model_not_found", 1900)
    window.bar.show_error(gone, [window.cloud.switch_model("gpt-6-luna")])
    save("24-model-gone")
    dialog = CompareDialog("api.openai.com", "gpt-4o", window)
    now = datetime.datetime.now().astimezone()
    common = {"at": now, "skill": "draft", "task": "T10", "outcome": "done", "reason": ""}
    dialog.local.text, dialog.cloud.text = HERE, THERE
    dialog.local.record = RunRecord(
        **common, engine="phi", model="Phi-4 Mini", output_tokens=38, first_token_ms=640.0, total_ms=4210.0
    )
    dialog.cloud.record = RunRecord(
        **common,
        engine="cloud",
        model="gpt-4o",
        output_tokens=44,
        first_token_ms=410.0,
        total_ms=1350.0,
        cost_usd=0.0012,
    )
    dialog.score.setText(score_words(Score(2, 3, 1, 0.0079)))
    dialog.refresh()
    dialog.show()
    dialog.better.button(1).click()
    dialog.diff_box.click()
    save("25-side-by-side", dialog)
    dialog.close()
    window.header.cloud.click()
    save("26-withdrawn")
    window.bar.hide()
