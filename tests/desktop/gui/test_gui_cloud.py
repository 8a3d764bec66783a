"""Switching the cloud on: consent and key first; and the first run's banner and settings."""

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.cloud_account import ModelNotice
from desktop.machine import Machine
from models.engines.cloud_errors import ModelNotFound
from models.errors import EngineError


def open_consent(qtbot, window):
    """Click the switch and wait for the dialog."""
    window.header.cloud.click()
    qtbot.waitUntil(lambda: window.cloud.dialog is not None)
    return window.cloud.dialog


def test_switching_on_asks_first_and_keeps_the_key_in_the_keyring(qtbot, house, window):
    dialog = open_consent(qtbot, window)
    assert not house.settings.current.cloud_enabled
    assert not window.header.cloud.isChecked()
    dialog.key_field.setText("sk-0123456789abcdef")
    dialog.agree_button.click()
    qtbot.waitUntil(lambda: window.header.cloud.isChecked())
    assert house.settings.current.cloud_consent
    assert list(house.keyring.kept.values()) == ["sk-0123456789abcdef"]


def test_the_consent_names_host_time_and_cost(qtbot, window):
    dialog = open_consent(qtbot, window)
    words = " ".join(label.text() for label in dialog.findChildren(type(window.document.counts)))
    for part in ("api.openai.com", "30 days", "$0.0065", "Only for drafts"):
        assert part in words


def test_declining_leaves_the_cloud_off(qtbot, house, window):
    dialog = open_consent(qtbot, window)
    dialog.decline_button.click()
    qtbot.waitUntil(lambda: window.cloud.dialog is None)
    assert not house.settings.current.cloud_enabled
    assert not window.header.cloud.isChecked()
    assert house.keyring.kept == {}


def test_without_a_key_it_cannot_be_switched_on(qtbot, window):
    assert not open_consent(qtbot, window).agree_button.isEnabled()


def test_without_a_keyring_the_key_is_kept_for_the_session_only(qtbot, house, window, monkeypatch):
    monkeypatch.setattr(house.credentials, "_accepted", frozenset())
    dialog = open_consent(qtbot, window)
    assert dialog.session_box.isChecked()
    assert dialog.bar.isVisible()
    dialog.key_field.setText("sk-0123456789abcdef")
    dialog.agree_button.click()
    qtbot.waitUntil(lambda: window.header.cloud.isChecked())
    assert house.keyring.kept == {}
    assert house.credentials.get("api.openai.com") == "sk-0123456789abcdef"


def test_switching_off_needs_no_word(qtbot, house, window):
    house.settings.update(cloud_enabled=True, cloud_consent=True)
    window.cloud.changed.emit()
    window.header.cloud.click()
    assert not house.settings.current.cloud_enabled


def test_the_settings_switch_asks_for_consent_too(qtbot, house, window):
    dialog = window.show_settings()
    dialog.control("cloud_enabled").click()
    qtbot.waitUntil(lambda: window.cloud.dialog is not None)
    assert not house.settings.current.cloud_enabled
    assert not dialog.control("cloud_enabled").isChecked()


def test_the_key_box_shows_the_last_four_and_deletes(qtbot, house, window):
    house.credentials.set("api.openai.com", "sk-0123456789abcdef")
    box = window.show_settings().key_box
    qtbot.waitUntil(lambda: "…cdef" in box.status.text())
    assert "0123456789" not in box.status.text()
    box.delete_button.click()
    qtbot.waitUntil(lambda: "No key for api.openai.com" in box.status.text())
    assert house.keyring.kept == {}


def test_a_bad_address_is_refused_in_the_settings(qtbot, house, window):
    dialog = window.show_settings()
    field = dialog.control("cloud_base_url")
    field.setText("http://example.org/v1")
    field.editingFinished.emit()
    assert dialog.bar.isVisible()
    assert house.settings.current.cloud_base_url == "https://api.openai.com/v1"
    assert field.text() == "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("drafting", "on", "enabled"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_cloud_drafts_can_be_chosen_for_drafts_when_switched_on(drafting, on, enabled, house, window):
    house.settings.update(cloud_enabled=on, cloud_consent=on)
    window.skills.choose("T10" if drafting else "T01")
    window._refresh()
    assert window.answer.engine_box.model().item(3).isEnabled() is enabled
    assert window.answer.note_field.isVisible() is drafting


def test_the_banner_says_what_the_model_needs_and_what_there_is(window):
    window.banner.show_machine(Machine(3_000_000_000, 9_000_000_000, ("AVX2",), "x86_64"))
    assert window.banner.facts.text() == "4.9 GB · MIT licence · 23 languages"
    assert window.banner.check.text() == (
        "This machine: ⚠ 3.0 GB of disk free, 5.1 GB needed · 9.0 GB of memory free, enough · processor fine (AVX2)"
    )


def test_a_folder_without_a_model_is_refused_in_words(qtbot, house, window, tmp_path):
    window.files.use_model(tmp_path)
    qtbot.waitUntil(window.bar.isVisible)
    assert window.bar.title.text() == "That folder holds no model"
    assert house.settings.current.model_folder == ""


def test_a_model_folder_is_used_in_place(qtbot, house, window, tmp_path):
    (tmp_path / "genai_config.json").write_text("{}", encoding="utf-8")
    house.phi[0] = True
    window.files.use_model(tmp_path)
    qtbot.waitUntil(lambda: house.settings.current.model_folder == str(tmp_path))
    qtbot.waitUntil(lambda: not window.banner.isVisible())
    assert window.header.place.text() == "● On this device (Phi-4 Mini)"


