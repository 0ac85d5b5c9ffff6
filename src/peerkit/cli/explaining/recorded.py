"""
Why one record stands where it does: its rows, the answers of its facts, what happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from peerkit import verbs
from peerkit.cli.console import filled, sentence
from peerkit.cli.explaining.entry import Entry
from peerkit.cli.explaining.ruled import as_written
from peerkit.cli.standing import (
    asked_json,
    asked_words,
    axes_of,
    day_json,
    iso,
    move_json,
    move_words,
    name_of,
    owners_of,
    refusal_json,
    refusal_words,
    revision_json,
    revision_words,
    said,
    title_of,
)
from peerkit.hookspecs import Offers
from peerkit.judging import Snapshot, due_of
from peerkit.model import Record
from peerkit.register import Register

__all__ = ["ids_like", "recorded"]


def ids_like(name: str, register: Register) -> tuple[str, ...]:
    """
    Return the ids of records that *name* is the last part of.
    """
    wanted = name.casefold()
    return tuple(record.id for record in register if record.local_id.casefold() == wanted)


def recorded(name: str, register: Register, offers: Offers, on: dt.date) -> Iterator[Entry]:
    """
    Yield an entry for every record with the id *name*, before which its kind may stand.

    Raises:
        ProblemsError: If there is one, and the register could not be taken in whole.
    """
    kind, _, whole = name.strip().rpartition(" ")
    kind = kind.strip().replace(" ", "_")
    wanted = [
        record
        for one in register.kinds.values()
        if kind in ("", one.name, one.plural)
        and (record := register.records.get(one.name, {}).get(whole)) is not None
    ]
    if wanted:
        snapshot = verbs.judge(register, on=on, offers=offers)
        for record in wanted:
            yield Entry(
                category=record.kind.replace("_", " "),
                name=record.id,
                doc=title_of(record, register),
                details=_details(record, snapshot),
                words=tuple(_words(record, snapshot)),
            )


def _details(record: Record, snapshot: Snapshot) -> dict[str, Any]:
    register, state = snapshot.register, snapshot.state(record)
    place = register.locate(record.address)
    rules = snapshot.rules.kinds.get(record.kind)
    found: dict[str, Any] = {
        "on": iso(snapshot.on),
        "written_in": f"{place[0].file}:{place[0].line}" if place else None,
        "owners": list(owners_of(record)),
        "has_rules": rules is not None,
    }
    if rules is None:
        return found
    subject = (record.kind, record.id)
    return {
        **found,
        "stage": state.stage,
        "stage_since": iso(state.since),
        "due": day_json(state.due),
        "original_due": day_json(state.original_due),
        "due_working": _working(record, snapshot),
        "decided": [_decided(record, axis, snapshot) for axis in _axes(record, snapshot)],
        "fact_answers": {
            name: snapshot.ask(record, name)
            for kind, name in snapshot.rules.facts
            if kind == record.kind
        },
        "moved": [move_json(one) for one in state.moves],
        "revised": [revision_json(one) for one in state.revisions],
        "asked": [asked_json(one) for one in state.asked],
        "evidence": list(state.evidence),
        "impact": state.impact,
        "last_note": state.note,
        "updated": iso(state.updated),
        "refused": [refusal_json(one) for one in snapshot.refusals if one.subject == subject],
    }


def _axes(record: Record, snapshot: Snapshot) -> tuple[str, ...]:
    has_status = snapshot.table(record.kind) is not None
    return ("status",) * has_status + axes_of(record, snapshot)


def _working(record: Record, snapshot: Snapshot) -> str:
    due = due_of(record, snapshot)
    if due is not None:
        return due.working
    state = snapshot.state(record)
    before = f"; was {state.original_due}" if state.revisions and state.original_due else ""
    return f"due {state.due}{before}" if state.due is not None else ""


def _decided(record: Record, axis: str, snapshot: Snapshot) -> dict[str, Any]:
    rules = snapshot.rules.kinds[record.kind]
    written = rules.status if axis == "status" else rules.ratings[axis]
    table = snapshot.table(record.kind, axis)
    assert written is not None  # noqa: S101 - only axes of tables come here
    assert table is not None  # noqa: S101 - the same
    word = snapshot.rating(record, axis)
    found: dict[str, Any] = {
        "axis": axis,
        "title": table.title,
        "is": word,
        "meaning": table.key.get(word, ""),
    }
    if not table.rows:
        return {**found, "given_by": "people"}
    why = snapshot.why(record, axis)
    return {
        **found,
        "given_by": "rows",
        "row": why.number,
        "of_rows": len(table.rows),
        "as_written": as_written(written.rows[why.number - 1]),
        "because": {fact: why.answers[fact] for fact in why.row.cells},
        "asked": dict(why.answers),
        "people_rated": snapshot.state(record).ratings.get(axis, ""),
    }


# for people


def _words(record: Record, snapshot: Snapshot) -> Iterator[str]:
    register, state = snapshot.register, snapshot.state(record)
    place = register.locate(record.address)
    if place:
        yield f"  written in: {place[0].file}, line {place[0].line}"
    owners = ", ".join(name_of(one, register) for one in owners_of(record))
    if owners:
        yield filled(f"owner: {owners}", "  ", "  ")
    yield ""
    yield f"  On {said(snapshot.on)}:"
    if record.kind not in snapshot.rules.kinds:
        kind = record.kind.replace("_", " ")
        no_rules = f"No rules are declared for records of the kind {kind}, so it has no status."
        yield filled(no_rules, "  ", "  ")
        return
    if state.stage:
        since = f", since {said(state.since)}" if state.since else ", where it begins"
        yield f"  stage: {state.stage}{since}"
    if state.due is not None:
        yield filled(_working(record, snapshot), "  ", "  ")
    for axis in _axes(record, snapshot):
        yield from _why(_decided(record, axis, snapshot))
    yield ""
    yield "  Answers of its facts:"
    for kind, name in snapshot.rules.facts:
        if kind == record.kind:
            yield filled(f"{name}: {snapshot.ask(record, name)}", "    ", "  ")
    yield from _happened(record, snapshot)


def _why(decided: Mapping[str, Any]) -> Iterator[str]:
    meaning = f" ({decided['meaning'].rstrip('.')})" if decided["meaning"] else ""
    yield ""
    yield filled(f"{decided['title']}: {decided['is'] or 'not rated'}{meaning}", "  ", "  ")
    if decided["given_by"] == "people":
        yield "    People rate it; no table decides."
        return
    because = " and ".join(f"{fact} is {answer}" for fact, answer in decided["because"].items())
    yield filled(
        f"Row {decided['row']} of {decided['of_rows']} decides, because "
        f"{because or 'no row before it fits'}.",
        "    ",
    )
    yield filled(f"As written: {decided['as_written']}", "    ", "  ")
    asked = ", ".join(f"{fact}: {answer}" for fact, answer in decided["asked"].items())
    if asked:
        yield filled(f"The table asks: {asked}", "    ", "  ")
    given = decided["people_rated"]
    if given and given != decided["is"]:
        yield filled(f"People rated it {given}; what the table says counts.", "    ", "  ")


def _happened(record: Record, snapshot: Snapshot) -> Iterator[str]:
    register, state = snapshot.register, snapshot.state(record)
    told = [
        *((one.day, move_words(one, register)) for one in state.moves),
        *((one.day, f"Due {revision_words(one, register)}") for one in state.revisions),
        *((one.day, asked_words(one, register)) for one in state.asked),
    ]
    yield ""
    yield "  What happened:" if told or state.updated else "  Nothing has been recorded of it."
    for _, words in sorted(told, key=lambda one: one[0]):
        yield filled(words[0].upper() + words[1:], "    ", "  ")
    for label, text in (
        ("Evidence", "; ".join(state.evidence)),
        ("Impact", state.impact),
        ("Last note", state.note),
        ("Last told of", said(state.updated) if state.updated else ""),
    ):
        if text:
            yield filled(f"{label}: {sentence(' '.join(text.split()))}", "    ", "  ")
    subject = (record.kind, record.id)
    for refusal in snapshot.refusals:
        if refusal.subject == subject:
            yield filled(f"Not permitted: {refusal_words(refusal)}", "    ", "  ")
