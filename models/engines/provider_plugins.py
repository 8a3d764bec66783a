"""Packages that bring an execution provider as a library of its own, which the runtime has to be told of.

None is needed, and none is fetched: one that is installed is offered, and tried like every other accelerator.
"""

import importlib
from typing import Any

_PLUGINS = {"webgpu": ("onnxruntime-ep-webgpu", "onnxruntime_ep_webgpu", "WebGpuExecutionProvider")}
"""By the model runtime's name of the provider: distribution, module, and the name that the library registers."""


def installed_plugins() -> tuple[str, ...]:
    """The providers that installed packages of this kind bring; nothing of them is loaded."""
    return tuple(provider for provider in _PLUGINS if version(provider))


def version(provider: str) -> str:
    """The version of the package that brings a provider; "" without one."""
    import importlib.metadata  # slow to import, and the window needs none of it

    if provider not in _PLUGINS:
        return ""
    try:
        return importlib.metadata.version(_PLUGINS[provider][0])
    except importlib.metadata.PackageNotFoundError:
        return ""


def register(provider: str, runtime: Any) -> None:
    """Tell ``runtime``, onnxruntime-genai, of the library that brings ``provider``; nothing where it has it built in.

    Loads native code and, through it, drivers: only ever called in the worker.

    Raises:
        RuntimeError: the library does not fit this runtime, or the system lacks what it needs.
    """
    if not version(provider):
        return
    _, module, name = _PLUGINS[provider]
    plugin = importlib.import_module(module)
    runtime.register_execution_provider_library(name, plugin.get_library_path())