def test_the_ledger_is_exported_and_the_answer_saved_without_a_word(qtbot, house, window, tmp_path):
    window.skills.choose("T01")
    window.document.set_text("A short plain text.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    window.files.write_answer(tmp_path / "answer.txt")
    qtbot.waitUntil(window.bar.isVisible)
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8").startswith("negative")


def test_an_answer_that_cannot_be_saved_is_said_in_words(qtbot, window, tmp_path):
    window.files.write_answer(tmp_path / "missing" / "answer.txt")
    qtbot.waitUntil(window.bar.isVisible)
    assert window.bar.title.text() == "The answer was not saved"


def switched_on(qtbot, window, key="sk-0123456789abcdef"):
    dialog = open_consent(qtbot, window)
    dialog.key_field.setText(key)
    dialog.agree_button.click()
    return dialog


def test_the_key_is_tried_out_before_it_is_kept(qtbot, house, window):
    switched_on(qtbot, window)
    qtbot.waitUntil(lambda: window.header.cloud.isChecked())
    assert house.checked == ["sk-0123456789abcdef"]
    assert house.settings.current.cloud_consent_host == "api.openai.com"


def test_a_key_that_the_host_refuses_is_not_kept_and_nothing_is_switched_on(qtbot, house, window):
    dialog = switched_on(qtbot, window, "sk-refused-0123456789")
    qtbot.waitUntil(dialog.bar.isVisible)
    assert "not accepted" in dialog.bar.title.text()
    assert house.keyring.kept == {}
    assert not house.settings.current.cloud_enabled
    assert dialog.agree_button.isEnabled()


def test_a_key_that_could_not_be_tried_out_is_kept_and_said_so(qtbot, house, window):
    switched_on(qtbot, window, "sk-unknown-0123456789")
    qtbot.waitUntil(window.bar.isVisible)
    assert "could not be tried out" in window.bar.message.text()
    assert house.settings.current.cloud_enabled


def test_switching_off_withdraws_the_consent_and_offers_to_forget_the_key(qtbot, house, window):
    switched_on(qtbot, window)
    qtbot.waitUntil(lambda: window.header.cloud.isChecked())
    window.header.cloud.click()
    assert not house.settings.current.agreed_to("api.openai.com")
    assert house.keyring.kept
    forget = next(b for b in window.bar.findChildren(QPushButton) if b.text() == "Forget the key")
    forget.click()
    qtbot.waitUntil(lambda: window.bar.title.text() == "The key is forgotten")
    assert house.keyring.kept == {}


def test_the_settings_switch_withdraws_too(qtbot, house, window):
    house.settings.update(cloud_enabled=True, cloud_consent=True)
    dialog = window.show_settings()
    dialog.control("cloud_enabled").click()
    assert not house.settings.current.cloud_consent
    assert window.bar.title.text() == "Cloud drafts are off"


def test_another_provider_takes_another_consent(qtbot, house, window):
    house.settings.update(cloud_enabled=True, cloud_consent=True, cloud_consent_host="api.openai.com")
    field = window.show_settings().control("cloud_base_url")
    field.setText("https://eu.api.openai.com/v1")
    field.editingFinished.emit()
    assert not house.settings.current.cloud_enabled
    assert not window.header.cloud.isChecked()
    assert "eu.api.openai.com" in window.bar.message.text()
    house.credentials.set("eu.api.openai.com", "sk-0123456789abcdef")
    assert "eu.api.openai.com" in " ".join(
        label.text() for label in open_consent(qtbot, window).findChildren(type(window.document.counts))
    )


def test_the_end_of_the_model_is_said_quietly_and_one_click_switches(qtbot, house, window):
    house.settings.update(cloud_enabled=True, cloud_consent=True)
    window.cloud._tell(ModelNotice("gpt-4o will be shut down on 2027-01-14.", "gpt-6-luna"))
    assert window.bar.property("state") == "note"
    switch = next(b for b in window.bar.findChildren(QPushButton) if b.text() == "Switch to gpt-6-luna")
    switch.click()
    assert house.settings.current.cloud_model == "gpt-6-luna"
    assert not window.bar.isVisible()


def test_a_model_that_is_gone_offers_its_successor_and_runs_again(qtbot, house, window):
    house.settings.update(cloud_enabled=True, cloud_consent=True, show_payload=False)
    house.credentials.set("api.openai.com", "sk-0123456789abcdef")
    house.cloud.error = ModelNotFound("The cloud model was not found", "Nothing was sent.")
    window.skills.choose("T10")
    window.answer.engine_box.setCurrentIndex(3)
    window.document.set_text("Answer that we agree.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert "gpt-6-luna, which costs about 95% less" in window.bar.message.text()
    house.cloud.error = None
    house.cloud.chunks = ["Dear team, we agree."]
    next(b for b in window.bar.findChildren(QPushButton) if b.text() == "Switch to gpt-6-luna").click()
    qtbot.waitUntil(lambda: window.answer.answer_text == "Dear team, we agree.")
    assert house.settings.current.cloud_model == "gpt-6-luna"
    assert window.document.text == "Answer that we agree."


def test_a_failed_cloud_draft_offers_the_device_and_keeps_the_text(qtbot, house, window):
    house.phi[0] = True
    house.settings.update(cloud_enabled=True, cloud_consent=True, show_payload=False)
    house.credentials.set("api.openai.com", "sk-0123456789abcdef")
    house.cloud.error = EngineError("The cloud failed", "Try again later.")
    house.engine.chunks = ["Dear team, from here."]
    window.skills.choose("T10")
    window.answer.engine_box.setCurrentIndex(3)
    window.document.set_text("Answer that we agree.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.document.text == "Answer that we agree."
    next(b for b in window.bar.findChildren(QPushButton) if b.text() == "Run on this device").click()
    qtbot.waitUntil(lambda: window.answer.answer_text == "Dear team, from here.")
