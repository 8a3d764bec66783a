"""Derives ``resources/names/`` from the name providers of Faker: run ``python -m models.training.name_lists``.

Faker is MIT-licensed (its notice is copied beside the lists); it is needed only here. Names are lower case without
accents, sorted, one a line. A name that is also an ordinary word, a place or a month (``Will``, ``Paris``, ``April``)
goes into the third list as well and needs more evidence before it counts.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from models.pii.recognizers.name_lists import FOLDER, folded
from models.training.name_lists_words import NOT_GIVEN, ORDINARY

_NAME = re.compile(r"[a-zα-ωа-яёђјљњћџґєіїѓќўәөүғқңҳһıßøæœłđð'’-]{2,24}")
_LOREM_LOCALES = ("en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "da_DK", "cs_CZ", "la")
_MIN_CHARS = 3


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


def main() -> None:
    """Write the three lists."""
    given = cleaned(provider_words("person", "first")) - NOT_GIVEN
    surnames = cleaned(provider_words("person", "last"))
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


if __name__ == "__main__":
    main()
