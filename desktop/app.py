"""Composition root of the window: builds every object once and hands it on."""

import os
import sys
import tempfile
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication

from desktop import logs
from desktop.ask_store import AskStore
from desktop.display import missing_libraries, start_problem
from desktop.gui.backend import Backend
from desktop.gui.crash import CrashDialog
from desktop.gui.main_window import MainWindow
from desktop.gui.self_test import SelfTest
from desktop.gui.theme import Theme, as_choice
from desktop.gui.unix_signals import UnixSignals
from desktop.machine import measure
from desktop.model_store import is_offline
from desktop.paths import HOME_VARIABLE, Paths, default_paths
from desktop.services import Services, build_services
from models.engines.pricing import TYPICAL_DRAFT
from models.offline import GUARD
from models.runtime import import_onnxruntime
from models.store.installed import check_folder


def run(file: Path | None = None) -> int:
    """Open the window, with ``file`` in it; returns the exit status when it closes."""
    paths = default_paths()
    logs.set_up_logging(paths)
    app = _application()
    services = build_services(paths)
    window, _theme = build_window(app, services, remember=True)
    _install_crash_dialog(paths, window)
    window.show()
    if file is not None:
        window.first_paint.connect(lambda: window.open_file(file))
    signals = UnixSignals(window.close)
    try:
        with GUARD.watching(lambda: is_offline(services.settings)):
            return app.exec()
    finally:
        signals.restore()
        services.close()
        logs.tear_down_logging()


def self_test() -> int:
    """Check the program from end to end, offscreen, in an own empty folder; 0 if every step passed."""
    with tempfile.TemporaryDirectory(prefix="strongroom-", ignore_cleanup_errors=True) as home:
        before = os.environ.get(HOME_VARIABLE)
        os.environ[HOME_VARIABLE] = home
        try:
            app = _application()
            services = build_services(default_paths())
            try:
                window, _theme = build_window(app, services)
                return SelfTest(window, services.settings, services.paths.resources).run()
            finally:
                services.close()
        finally:
            if before is None:
                del os.environ[HOME_VARIABLE]
            else:
                os.environ[HOME_VARIABLE] = before


def build_window(app: QApplication, services: Services, *, remember: bool = False) -> tuple[MainWindow, Theme]:
    """The window and its theme, not yet shown; ``remember`` keeps its size in the person's settings folder."""
    theme = Theme(app, services.paths.resources, as_choice(services.settings.current.theme))
    geometry = None
    if remember:
        geometry = QSettings(str(services.paths.config / "window.ini"), QSettings.Format.IniFormat)
    return MainWindow(build_backend(services), theme, geometry), theme


def build_backend(services: Services) -> Backend:
    """What the window needs, out of the services."""
    return Backend(
        assistant=services.assistant,
        ledger=services.ledger,
        settings=services.settings,
        own_rules=services.own_rules,
        credentials=services.credentials,
        tasks=services.tasks,
        notices=services.take_notices(),
        resources=services.paths.resources,
        version=program_version(),
        prices_as_of=services.prices.as_of.isoformat(),
        preview=services.preview,
        draft_cost_usd=lambda: services.prices.cost(services.settings.current.cloud_model, TYPICAL_DRAFT),
        phi_ready=services.engines.phi_ready,
        machine=lambda: measure(services.models.folder),
        models=services.models,
        release_engines=services.engines.close,
        leave_cloud=services.engines.close_cloud,
        check_model_folder=check_folder,
        warm_up=lambda: warm_up(services),
        check_key=services.account.check_key,
        model_notice=services.account.notice,
        refresh_models=services.account.refresh,
        successor=services.account.successor,
        close=services.close,
        learning=services.learning,
        ask_store=AskStore(services.paths.ask_file, services.credentials),
        taxonomies=services.taxonomies,
        known_accelerators=services.engines.known_accelerators,
        find_accelerators=services.engines.find_accelerators,
        starter=lambda: services.engines.local("starter"),
        phi=lambda: services.engines.local("phi"),
    )


def warm_up(services: Services) -> None:
    """Load what the first scan and the first starter run need, so that neither has to wait for it."""
    from models.engines.starter.engine import StarterEngine

    services.assistant.scan("Warm up: 2026-01-31, +44 20 7946 0958.")
    engine = services.engines.local("starter")  # before NumPy: it sets how many threads NumPy may use
    import_onnxruntime()
    if isinstance(engine, StarterEngine):
        engine.warm_up(services.tasks)


def program_version() -> str:
    """Version of the installed program."""
    try:
        return installed_version("strongroom")
    except PackageNotFoundError:
        return "(not installed)"


def _application() -> QApplication:
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else _start_qt()
    app.setApplicationName("Strongroom")
    app.setApplicationDisplayName("Strongroom")
    app.setDesktopFileName("strongroom")
    return app


def _start_qt() -> QApplication:
    """Make the application; where Qt would abort the process without a word of sense, say what is the matter."""

    def take(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            missing = missing_libraries(os.environ.get("QT_QPA_PLATFORM") or "xcb") if sys.platform == "linux" else ()
            print(f"strongroom: {start_problem(missing)}", file=sys.stderr, flush=True)  # noqa: T201 - no window to say it in
            os._exit(2)
        held.append(message)

    held: list[str] = []
    before = qInstallMessageHandler(take)
    try:
        app = QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)
    for message in held:
        qWarning(message)
    return app


def _install_crash_dialog(paths: Paths, window: MainWindow) -> None:
    """A bug, in any thread or slot, becomes a report without content and a dialog that shows it."""
    logs.install_crash_hooks(paths)
    write = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        write(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        CrashDialog(logs.crash_report(kind, trace), window).show()

    sys.excepthook = hook
    window.runner.crashed.connect(lambda error: hook(type(error), error, error.__traceback__))
