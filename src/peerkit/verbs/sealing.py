"""
Seal what was written by hand, and take texts out of what was sealed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs

from peerkit import judging
from peerkit.errors import RefusedError, UnknownNameError, WriteError, closest, did_you_mean
from peerkit.files.text import decode
from peerkit.history import Occasion, Subject
from peerkit.history.erasing import without_texts
from peerkit.history.sealing import erased, seal
from peerkit.history.verifying import verify
from peerkit.history.writing import occasion_text, with_seals
from peerkit.hookspecs import Offers
from peerkit.loading.history import FOLDER
from peerkit.store import NewerError, Store
from peerkit.verbs.recording import Opened, Salt, new_salt, open_history, tampered

__all__ = ["Erased", "erase", "seal_history"]

_TRIES = 100


def seal_history(
    folder: str | Path,
    *,
    offers: Offers | None = None,
    store: Store | None = None,
    salt: Salt = new_salt,
) -> tuple[str, ...]:
    """
    Seal every entry of the register in *folder* that was written by hand.

    Seals go behind what the file holds; every byte before them stays. Return the files
    that were sealed.

    Raises:
        ProblemsError: If the register could not be taken in.
        RefusedError: If what is written was not permitted, does not fit what was sealed
            before, or stands in a file that cannot be added to.
        WriteError: If a file could not be written; it tells which were before that.
    """
    done: list[str] = []
    for _ in range(_TRIES):
        opened = open_history(folder, offers=offers, store=store)
        try:
            _seal(opened, salt, done)
        except NewerError:
            continue
        except WriteError as error:
            before = f" Before that, {', '.join(done)} was sealed." if done else ""
            raise WriteError(f"{error.message}{before}", mend=error.mend) from error
        return tuple(dict.fromkeys(done))
    raise RefusedError("Others kept writing, so that not all was sealed.", mend="Try again.")


def _seal(opened: Opened, salt: Salt, done: list[str]) -> None:
    history = opened.register.history
    unsealed = [one for one in history.occasions if one.entries.keys() - one.seals.keys()]
    if not unsealed:
        return
    _must_be_permitted(opened, {one.name for one in unsealed})
    about = {subject: None for one in unsealed for subject in one.entries}
    broken = tampered(verify(history), about)
    if broken is not None:
        raise RefusedError(
            f"What it would follow is not in order. {broken.message}", mend=broken.advice
        )
    seals = seal(history, record_digest=opened.register.digest, salt=salt)
    ready: dict[str, tuple[bytes, bytes]] = {}
    for name, found in seals.items():
        inside = opened.file_of(name)
        was = opened.store.read(inside)
        try:
            ready[inside] = was, with_seals(was, found, opened.reader.names_in(name))
        except RefusedError as error:
            raise RefusedError(f"{FOLDER}/{inside}: {error.message}", mend=error.mend) from error
    # All of them can be sealed; only now is the first one written.
    for inside, (was, made) in ready.items():
        opened.store.replace(inside, made, was=was)
        done.append(f"{FOLDER}/{inside}")


def _must_be_permitted(opened: Opened, names: set[str]) -> None:
    register = opened.register
    horizon = max((one.day for one in register.history.occasions), default=dt.date.min)
    for one in judging.judge(register, horizon, opened.offers.facts).refusals:
        if one.occasion is not None and one.occasion.name in names:
            file = opened.reader.file_of(one.occasion.name)
            raise RefusedError(
                f"What is not permitted is not sealed. {file}, {one.subject[1]}: {one.message}",
                mend=one.mend,
            )


@attrs.frozen(kw_only=True)
class Erased:
    """
    What was erased: from which *file*, and the occasion as it is *now*.

    *is_rewritten* tells that the text could not be cut out of the file as it was laid
    out, so that all of it was written anew; *remains* that the same words stand in it
    somewhere else.
    """

    file: str
    occasion: Occasion
    now: Occasion
    is_rewritten: bool
    remains: bool


def erase(
    folder: str | Path,
    occasion: str,
    subject: Subject,
    *fields: str,
    offers: Offers | None = None,
    store: Store | None = None,
) -> Erased:
    """
    Take texts of what *occasion* says of one record out of its file, for good.

    What is left is that there was a text, and its salted digest, so that every seal still
    holds. Papers, copies and backups that hold the text are out of reach.

    Raises:
        ProblemsError: If the register could not be taken in.
        UnknownNameError: If there is no such occasion.
        RefusedError: If there is no such text in it, or it is not sealed, or not as it was.
        WriteError: If the file could not be written; it is as it was.
    """
    opened = open_history(folder, offers=offers, store=store)
    history = opened.register.history
    if occasion not in history.by_name:
        guess = did_you_mean(closest(occasion, history.by_name))
        raise UnknownNameError(
            f"There is no occasion “{occasion}”.",
            mend=guess or f"Its name is that of its file in the folder {FOLDER}, without .yaml.",
        )
    before = history.by_name[occasion][1]
    now = erased(before, subject, *dict.fromkeys(fields))
    broken = tampered(verify(history), dict.fromkeys(before.entries))
    if broken is not None:
        raise RefusedError(f"Its seal does not hold. {broken.message}", mend=broken.advice)
    inside = opened.file_of(occasion)
    was = opened.store.read(inside)
    made = without_texts(was, before, now, opened.reader.names_in(occasion))
    is_rewritten = made is None or not _reads_as(opened, made, now)
    if made is None or is_rewritten:
        within, names = opened.reader.names(now.entries)
        made = occasion_text(now, within=within, names=names).encode()
        if not _reads_as(opened, made, now):
            raise RefusedError("The file cannot be written so that it reads as before without it.")
    try:
        opened.store.replace(inside, made, was=was)
    except NewerError as error:
        raise RefusedError(
            f"{FOLDER}/{inside} was changed meanwhile, so nothing was erased.", mend="Try again."
        ) from error
    return Erased(
        file=f"{FOLDER}/{inside}",
        occasion=before,
        now=now,
        is_rewritten=is_rewritten,
        remains=_remains(made, before, subject, fields),
    )


def _reads_as(opened: Opened, made: bytes, now: Occasion) -> bool:
    from peerkit.files.yaml import parse  # noqa: PLC0415 - as the file will be read

    stem = opened.stem("erased")
    text, _ = decode(made, stem)
    if text is None:
        return False
    back, _ = opened.taken_in(parse(text, stem, is_fit=True))
    return back is not None and _plain(attrs.evolve(back, name=now.name)) == _plain(now)


def _plain(occasion: Occasion) -> object:
    told = attrs.asdict(occasion, recurse=False)
    entries = {who: attrs.asdict(one, recurse=False) for who, one in occasion.entries.items()}
    seals = {who: attrs.asdict(one, recurse=False) for who, one in occasion.seals.items()}
    return {**told, "entries": entries, "seals": seals}


def _remains(made: bytes, before: Occasion, subject: Subject, fields: tuple[str, ...]) -> bool:
    text, _ = decode(made, "")
    whole = " ".join((text or "").split())
    entry = before.entries[subject]
    for field in fields:
        value = before.source if field == "source" else getattr(entry, field)
        texts = value if isinstance(value, tuple) else (value,)
        if any(" ".join(str(one).split()) in whole for one in texts):
            return True
    return False
