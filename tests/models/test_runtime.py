"""What is said to the runtime before it is loaded."""

import os

import pytest

from models.runtime import import_onnxruntime


def test_telemetry_is_off_and_linear_algebra_keeps_to_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    import_onnxruntime()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_a_number_of_threads_that_the_person_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    import_onnxruntime()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "4"
