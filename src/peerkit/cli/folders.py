"""
Where papers go, and the list of them that lies beside them.

One `manifest.json` lists every paper in a folder. A run adds to it what it made,
and takes out what is no longer there; so papers of earlier runs stay listed. A
`manifest.json` of another register, or of another program, is left alone, and ours
is then named after the register.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

import peerkit
from peerkit import verbs
from peerkit.cli.checking import register_around, shown
from peerkit.errors import RefusedError, WriteError
from peerkit.files.names import safe_name
from peerkit.files.reading import read_bytes
from peerkit.files.writing import write_files
from peerkit.loading import SKIPPED
from peerkit.register import Register
from peerkit.verbs import Rendered

__all__ = ["Written", "out_folder", "write_papers"]

_MANIFEST = "manifest.json"
_FORM = "manifest/1"
_PAPERS = Path("papers")


@attrs.frozen(kw_only=True)
class Written:
    """
    The *folder* that papers were written into, and the name of its *manifest*.
    """

    folder: Path
    manifest: str
    entries: tuple[Mapping[str, Any], ...]


def out_folder(given: str, home: Path, register: str) -> Path:
    """
    Return the folder for the papers of *register*, which lies in *home*.

    Where none is *given* it is `papers`, but never among the files of a register or
    together with the papers of another.

    Raises:
        RefusedError: If it lies among the register's own files.
    """
    if not given:
        around = register_around(Path())
        if around is not None:
            return around.parent / f"{around.name}-papers"
        there = _read_manifest(_PAPERS / _MANIFEST)
        is_taken = there is not None and there.get("register") != register
        return Path(safe_name(register, _PAPERS.name, suffix="")) if is_taken else _PAPERS
    out, home = Path(given).resolve(), home.resolve()
    if out == home or (out.is_relative_to(home) and not _is_unread(out.relative_to(home).parts)):
        raise RefusedError(
            f"Nothing is written into {given}, because that is part of the register itself.",
            mend=f"Choose a folder outside it: --out {shown(home.parent / f'{home.name}-papers')}",
        )
    return Path(given)


def _is_unread(parts: tuple[str, ...]) -> bool:
    return any(part in SKIPPED or part.startswith(".") for part in parts)


def write_papers(
    folder: Path, register: Register, made: tuple[Rendered, ...], *, overwrite: bool
) -> Written:
    """
    Write *made* and the manifest into *folder*, all or nothing.

    Raises:
        WriteError: If a file could not be written; or, unless *overwrite*, if one of
            that name is there that peerkit did not make as it now is.
    """
    name, before = _earlier(folder, register.name)
    if not overwrite:
        _refuse_changed(folder, made, before)
    now = json.loads(verbs.manifest(register, made, peerkit.__version__))
    names = {one["file"] for one in now["papers"]}
    kept = [one for one in before if one["file"] not in names and (folder / one["file"]).is_file()]
    now["papers"] = sorted([*now["papers"], *kept], key=lambda one: str(one["file"]))
    listed = (json.dumps(now, indent=2, ensure_ascii=False) + "\n").encode()
    write_files(folder, {**{one.name: one.content for one in made}, name: listed})
    entries = {one["file"]: one for one in now["papers"]}
    return Written(folder=folder, manifest=name, entries=tuple(entries[one.name] for one in made))


def _earlier(folder: Path, register: str) -> tuple[str, list[dict[str, Any]]]:
    """
    Return the name of the manifest to write, and the papers it lists so far.
    """
    own_name = safe_name("manifest", register, suffix=".json")
    for name in (_MANIFEST, own_name):
        if not (folder / name).exists():
            return name, []
        found = _read_manifest(folder / name)
        if found is not None and found.get("register") == register:
            return name, _with_versions(found)
    return own_name, []


def _read_manifest(path: Path) -> dict[str, Any] | None:
    raw, _ = read_bytes(path.parent, path.name)
    try:
        found = json.loads(raw or b"")
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(found, dict) and found.get("peerkit") == _FORM
    papers = found.get("papers") if is_ours else None
    if not isinstance(papers, list):
        return None
    is_sound = all(isinstance(one, dict) and isinstance(one.get("file"), str) for one in papers)
    return found if is_sound else None


def _with_versions(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    version = found.get("version")
    if version == peerkit.__version__:
        return list(found["papers"])
    return [{"version": version, **one} for one in found["papers"]]


def _refuse_changed(
    folder: Path, made: Iterable[Rendered], before: Iterable[Mapping[str, Any]]
) -> None:
    listed = {one["file"]: one.get("sha256") for one in before}
    for one in made:
        try:
            there = (folder / one.name).read_bytes()
        except OSError:  # not there; if it cannot be read, the writer will say so
            continue
        if there == one.content or hashlib.sha256(there).hexdigest() == listed.get(one.name):
            continue
        reason = (
            "was changed after peerkit made it"
            if one.name in listed
            else "is there already, and peerkit did not make it for this register"
        )
        raise WriteError(
            f"{shown(folder / one.name)} {reason}, so nothing was written.",
            mend="Keep that file under another name, or choose another folder with --out; "
            "--overwrite replaces it.",
        )
