"""Loads skill packs from folders: those that ship with the program, then the person's own."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from models.errors import InputError, PackError
from models.skills.pack import BadKey, task_from_pack
from models.skills.skill import SKILLS, SkillName, Task

MAX_PACK_BYTES = 1_000_000
"""A pack file larger than this is refused unread."""


@dataclass(frozen=True, slots=True)
class Packs:
    """The tasks that loaded, by skill and then id, and what was wrong with the packs that did not."""

    tasks: tuple[Task, ...]
    problems: tuple[PackError, ...] = ()

    def get(self, task_id: str) -> Task:
        """The task with this id, without regard to case.

        Raises:
            InputError: there is no such task.
        """
        for task in self.tasks:
            if task.id.casefold() == task_id.strip().casefold():
                return task
        known = ", ".join(task.id for task in self.tasks) or "none: no skill pack could be loaded"
        raise InputError("No such task", f"Nothing was done with your text. The tasks are: {known}.")

    def of_skill(self, skill: SkillName) -> tuple[Task, ...]:
        """The tasks of one skill."""
        return tuple(task for task in self.tasks if task.skill == skill)


def load_packs(*folders: Path) -> Packs:
    """Load every ``*.toml`` of the folders. A pack that is not valid is reported, the others still load.

    The first folder holds the packs that ship with the program and must exist; those after it hold the person's own
    (see ``task_from_pack`` for what each must have) and may be missing. A person's pack whose id is that of a shipped
    one takes its place, so that labels and examples can be made one's own, but it must keep the skill: the skill
    decides what may go to the cloud. Two packs with the same id in one folder: the first by file name stays.
    """
    tasks: dict[str, Task] = {}
    problems: list[PackError] = []
    for position, folder in enumerate(folders):
        seen: dict[str, str] = {}
        try:
            files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml" and path.is_file())
        except OSError:
            if position == 0:
                problems.append(_no_folder())
            continue
        for file in files:
            try:
                task = _load(file, shipped=position == 0)
                key = task.id.casefold()
                if key in seen:
                    raise _problem(file, "id", f"the pack {seen[key]} has the same id")
                if key in tasks and tasks[key].skill != task.skill:
                    raise _problem(file, "skill", f"a pack that replaces {task.id} keeps its skill, {tasks[key].skill}")
            except PackError as error:
                problems.append(error)
                continue
            seen[key] = file.name
            tasks[key] = task
    ordered = sorted(tasks.values(), key=lambda task: (SKILLS.index(task.skill), task.id))
    return Packs(tuple(ordered), tuple(problems))


def load_pack(file: Path) -> Task:
    """One pack of the person's, from wherever it lies (one that was shared, say).

    Raises:
        PackError: it cannot be used; the message names the file and the key.
    """
    return _load(file, shipped=False)


def _load(file: Path, *, shipped: bool) -> Task:
    try:
        if file.stat().st_size > MAX_PACK_BYTES:
            raise _problem(file, "", f"the file is larger than {MAX_PACK_BYTES // 1000} kB")
        content = file.read_bytes()
    except OSError as error:
        raise _problem(file, "", "the file could not be read") from error
    try:
        pack = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _problem(file, "", f"the file is not UTF-8 text (byte {error.start})") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"\(at line (\d+)", str(error))
        place = f"line {line[1]}" if line else "at the end"
        raise _problem(file, "", f"the file is not valid TOML ({place})") from error
    try:
        return task_from_pack(pack, shipped=shipped)
    except BadKey as error:
        raise _problem(file, error.key, error.problem) from error


def _problem(file: Path, key: str, problem: str) -> PackError:
    where = f"{file.name}, {key}" if key else file.name
    return PackError(
        "A skill pack was left out",
        f"{where}: {problem}. Your documents are not affected, the other tasks work. Correct the file and start again.",
    )


def _no_folder() -> PackError:
    return PackError(
        "The built-in tasks are missing",
        "The folder with the skill packs cannot be read. Your documents are not affected; install the program again.",
    )
