"""Derives ``resources/names/`` from the names of Faker and Mimesis: ``python -m models.training.name_lists ARCHIVES``.

Both are MIT-licensed (their notices are copied beside the lists) and needed only here: Faker installed, Mimesis as one
of the archives that ``pii_corpus/published.txt`` names, in the folder ``ARCHIVES``. Names are lower case without
accents, sorted, one a line. A name that is also an ordinary word, a place or a month (``Will``, ``Paris``, ``April``)
goes into the third list as well and needs more evidence before it counts; of Mimesis, which has odder ones, those that
the other archives write as words are left out.
"""

import importlib
import json
import pkgutil
import re
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from models.pii.recognizers.name_lists import FOLDER, folded
from models.training.name_lists_words import NOT_GIVEN, ORDINARY
from models.training.pii_corpus.published import passages

_NAME = re.compile(r"[a-zα-ωа-яёђјљњћџґєіїѓќўәөүғқңҳһıßøæœłđð'’-]{2,24}")
_LOREM_LOCALES = ("en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "da_DK", "cs_CZ", "la")
_MIN_CHARS = 3
_PERSON = "mimesis/datasets/*/person.json"


def provider_words(package: str, attribute: str, locales: tuple[str, ...] = ()) -> Iterator[str]:
    """Every word in the tables of a Faker provider package whose attribute name contains ``attribute``."""
    root = importlib.import_module(f"faker.providers.{package}")
    for module in pkgutil.iter_modules(root.__path__):
        if locales and module.name not in locales:
            continue
        provider = importlib.import_module(f"{root.__name__}.{module.name}").Provider
        for name in dir(provider):
            table = getattr(provider, name)
            if attribute in name and isinstance(table, list | tuple | dict):
                for entry in table:
                    yield from entry if isinstance(entry, tuple) else (str(entry),)


def cleaned(words: Iterator[str]) -> set[str]:
    """Folded names of one word in an alphabet that knows capitals; templates and titles drop out."""
    names = {folded(word.strip()) for word in words if word[:1].isupper() and "{" not in word}
    return {name for name in names if _NAME.fullmatch(name)}


def mimesis_words(wheel: Path, table: str) -> Iterator[str]:
    """Every name in the tables ``table`` ("names", "surnames") of the archive of Mimesis, whatever the language."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if Path(name).match(_PERSON):
                yield from _strings(json.loads(archive.read(name)).get(table, ()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def written_as_words(archives: Path) -> set[str]:
    """Words that published text writes in lower case, or with a capital inside a sentence, which makes them no names.

    The texts name nobody but figures of history; the nouns of German have capitals.
    """
    found: set[str] = set()
    for passage in passages(archives):
        found.update(folded(match[0]) for match in re.finditer(r"(?<=.)[^\W\d_]{2,}|^[^\W\d_A-Z]{2,}", passage.text))
    return found


def main(archives: Path) -> None:
    """Write the three lists."""
    (wheel,) = archives.glob("mimesis-*.whl")
    words_of_texts = written_as_words(archives)
    given = cleaned(provider_words("person", "first")) - NOT_GIVEN
    given |= cleaned(mimesis_words(wheel, "names")) - NOT_GIVEN - words_of_texts
    surnames = cleaned(provider_words("person", "last"))
    surnames |= cleaned(mimesis_words(wheel, "surnames")) - words_of_texts
    words = {folded(word) for word in provider_words("lorem", "word_list", _LOREM_LOCALES)}
    places = {folded(word) for word in provider_words("address", "countr")} | {
        folded(word) for word in provider_words("address", "state")
    }
    places |= {folded(word) for word in provider_words("address", "cities")}
    languages = {folded(word) for word in provider_words("person", "language_names")}
    doubtful = {
        name
        for name in given | surnames
        if name in words or name in places or name in languages or name in ORDINARY or len(name) < _MIN_CHARS
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file, names in (("given.txt", given), ("surnames.txt", surnames), ("doubtful.txt", doubtful)):
        (FOLDER / file).write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
        print(f"{file}: {len(names):,} names")
    for path in distribution("faker").files or ():
        if Path(path.name).stem.upper() == "LICENSE":
            (FOLDER / "LICENSE-Faker").write_text(path.read_text(), encoding="utf-8")
    with zipfile.ZipFile(wheel) as archive:
        (notice,) = (name for name in archive.namelist() if name.endswith("/LICENSE"))
        (FOLDER / "LICENSE-Mimesis").write_bytes(archive.read(notice))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
