"""Plain text that others published: program messages in eight languages, and what WordNet says of words.

Hand-written shapes hold few words; a model that has seen no others takes an unknown one for a name. These sources are
large, freely licensed, and hold nothing of private persons. ``published.txt`` names the packages; fetched without
installing them (see README.md), they are read as the archives they are.
"""

import gettext
import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from models.training.pii_corpus.splits import Split, digest, is_held_out, shape_split

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "pt")
MIN_CHARS, MAX_CHARS, MIN_WORDS = 24, 500, 4
TITLED = 0.25
EXTRACT = "passages.jsonl.gz"

_CATALOG = re.compile(r"/(?:locale|translations)/([a-z]{2})(?:_[A-Z]{2})?/LC_MESSAGES/[a-z_]+\.mo$")
_MESSAGES = re.compile(r"/static/translations/(?:[a-z-]+/)?([a-z]{2})(?:-BR)?-[0-9a-f]{32}\.json$")
_DICTIONARY = re.compile(r"/wordnet/dict/data\.(?:adj|adv|noun1|noun2|verb)$")
_MARKUP = re.compile(r"<[^>]{0,200}>|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_FIELD = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{[^{}]{0,60}\}")
_UNFIT = re.compile(r"@|://|\{|%\(|\w{30}|^\W*$")
_SAID_OF_ONE = re.compile(r"\b(?:he|she|him|her|hers|his|my|me|i)\b", re.IGNORECASE)
# Numbers of WordNet's lexicographer files: adjectives of origin and belief, attributes, persons, states.
_OF_PERSONS = frozenset(("01", "07", "18", "26"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a few of them."""

    text: str
    language: str
    source: str

    @property
    def passage_id(self) -> str:
        """Source and a digest of the text, like the id of a shape."""
        return f"{self.source}/{digest(self.text)[:10]}"

    @property
    def split(self) -> Split:
        """The side it stands on, by its text."""
        return shape_split(self.text)


@cache
def passages(folder: Path) -> tuple[Passage, ...]:
    """All passages of the archives in ``folder``, without repeats, in a fixed order, or those of an extract there.

    Raises FileNotFoundError when there are neither.
    """
    if (extract := folder / EXTRACT).is_file():
        lines = gzip.decompress(extract.read_bytes()).decode().splitlines()
        return tuple(Passage(*json.loads(line)) for line in lines)
    archives = sorted(path for path in folder.iterdir() if path.name.endswith((".whl", ".tar.gz")))
    if not archives:
        raise FileNotFoundError(f"no archives in {folder}; fetch them as README.md says")
    found: dict[str, Passage] = {}
    for archive in archives:
        source = "published-" + re.split(r"-\d", archive.name)[0].lower()
        for language, raw in _messages(archive):
            text = _clean(raw)
            if text:
                found.setdefault(text, Passage(text, language, source))
    return tuple(found.values())


def write_extract(archives: Path, folder: Path) -> None:
    """Write the passages of ``archives`` into one file in ``folder``: a fiftieth of the size, and read at once."""
    lines = (json.dumps([p.text, p.language, p.source], ensure_ascii=False) for p in passages(archives))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EXTRACT).write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def _messages(archive: Path) -> Iterator[tuple[str, str]]:
    """Language and raw text of every message in one archive."""
    for name, content in _members(archive):
        if match := _CATALOG.search(name):
            yield from _from_catalog(match[1], content)
        elif match := _MESSAGES.search(name):
            yield from ((match[1], text) for text in _strings(json.loads(content)))
        elif _DICTIONARY.search(name):
            yield from (("en", text) for text in _from_wordnet(content.decode("utf-8", "replace")))


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of the files that may hold messages, in the order of their names."""

    def wanted(name: str) -> bool:
        match = _CATALOG.search(name) or _MESSAGES.search(name)
        return match[1] in LANGUAGES if match else bool(_DICTIONARY.search(name))

    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in sorted(filter(wanted, wheel.namelist())):
                yield name, wheel.read(name)
        return
    with tarfile.open(archive) as bundle:
        for member in sorted(bundle.getmembers(), key=lambda member: member.name):
            content = bundle.extractfile(member) if wanted(member.name) else None
            if content:
                yield member.name, content.read()


def _from_catalog(language: str, content: bytes) -> Iterator[tuple[str, str]]:
    catalog = gettext.GNUTranslations(io.BytesIO(content))
    # The header is the translation of "": it names translators.
    entries: dict[object, str] = catalog._catalog
    for key, translated in entries.items():
        original = key[0] if isinstance(key, tuple) else key
        if original and isinstance(original, str):
            yield language, translated
            yield "en", original


def _strings(value: object) -> Iterator[str]:
    """Every string in nested JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)


def _from_wordnet(content: str) -> Iterator[str]:
    """Definitions and examples of WordNet's data files; examples that say something of one person are left out.

    One definition in four comes with its word, as an encyclopedia has it: so public figures occur too.
    """
    for line in content.splitlines():
        head, bar, gloss = line.partition(" | ")
        if not bar or head.startswith(" "):
            continue
        fields = head.split(" ", 5)
        definition, *examples = re.split(r"[;,] (?=\")", gloss.strip())
        titled = is_held_out(f"title {definition}", TITLED)
        yield f"{fields[4].replace('_', ' ')}: {definition}" if titled else definition
        for example in examples:
            if not ((fields[1] in _OF_PERSONS and _SAID_OF_ONE.search(example)) or _names_someone(example)):
                yield example.strip(' "')


def _names_someone(text: str) -> bool:
    """Whether a word within looks like somebody's name."""
    return any(word[0].isupper() for word in re.findall(r"(?<=[a-z,] )[^\W\d_]+", text))


def _clean(raw: str) -> str:
    """The text without markup and with its gaps filled, or nothing when it is no prose."""
    text = _FIELD.sub("5", _MARKUP.sub(" ", unescape(raw)))
    text = " ".join(text.split())
    fits = MIN_CHARS <= len(text) <= MAX_CHARS and len(text.split()) >= MIN_WORDS and not _UNFIT.search(text)
    return text if fits else ""
