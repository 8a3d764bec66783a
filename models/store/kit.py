"""A kit for machines without a network: the model's files, their digests, the list entry and a checker."""

import shutil
from pathlib import Path

from models.store import faults
from models.store.record import ModelRecord, RecordedFile, read_record, write_record, write_whole
from models.store.workplace import WORKPLACE

_README = """\
{name}, {license} licence (LICENSE.txt)
{repository} at revision {revision}

To use it on a machine without a network:

1.  Copy this folder to the machine.
2.  Check it, in this folder:   python3 check.py     (or: sha256sum -c SHA256SUMS)
3.  Import it:                  strongroom models import FOLDER
    or in the window: Models, Import a folder. It can also be used where it lies, without a copy.

SHA256SUMS shows that nothing was damaged on the way. It cannot show that nobody exchanged both the files and
SHA256SUMS: carry the kit by a way that you trust, or compare SHA256SUMS with one that you got by another way.
"""


def write_kit(folder: Path, checker: Path) -> ModelRecord:
    """Turn an installed folder into a kit; ``checker`` is the script that ships with the program.

    Raises:
        StorageError: it cannot be written, or the folder has no record.
    """
    record = read_record(folder)
    if record is None:
        raise faults.gone("the kit's folder")
    # Times of change do not survive a copy to a stick, so a kit has none; importing works the digests out anyway.
    files = tuple(RecordedFile(file.path, file.size_bytes, file.sha256) for file in record.files)
    kit = ModelRecord(
        record.id, record.name, record.license, record.license_text, record.repository, record.revision, record.origin,
        record.proof, record.checked_at, files,
    )  # fmt: skip
    words = {key: getattr(record, key) for key in ("name", "license", "repository", "revision")}
    try:
        write_record(folder, kit)
        write_whole(folder / "SHA256SUMS", "".join(f"{file.sha256}  {file.path}\n" for file in files))
        write_whole(folder / "LICENSE.txt", record.license_text + "\n")
        write_whole(folder / "README.txt", _README.format(**words))
        shutil.copyfile(checker, folder / "check.py")
        shutil.rmtree(folder.parent / WORKPLACE, ignore_errors=True)
    except OSError as error:
        raise faults.from_os(error, "the kit's folder") from error
    return kit
