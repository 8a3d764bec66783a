"""Prove that the API key lives in a real Secret Service: stored, read, shown, replaced, deleted, locked, missing.

    python tests/prove_keyring.py

Starts GNOME Keyring on a D-Bus session of its own, in an empty home; the person's keyring is never touched. Linux only;
needs gnome-keyring and dbus-daemon (Debian's names). Prints each check; exits with 1 when one does not hold.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST, OTHER = "api.openai.com", "127.0.0.1:8080"
KEY, NEW = "sk-planted-0123456789abcdef", "sk-planted-new-9876543210"
PASSWORD = "correct horse"  # of the keyring made here
WORDS = {
    "locked": "The keyring is locked",
    "missing": "No keyring",
}


def main() -> int:
    """Run the checks inside sessions of their own, or, called with a name, one of the parts."""
    if len(sys.argv) > 1:
        sys.path.insert(0, str(ROOT))
        return {"unlocked": unlocked, "locked": locked, "missing": missing}[sys.argv[1]]()
    with tempfile.TemporaryDirectory() as home:
        return max(_session(home, part) for part in ("missing", "unlocked", "locked"))


def _session(home: str, part: str) -> int:
    """One part under its own D-Bus session; the keyring's files stay from one part to the next."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    environment = kept | {
        "HOME": home,
        "XDG_RUNTIME_DIR": home,
        "XDG_DATA_HOME": f"{home}/data",
        "STRONGROOM_HOME": f"{home}/strongroom",
    }
    # A session without a way to start services: only the keyring that is started here, if any, answers.
    configuration = Path(home, "session.conf")
    configuration.write_text(
        "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
        '<allow own="*"/></policy></busconfig>',
        encoding="utf-8",
    )
    command = ["dbus-run-session", f"--config-file={configuration}", "--", sys.executable, __file__, part]
    try:
        return subprocess.run(command, env=environment, timeout=120, check=False).returncode
    except FileNotFoundError:
        print("FAIL dbus-run-session is not installed (Debian: dbus-daemon)")
        return 1


def _start_keyring(*arguments: str, password: str | None) -> None:
    command = ["gnome-keyring-daemon", "--daemonize", "--components=secrets", *arguments]
    subprocess.run(
        command, input=password, text=True, timeout=30, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _check(name: str, holds: bool) -> int:
    print(f"{'ok  ' if holds else 'FAIL'} {name}")
    return 0 if holds else 1


def _title(act: Callable[[], object]) -> str:
    """The title of the error that ``act`` raises, if it holds no key; "" without one."""
    from models.errors import CredentialError

    try:
        act()
    except CredentialError as error:
        return error.title if KEY not in f"{error!r} {error.__cause__!r} {error.__context__!r}" else "it holds the key"
    return ""


def unlocked() -> int:
    """Everything that a person does with a key."""
    from desktop.credentials import Credentials, last_four

    _start_keyring("--unlock", password=PASSWORD)
    kept = Credentials()
    failed = _check("the backend is the Secret Service", kept.status().backend.endswith("SecretService.Keyring"))
    failed += _check("there is no key at first", kept.get(HOST) is None)
    kept.set(HOST, KEY)
    failed += _check("a key comes back from the keyring", Credentials().get(HOST) == KEY)
    failed += _check("it is bound to its host", Credentials().get(OTHER) is None)
    failed += _check("it shows as its last four characters", last_four(Credentials().get(HOST) or "") == "…cdef")
    kept.set(HOST, NEW)
    failed += _check("it can be replaced", Credentials().get(HOST) == NEW)
    kept.delete(HOST)
    failed += _check("it can be deleted", Credentials().get(HOST) is None)
    kept.set(HOST, KEY)
    files = [path for path in Path(os.environ["HOME"]).rglob("*") if path.is_file()]
    failed += _check("the keyring has written its file", any("keyring" in path.name for path in files))
    failed += _check("no file holds the key in clear", all(KEY.encode() not in path.read_bytes() for path in files))
    return min(failed, 1)


def locked() -> int:
    """The same keyring after a restart, with nobody there to unlock it."""
    from desktop.credentials import Credentials

    _start_keyring("--start", password=None)
    title = _title(lambda: Credentials().get(HOST))
    failed = _check(f"a locked keyring is told as locked ({title})", title == WORDS["locked"])
    title = _title(lambda: Credentials().set(OTHER, KEY))
    failed += _check(f"nothing is stored while it is locked ({title})", title == WORDS["locked"])
    kept = Credentials()
    kept.remember_for_session(HOST, KEY)
    failed += _check("a key for the session works all the same", kept.get(HOST) == KEY)
    return min(failed, 1)


def missing() -> int:
    """A session without a Secret Service."""
    from desktop.credentials import Credentials

    title = _title(lambda: Credentials().get(HOST))
    failed = _check(f"no keyring is told as none ({title})", title == WORDS["missing"])
    title = _title(lambda: Credentials().set(HOST, KEY))
    failed += _check(f"nothing is stored without one ({title})", title == WORDS["missing"])
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
