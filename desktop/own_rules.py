"""The person's own rules for the gate: two lists in a file that only they can read, and a policy if they wrote one.

The lists hold what the person typed on purpose; they are kept in this one file and never in the ledger or the log.
"""

import datetime
import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from desktop.paths import Paths, private_folder
from desktop.settings import write_private
from models.errors import InputError, StorageError
from models.pii.own_lists import MAX_ENTRIES, MAX_ENTRY_CHARS, AllowEntry, OwnLists, key, tidy
from models.pii.personal import OwnRules
from models.pii.policy import CLOSED_POLICY, DEFAULT_POLICY, Policy, read_policy

VERSION = 1
"""Version of the lists file's form."""
MISSING_LISTS = "your own lists"
MISSING_POLICY = "your gate policy"
"""Names in ``Scan.failures`` of rules that could not be read."""
_MAX_FILE_BYTES = 8_000_000

LISTS_NOTICE = (
    "Your own lists (always flag, always allow) cannot be read: the file lists.json in your settings folder is "
    "damaged, from another version or not yours to read. Until that is mended every check counts as not finished, so "
    "nothing goes to the cloud. Put a copy of the file back, or open the lists in the settings and start new ones."
)
POLICY_NOTICE = (
    "Your gate policy cannot be read: the file policy.toml in your settings folder is damaged, not yours to read, or "
    "says something that is not allowed. Until that is mended every check counts as not finished, so nothing goes to "
    "the cloud. Mend the file or delete it, then start Strongroom again."
)


