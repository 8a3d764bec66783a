"""Whether a file can have a second name on its disk; where it cannot (FAT, exFAT), it takes a copy."""

import errno
import os
from pathlib import Path

_REFUSED = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK, errno.EXDEV}
)
"""What systems say where a format knows no such names (Windows' words for it arrive as EINVAL), or has enough of them,
or where the two are on different disks."""


def can_link(file: Path, folder: Path, *, probe: Path) -> bool:
    """Whether ``file`` can also have a name in ``folder``; tries it with ``probe``, a file that nobody has open.

    What cannot be tried for another reason counts as possible: writing there fails then, and says why.
    """
    name = folder / f"{probe.name}.link"
    try:
        if file.stat().st_dev != folder.stat().st_dev:
            return False
        name.unlink(missing_ok=True)
        link(probe, name)
        name.unlink()
    except OSError as error:
        return error.errno not in _REFUSED
    return True


def link(file: Path, name: Path) -> None:
    """Give ``file``, or what it is a symbolic link to, another name. Raises OSError."""
    os.link(os.path.realpath(file), name)
