"""
Reads files, but only inside one folder, and never more than the limits allow.

Whatever is wrong with a file becomes a problem with its name; nothing here raises
because of what a folder holds.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from peerkit.errors import Place, Problem, ProblemKind, RefusedError, Severity
from peerkit.files.limits import FILE_BYTES, FILES, FOLDER_BYTES, FOLDER_DEPTH, LIMITS
from peerkit.files.names import is_device_name, name_warning
from peerkit.files.text import decode
from peerkit.files.tree import Source, Tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = [
    "LIMITS",
    "OUTSIDE",
    "PROBLEM_KINDS",
    "inside",
    "is_file",
    "list_files",
    "outside_reason",
    "read_bytes",
    "read_source",
    "read_yaml",
]

CASE: Final = ProblemKind(
    code="file-case",
    severity=Severity.WARNING,
    meaning="Two file names differ only in capital letters; on Windows and Mac they are one file.",
    mend="Rename one of the two.",
)
DEVICE: Final = ProblemKind(
    code="file-device-name",
    severity=Severity.FAULT,
    meaning="A file or folder has the name of a device on Windows, such as CON or AUX, and "
    "cannot be opened there, so it is not read.",
    mend="Rename it.",
)
MISSING: Final = ProblemKind(
    code="file-missing",
    severity=Severity.FAULT,
    meaning="A file or folder that is needed is not there.",
    mend="Check how its name is spelt, and whether it has been moved or is still being synced.",
)
NAME: Final = ProblemKind(
    code="file-name",
    severity=Severity.WARNING,
    meaning="A file or folder has a name that cannot be used on Windows.",
    mend="Rename it with letters, digits and dashes.",
)
NOT_A_FILE: Final = ProblemKind(
    code="file-not-a-file",
    severity=Severity.FAULT,
    meaning="There is something other than a file where a file is needed, such as a folder.",
    mend="Name a file, or rename the folder.",
)
OUTSIDE: Final = ProblemKind(
    code="file-outside",
    severity=Severity.FAULT,
    meaning="A name leads outside the folder it must stay in, so it is not followed.",
    mend="Copy the file into the folder and give its name from there, with / between folders.",
)
TOO_LARGE: Final = ProblemKind(
    code="file-too-large",
    severity=Severity.FAULT,
    meaning="A file is larger, or a folder holds more, than peerkit reads.",
    mend="Share large files out over several, and keep other files in another folder.",
)
UNREADABLE: Final = ProblemKind(
    code="file-unreadable",
    severity=Severity.FAULT,
    meaning="The system does not let peerkit read a file or folder.",
    mend="Open the file yourself; if that fails too, ask who looks after it to let you read it.",
)

PROBLEM_KINDS: Final = (CASE, DEVICE, MISSING, NAME, NOT_A_FILE, OUTSIDE, TOO_LARGE, UNREADABLE)

# What a name may not be like, and what it is then; told apart from above.
_OUTSIDE_NAMES: Final = (
    (re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE), "it is an address, not the name of a file"),
    (re.compile(r"[a-z]:", re.IGNORECASE), "it begins with the letter of a drive"),
    (re.compile(r"[/\\]"), "it does not begin in the folder"),
    (re.compile(r"~"), "it does not begin in the folder"),
    (re.compile(r".*\\", re.DOTALL), r"it has a \ between folders; write / instead"),
    (re.compile(r"(.*/)?\.\.(/|$)", re.DOTALL), "it leads up and out of the folder"),
    (re.compile(r".*[\x00-\x1f:]", re.DOTALL), "it holds a character no file name can hold"),
    (re.compile(r"[./]*$"), "it names no file"),
)

# The first class that fits; any other refusal of the system is the last row.
_REFUSALS: Final[tuple[tuple[type[OSError], ProblemKind, str], ...]] = (
    (FileNotFoundError, MISSING, "{0} is not there."),
    (NotADirectoryError, MISSING, "{0} is not there."),
    (IsADirectoryError, NOT_A_FILE, "{0} is a folder, not a file."),
    (PermissionError, UNREADABLE, "You have no permission to read {0}."),
    (OSError, UNREADABLE, "{0} cannot be read."),
)


def outside_reason(folder: Path, relative: str) -> str:
    """
    Say why *relative* is not inside *folder*; nothing if it is.
    """
    for pattern, reason in _OUTSIDE_NAMES:
        if pattern.match(relative):
            return reason
    if any(is_device_name(part) for part in PurePosixPath(relative).parts):
        return "it is the name of a device on Windows"
    if not _is_within(folder, folder / relative):
        return "it is a link that leads out of the folder"
    return ""


def inside(folder: Path, relative: str) -> Path:
    """
    Return the path of *relative* in *folder*.

    Raises:
        RefusedError: If it leads outside, by its name or by a link.
    """
    reason = outside_reason(folder, relative)
    if reason:
        raise RefusedError(_outside_message(relative, reason), mend=OUTSIDE.mend)
    return folder / relative


def list_files(
    folder: Path, suffixes: Collection[str], skip: Collection[str] = ()
) -> tuple[list[str], list[Problem]]:
    """
    Return the files in *folder* that end in one of *suffixes*, sorted, and problems.

    Hidden files and folders are passed over, and those whose name is in *skip*.
    """
    problems: list[Problem] = []
    files: list[str] = []
    endings = tuple(suffix.lower() for suffix in suffixes)
    total = 0
    for relative, size in _walk(folder, "", frozenset(skip), endings, problems):
        if len(files) >= FILES:
            message = f"The folder holds more than {FILES:,} files."
            problems.append(_problem(TOO_LARGE, relative, message))
            break
        if size > FILE_BYTES:
            problems.append(_too_large(relative, FILE_BYTES))
            continue
        total += size
        if total > FOLDER_BYTES:
            message = f"The files of the folder hold more than {FOLDER_BYTES // 2**20} MB together."
            problems.append(_problem(TOO_LARGE, relative, message))
            break
        files.append(relative)
    files.sort()
    problems.extend(_case_problems(files))
    return files, sorted(problems, key=lambda problem: problem.order)


def is_file(path: Path) -> bool:
    """
    True if *path* is a file that can be seen; what may not be looked at is none.
    """
    try:
        return path.is_file()
    except OSError:
        return False


def read_bytes(
    folder: Path, relative: str, limit: int = FILE_BYTES
) -> tuple[bytes | None, list[Problem]]:
    """
    Return the bytes of a file in *folder*, or none and why.
    """
    reason = outside_reason(folder, relative)
    if reason:
        return None, [_problem(OUTSIDE, relative, _outside_message(relative, reason))]
    path = folder / relative
    try:
        # Anything but a file is not even opened: reading a pipe may wait for ever.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "a folder, not a file" if stat.S_ISDIR(mode) else "not a file"
            return None, [_problem(NOT_A_FILE, relative, f"{relative} is {what}.")]
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        return None, [_refusal(relative, error)]
    if len(raw) > limit:
        return None, [_too_large(relative, limit)]
    return raw, []


def read_source(folder: Path, relative: str) -> tuple[str | None, list[Problem]]:
    """
    Return the text of a file in *folder*, fit for parsing, and problems.
    """
    raw, problems = read_bytes(folder, relative)
    return (None, problems) if raw is None else decode(raw, relative)


def read_yaml(folder: Path, relative: str) -> Tree:
    """
    Return the tree of a file in *folder*, with every problem met on the way.
    """
    # Late, so that reading other files needs no YAML parser.
    from peerkit.files.yaml import parse  # noqa: PLC0415

    text, problems = read_source(folder, relative)
    if text is None:
        return Tree(None, Source(relative, ""), tuple(problems))
    tree = parse(text, relative, is_fit=True)
    return Tree(tree.root, tree.source, (*problems, *tree.problems))


def _walk(
    folder: Path,
    relative: str,
    skip: frozenset[str],
    endings: tuple[str, ...],
    problems: list[Problem],
) -> Iterator[tuple[str, int]]:
    """
    Yield the name and size of each file, in the order of their names.
    """
    if relative.count("/") > FOLDER_DEPTH:
        message = f"Folders lie more than {FOLDER_DEPTH} deep inside one another."
        problems.append(_problem(TOO_LARGE, relative.rstrip("/"), message))
        return
    try:
        with os.scandir(folder / relative) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_refusal(relative.rstrip("/") or str(folder), error))
        return
    for entry in found:
        name = relative + entry.name
        if entry.name.startswith(".") or entry.name in skip:
            continue
        try:
            is_folder = entry.is_dir()
            wanted = entry.name.lower().endswith(endings)
            if not (is_folder or wanted):
                continue
            if not _is_listed(folder, entry, name, is_folder=is_folder, problems=problems):
                continue
            if not is_folder:
                yield name, entry.stat().st_size
                continue
        except OSError as error:
            problems.append(_refusal(name, error))
            continue
        yield from _walk(folder, name + "/", skip, endings, problems)


def _is_listed(
    folder: Path,
    entry: os.DirEntry[str],
    name: str,
    *,
    is_folder: bool,
    problems: list[Problem],
) -> bool:
    """
    True if *entry* may be followed, having noted what is wrong with it.
    """
    if not name.isascii() and name.encode("utf-8", "replace").decode("utf-8") != name:
        shown = name.encode("ascii", "backslashreplace").decode("ascii")
        problems.append(_problem(UNREADABLE, shown, f"The name of {shown} cannot be read."))
        return False
    if is_device_name(entry.name):
        message = f"{name} is not read: its name is that of a device on Windows."
        problems.append(_problem(DEVICE, name, message))
        return False
    warning = name_warning(entry.name)
    if warning:
        problems.append(_problem(NAME, name, f"{name} cannot be used on Windows: {warning}."))
    # A junction is no link to Python before 3.12, so every folder is looked at.
    if (is_folder or entry.is_symlink()) and not _is_within(folder, folder / name):
        reason = "it is a link that leads out of the folder"
        problems.append(_problem(OUTSIDE, name, _outside_message(name, reason)))
        return False
    # Followed, a link to a folder would list its files twice, or for ever.
    return not (is_folder and entry.is_symlink())


def _is_within(folder: Path, path: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _case_problems(files: list[str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name in files:
        other = first.setdefault(name.casefold(), name)
        if other != name:
            message = f"{name} and {other} differ only in capital letters."
            yield _problem(CASE, name, message)


def _refusal(relative: str, error: OSError) -> Problem:
    kind, message = next(
        (kind, message) for refusal, kind, message in _REFUSALS if isinstance(error, refusal)
    )
    return _problem(kind, relative, message.format(relative))


def _too_large(relative: str, limit: int) -> Problem:
    return _problem(TOO_LARGE, relative, f"{relative} holds more than {limit:,} bytes.")


def _outside_message(relative: str, reason: str) -> str:
    return f"{relative!r} is outside the folder: {reason}."


def _problem(kind: ProblemKind, relative: str, message: str) -> Problem:
    return Problem(kind=kind, message=message, place=Place(relative))