class OwnRulesStore:
    """Reads lists and policy once and writes each change of the lists at once. Safe to use from any thread.

    ``notices`` are sentences for the person about files that could not be used; show them once.
    """

    def __init__(self, paths: Paths, changed: Callable[[OwnRules], None] | None = None) -> None:
        """``changed`` is called with the rules after every change."""
        self._file = paths.lists_file
        self._changed = changed
        self._lock = threading.Lock()
        self.notices: tuple[str, ...] = ()
        lists = self._read_lists()
        policy = self._read_policy(paths.policy_file)
        missing = []
        if lists is None:
            missing.append(MISSING_LISTS)
            self.notices += (LISTS_NOTICE,)
        if policy is None:
            missing.append(MISSING_POLICY)
            self.notices += (POLICY_NOTICE,)
        self._rules = OwnRules(lists or OwnLists(), policy or CLOSED_POLICY, tuple(missing))

    @property
    def rules(self) -> OwnRules:
        """The rules as they are now."""
        return self._rules

    @property
    def lists(self) -> OwnLists:
        """The two lists as they are now."""
        return self._rules.lists

    @property
    def lists_missing(self) -> bool:
        """Whether the file of the lists is there and could not be read; it is left as it is until ``start_new``."""
        return MISSING_LISTS in self._rules.missing

    def on_change(self, changed: Callable[[OwnRules], None]) -> None:
        """Call ``changed`` with the rules after every change, instead of whom was called before."""
        self._changed = changed

    def flag(self, *entries: str) -> None:
        """Add to the deny-list; what is there already stays once, and leaves the allow-list.

        Raises:
            InputError: an entry cannot be one, or the list is full; nothing is changed.
            StorageError: the lists could not be saved; the change holds until the program ends.
        """
        added = [_tidy(entry) for entry in entries]
        keys = {key(entry) for entry in added}

        def change(lists: OwnLists) -> OwnLists:
            allow = tuple(each for each in lists.allow if key(each.text) not in keys)
            return OwnLists(allow, _union(lists.deny, added))

        self._update(change)

    def allow(self, *entries: str, confirmed: bool = False) -> None:
        """Add to the allow-list, and take off the deny-list. Raises as ``flag`` does.

        ``confirmed``: the person was told that it is or holds a secret or a proven number, and said so again.
        """
        added = [_tidy(entry) for entry in entries]
        keys = {key(entry) for entry in added}

        def change(lists: OwnLists) -> OwnLists:
            had = {each.text: each.confirmed for each in lists.allow}
            texts = _union(tuple(had), added)
            deny = tuple(each for each in lists.deny if key(each) not in keys)
            sure = keys if confirmed else set()
            return OwnLists(tuple(AllowEntry(text, had.get(text, False) or key(text) in sure) for text in texts), deny)

        self._update(change)

    def remove(self, *, flagged: Iterable[str] = (), allowed: Iterable[str] = ()) -> None:
        """Take entries off a list. Raises StorageError."""
        no_deny, no_allow = set(flagged), set(allowed)
        self._update(
            lambda lists: OwnLists(
                tuple(each for each in lists.allow if each.text not in no_allow),
                tuple(each for each in lists.deny if each not in no_deny),
            )
        )

    def start_new(self) -> None:
        """Keep the damaged file aside and begin with empty lists. Raises StorageError."""
        stamp = datetime.datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
        with self._lock:
            try:
                self._file.replace(self._file.with_name(f"lists.broken-{stamp}.json"))
            except FileNotFoundError:
                pass
            except OSError as error:
                raise _not_saved() from error
            self._set(OwnLists())

    def _update(self, change: Callable[[OwnLists], OwnLists]) -> None:
        with self._lock:
            if self.lists_missing:
                raise StorageError("Your lists cannot be read", LISTS_NOTICE)
            lists = change(self.lists)
            if max(len(lists.allow), len(lists.deny)) > MAX_ENTRIES:
                raise InputError(
                    "The list is full", f"A list holds {MAX_ENTRIES:,} entries at most. Nothing was added; remove some."
                )
            if lists != self.lists:
                self._set(lists)

    def _set(self, lists: OwnLists) -> None:
        """Go by ``lists`` from now on, and save them: a full disk must not leave an entry unflagged."""
        missing = tuple(name for name in self._rules.missing if name != MISSING_LISTS)
        self._rules = replace(self._rules, lists=lists, missing=missing)
        if self._changed is not None:
            self._changed(self._rules)
        content = {
            "version": VERSION,
            "flag": list(lists.deny),
            "allow": [{"text": each.text, "confirmed": each.confirmed} for each in lists.allow],
        }
        try:
            private_folder(self._file.parent)
            write_private(self._file, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        except (OSError, UnicodeEncodeError) as error:
            raise _not_saved() from error

    def _read_lists(self) -> OwnLists | None:
        """The lists of the file, empty ones where there is none, None where it cannot be read."""
        try:
            raw = _read(self._file)
            if raw is None:
                return OwnLists()
            content = json.loads(raw)
            if content["version"] != VERSION or set(content) != {"version", "flag", "allow"}:
                return None
            deny = tuple(tidy(entry) for entry in content["flag"])
            allow = tuple(AllowEntry(tidy(entry["text"]), entry["confirmed"] is True) for entry in content["allow"])
            return OwnLists(allow, deny) if max(len(allow), len(deny)) <= MAX_ENTRIES else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def _read_policy(self, file: Path) -> Policy | None:
        """The policy of the file, the default where there is none, None where it cannot be read."""
        try:
            raw = _read(file)
            return DEFAULT_POLICY if raw is None else read_policy(raw)
        except (OSError, ValueError, RecursionError):
            return None


def read_lines(file: Path) -> tuple[tuple[str, ...], int]:
    """Entries of a plain text file, one a line, and how many lines were left out because they cannot be entries.

    Raises:
        InputError: the file cannot be read as UTF-8 text, or is too long.
    """
    try:
        raw = _read(file)
        lines = [line for line in (raw or "").splitlines() if line.strip()]
        if raw is None or len(lines) > MAX_ENTRIES:
            raise ValueError("no list")
    except (OSError, ValueError) as error:
        raise InputError(
            "The list was not imported",
            f"The file cannot be read as plain text (UTF-8) of {MAX_ENTRIES:,} lines at most. "
            "Your lists stay as they are.",
        ) from error
    entries = []
    for line in lines:
        try:
            entries.append(tidy(line))
        except ValueError:
            continue
    return tuple(entries), len(lines) - len(entries)


def write_lines(file: Path, entries: Iterable[str]) -> None:
    """Write entries as plain text, one a line, readable by the person only. Raises StorageError."""
    try:
        write_private(file, "".join(f"{entry}\n" for entry in entries).encode("utf-8"))
    except (OSError, UnicodeEncodeError) as error:
        raise StorageError(
            "The list was not exported",
            "The file could not be written. Your lists are unchanged. Choose another folder and try again.",
        ) from error


def _read(file: Path) -> str | None:
    """The text of a file, None where there is none. Raises OSError, and ValueError if it is too long or not UTF-8."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return None
    if len(raw) > _MAX_FILE_BYTES:
        raise ValueError("too long")
    return raw.decode("utf-8-sig")


def _union(entries: tuple[str, ...], added: Iterable[str]) -> tuple[str, ...]:
    """``entries`` and after them what is new; quick for thousands of entries."""
    known = {key(entry) for entry in entries}
    result = list(entries)
    for entry in added:
        if key(entry) not in known:
            known.add(key(entry))
            result.append(entry)
    return tuple(result)


def _tidy(entry: str) -> str:
    try:
        return tidy(entry)
    except ValueError as error:
        raise InputError(
            "That cannot be an entry",
            f"An entry has two letters or digits at least and {MAX_ENTRY_CHARS} characters at most. Nothing was added.",
        ) from error


def _not_saved() -> StorageError:
    return StorageError(
        "Your lists could not be saved",
        "The disk is full, read-only or not yours to write. The change holds until you close Strongroom; your "
        "documents are not affected. Free the disk and make the change again.",
    )
