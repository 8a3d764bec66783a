"""What Qt needs of the system, and the sentence to say where that is missing. Knows no Qt itself."""

from collections.abc import Mapping, Sequence

PACKAGES = {
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
    "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl"),
}
"""System library that Qt loads → the Debian/Ubuntu and the Fedora package that brings it."""


def display_problem(system: str, environment: Mapping[str, str]) -> str:
    """Why no window can open here, as a sentence, or "". Qt would end the process without one."""
    if not system.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return ""
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return ""
    return (
        "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). Start it from a desktop "
        "session, or use the command line: strongroom --help."
    )


_BASE = ("libEGL.so.1", "libxkbcommon.so.0", "libdbus-1.so.3", "libfontconfig.so.1", "libglib-2.0.so.0")
_XCB = ("libX11.so.6", "libxcb.so.1", "libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libxcb-icccm.so.4")
_WAYLAND = ("libwayland-client.so.0", "libwayland-cursor.so.0")


def missing_libraries(platform_name: str) -> tuple[str, ...]:
    """System libraries that Qt's platform plugin (xcb, wayland …) needs on Linux and that cannot be loaded."""
    plugin = platform_name.partition(":")[0].partition("-")[0]
    needed = (*_BASE, *({"xcb": _XCB, "wayland": _WAYLAND}.get(plugin, ())))
    return tuple(library for library in needed if not _loads(library))


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def start_problem(missing: Sequence[str]) -> str:
    """The sentence for a window system that Qt cannot reach; ``missing`` are libraries that cannot be loaded."""
    if missing:
        names = ", ".join(missing)
        debian, fedora = (
            " ".join(dict.fromkeys(PACKAGES[name][which] for name in missing if name in PACKAGES)) for which in (0, 1)
        )
        return (
            f"The window needs system libraries that are missing: {names}. Debian and Ubuntu: sudo apt install "
            f"{debian}. Fedora: sudo dnf install {fedora}. The command line works without them: strongroom --help."
        )
    return (
        "The window cannot be opened: the display cannot be reached (DISPLAY, WAYLAND_DISPLAY or QT_QPA_PLATFORM names "
        "one that is not there, or that does not let you in). Start it from a desktop session, or use the command "
        "line: strongroom --help."
    )


def import_problem(message: str) -> str:
    """What to install for a failed import of Qt, as a sentence; "" where the import failed for another reason."""
    library = message.partition(":")[0].strip().rpartition("/")[2]
    if library in PACKAGES:
        debian, fedora = PACKAGES[library]
        return (
            f"The system library {library} is missing, which the window needs. Debian and Ubuntu: sudo apt install "
            f"{debian}. Fedora: sudo dnf install {fedora}. The command line works without it: strongroom --help."
        )
    if ".so" in library and " " not in library:
        return (
            f"The system library {library} is missing, which the window needs. Install the package that brings it. The "
            "command line works without it: strongroom --help."
        )
    if "PySide6" in message or "shiboken6" in message:
        return (
            "The package PySide6-Essentials, which draws the window, is missing or does not fit this system. Install "
            "Strongroom again. The command line works without it: strongroom --help."
        )
    return ""
