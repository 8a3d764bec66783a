"""What was corrected in the past: cases that a version of a task can be tried on, and examples for Phi-4 Mini."""

from desktop.kept_examples import KeptExamples
from models.errors import StrongroomError
from models.skills.skill import Example, Task
from models.skills.text import fold


def corrected_cases(kept: KeptExamples, task: Task) -> tuple[Example, ...]:
    """The texts that were kept of the person's corrections of ``task``, those that are golden cases left out.

    May ask the keyring, so not on the GUI thread.

    Raises:
        CredentialError: the examples are locked.
        StorageError: they cannot be read.
    """
    if not kept.count(task.id):
        return ()
    tested = {fold(case.text) for case in task.golden}
    cases = {
        fold(one.text): Example(one.text, (one.label,))
        for one in reversed(kept.listed())
        if one.text and one.task == task.id and one.label in task.label_names and fold(one.text) not in tested
    }
    return tuple(cases.values())


def own_examples(kept: KeptExamples, task: Task) -> tuple[Example, ...]:
    """What Phi-4 Mini learns from: the ``corrected_cases``, the latest first; none where they are locked."""
    try:
        return corrected_cases(kept, task)[::-1]
    except StrongroomError:
        return ()
