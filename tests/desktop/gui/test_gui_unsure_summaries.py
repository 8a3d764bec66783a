"""The second opt-in: a summary that came out unsure may be written anew in the cloud, if the person says so."""

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.gui.payload_dialog import PayloadDialog
from models.pii.gate import ClearedText

ARTICLE = "The town council met yesterday. It agreed to plant trees along the river and to repair the old bridge."
INVENTED = "The council agreed on 14 May 2031 to plant 900 trees, said Mr Zornbach."
GROUNDED = "The council agreed to plant trees along the river."
TITLE = "This summary is unsure"


@pytest.fixture
def ready(house):
    """Cloud drafts are on, agreed to and have a key; the second switch is as it comes."""
    house.phi[0] = True
    house.credentials.set("api.openai.com", "sk-0123456789abcdef")
    house.settings.update(cloud_enabled=True, cloud_consent=True, cloud_consent_host="api.openai.com")
    house.engine.chunks = [INVENTED]
    return house


def summarize(qtbot, window, text: str = ARTICLE) -> None:
    window.skills.choose("T08")
    with qtbot.waitSignal(window.document.scanned):
        window.document.set_text(text)
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)


def offered(window) -> bool:
    return window.bar.isVisible() and window.bar.title.text() == TITLE


def accept_offer(window) -> None:
    buttons = {button.text(): button for button in window.bar.findChildren(QPushButton) if button.isVisible()}
    buttons["Summarize in the cloud"].click()


def test_it_is_off_by_default_and_then_nothing_is_offered(qtbot, ready, window):
    assert not ready.settings.current.cloud_summaries
    summarize(qtbot, window)
    assert window.answer.answer_text == INVENTED
    assert not offered(window)


def test_switched_on_an_unsure_summary_is_offered_and_nothing_leaves_by_itself(qtbot, ready, window):
    ready.settings.update(cloud_summaries=True)
    summarize(qtbot, window)
    assert offered(window)
    assert ready.cloud.requests == []


def test_a_summary_that_the_document_bears_out_is_not_offered(qtbot, ready, window):
    ready.settings.update(cloud_summaries=True)
    ready.engine.chunks = [GROUNDED]
    summarize(qtbot, window)
    assert not offered(window)


@pytest.mark.parametrize("change", [{"cloud_enabled": False}, {"engine": "starter"}])
def test_without_cloud_drafts_or_from_another_engine_it_is_not_offered(qtbot, ready, window, change):
    ready.settings.update(cloud_summaries=True, **change)
    if "engine" in change:
        ready.phi[0] = False
    summarize(qtbot, window)
    assert window.answer.answer_text == INVENTED
    assert not offered(window)


def test_an_accepted_offer_shows_the_payload_and_sends_what_the_gate_cleared(qtbot, ready, window):
    ready.settings.update(cloud_summaries=True)
    ready.cloud.chunks = [GROUNDED]
    summarize(qtbot, window)
    accept_offer(window)
    qtbot.waitUntil(lambda: isinstance(window.runs._dialog, PayloadDialog))
    assert ready.cloud.requests == []
    window.runs._dialog.accept()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert [type(request) for request in ready.cloud.requests] == [ClearedText]
    assert window.answer.answer_text == GROUNDED
    assert ready.ledger.recent(1)[0].engine == "cloud"


def test_an_offer_that_is_declined_at_the_payload_sends_nothing(qtbot, ready, window):
    ready.settings.update(cloud_summaries=True)
    summarize(qtbot, window)
    accept_offer(window)
    qtbot.waitUntil(lambda: isinstance(window.runs._dialog, PayloadDialog))
    window.runs._dialog.reject()
    qtbot.waitUntil(lambda: not window.runs.running)
    record = ready.ledger.recent(1)[0]
    assert (record.outcome, record.bytes_sent) == ("cancelled", 0)


def test_a_text_with_personal_details_is_stopped_by_the_same_gate(qtbot, ready, window):
    ready.settings.update(cloud_summaries=True)
    summarize(qtbot, window, f"{ARTICLE} Pay to DE89 3704 0044 0532 0130 00.")
    accept_offer(window)
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.runs._dialog is None
    assert ready.cloud.requests == []
    assert ready.ledger.recent(1)[0].outcome == "blocked"
