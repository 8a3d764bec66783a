"""Every library that the program is shipped with is named under About, with its licence."""

import re
import tomllib

import pytest

from desktop.gui.about_dialog import LICENCES
from desktop.paths import default_paths

ROOT = default_paths().resources.parent
NAMES = {
    "onnxruntime": "ONNX Runtime",
    "onnxruntime-ep-webgpu": "its WebGPU provider",
    "onnxruntime-genai": "ONNX Runtime GenAI",
    "openai": "OpenAI Python library",
    "pyside6-essentials": "PySide6",
}
"""What a library is called there, where that is not its own name."""
LIBRARIES = [
    re.split(r"[^\w-]", line, maxsplit=1)[0]
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
]


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_is_named_with_its_licence(library):
    name = NAMES.get(library, library).casefold().replace("-", "_")
    lines = [line for line in LICENCES.casefold().replace("-", "_").splitlines() if name in line]
    assert lines
    assert all("·" in line for line in lines)
