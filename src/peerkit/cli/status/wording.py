"""
What stands where, in tables and sentences for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from peerkit.cli.checking import Checked, shown
from peerkit.cli.console import clean, filled, say, typed
from peerkit.cli.standing import (
    asked_words,
    kinds_words,
    name_of,
    owners_of,
    ratings_of,
    revision_words,
    said,
    tell_refused,
    title_of,
)
from peerkit.cli.status.told import Told, without_rules
from peerkit.cli.tables import table
from peerkit.cli.telling import counted, plural
from peerkit.judging import Snapshot, Tally
from peerkit.model import Record, RecordKind

__all__ = ["tell"]

_HEADINGS = ("Id", "Status", "What", "Owner", "Due", "Stage", "Ratings")
_PACKS: Mapping[str, tuple[str, ...]] = {
    "action": ("actions-in-four-words", "actions-by-evidence", "actions-looking-ahead"),
    "review": ("reviews",),
    "finding": ("reviews",),
    "plan": ("reviews",),
}
"""The packs of peerkit itself that have rules for a kind of record."""


def tell(
    found: Checked, snapshot: Snapshot, told: tuple[Told, ...], folder: str, wanted: str
) -> None:
    """
    Print what stands where; *wanted* is the one kind that was asked for, or nothing.
    """
    told = tuple(one for one in told if one.records)
    say(click.style(clean(f"{found.register.name} on {said(snapshot.on)}"), bold=True))
    say()
    for one in told:
        _tell_kind(snapshot, one)
    _tell_counts(told)
    _tell_due(snapshot, told)
    _tell_asked(snapshot, told)
    tell_refused(one for one in snapshot.refusals if wanted in ("", one.subject[0]))
    if wanted and not found.register.of_kind(wanted):
        say(f"There are no {_plural(found.register.kinds[wanted])} yet.")
    elif not any(found.register):
        say("There are no records yet.")
    _tell_without(without_rules(snapshot, wanted))
    _tell_next(found, snapshot, told, folder)


def _plural(kind: RecordKind) -> str:
    return kind.plural.replace("_", " ")


def _tell_kind(snapshot: Snapshot, told: Told) -> None:
    register = snapshot.register
    groups: dict[tuple[str, str], list[Record]] = {}
    holders = {record.id: register.holder(record) for record in told.records}
    for record in told.records:
        holder = holders[record.id]
        groups.setdefault((holder.kind if holder else "", record.scope), []).append(record)
    for (_, scope), records in groups.items():
        holder = holders[records[0].id]
        of = f" of {scope}: {title_of(holder, register)}" if holder else ""
        say(click.style(filled(f"{_plural(told.kind).capitalize()}{of}", hanging="  "), bold=True))
        rows = [_row(snapshot, told, record) for record in records]

        def colour(row: int, column: int, records: list[Record] = records) -> str | None:
            is_late = records[row].id in told.late
            return "red" if is_late and _HEADINGS[column] == "Status" else None

        for line in table(_HEADINGS, rows, whole=("Id", "Status"), colour=colour):
            say(line)
        say()


def _row(snapshot: Snapshot, told: Told, record: Record) -> tuple[str, ...]:
    register, state = snapshot.register, snapshot.state(record)
    tables = snapshot.rules.tables[record.kind]
    ratings = (
        f"{tables[axis].title}: {word}" for axis, word in ratings_of(record, snapshot).items()
    )
    since = f"since {said(state.since)}" if state.since else ""
    return (
        record.local_id if told.kind.scope else record.id,
        snapshot.status(record),
        title_of(record, register),
        ", ".join(name_of(one, register) for one in owners_of(record)),
        "\n".join(_due_cell(snapshot, record)),
        f"{state.stage} {since}".strip(),
        "\n".join(ratings),
    )


def _due_cell(snapshot: Snapshot, record: Record) -> Iterator[str]:
    state = snapshot.state(record)
    if state.due is not None:
        yield str(state.due)
    times = len(state.revisions)
    if times:
        often = "revised" if times == 1 else f"revised {times} times"
        yield f"{often}, was {state.original_due or 'without a day'}"


def _tell_counts(told: tuple[Told, ...]) -> None:
    counts = [one for one in told if one.tally is not None]
    if not counts:
        return
    say(click.style("How many", bold=True))
    for one in counts:
        assert one.tally is not None  # noqa: S101 - just looked at
        name, several = one.kind.name.replace("_", " "), _plural(one.kind)
        words = _counts(one.tally.counts)
        say(filled(f"{plural(one.tally.total, name, several)}: {words}", "  ", "    "))
        _tell_themes(one.tally)
    say()


def _tell_themes(found: Tally) -> None:
    if not any(one.theme for one in found.themes):
        return
    sums = sum(one.total for one in found.themes)
    if sums != found.total:
        note = "One in several themes counts in each of them, and once in all."
        say(filled(note, "    ", "  "))
    for one in found.themes:
        name = one.theme.title if one.theme else "no theme"
        say(filled(f"{name}: {_counts(one.counts)}", "    ", "  "))


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counts.items() if number)


def _tell_due(snapshot: Snapshot, told: tuple[Told, ...]) -> None:
    late = [due for one in told for due in one.late.values()]
    soon = [due for one in told for due in one.soon]
    for heading, several in (("Overdue", late), ("Due soon", soon)):
        if not several:
            continue
        say(click.style(heading, bold=True))
        for due in several:
            say(filled(f"{due.record.id}: {due.working}.", "  ", "  "))
            for revision in due.revisions:
                say(filled(revision_words(revision, snapshot.register), "    ", "  "))
        say()


def _tell_asked(snapshot: Snapshot, told: tuple[Told, ...]) -> None:
    waiting = [
        (record, request)
        for one in told
        for record in one.records
        if (request := snapshot.state(record).open_request) is not None
    ]
    if not waiting:
        return
    say(click.style("Asked, and not answered yet", bold=True))
    for record, request in waiting:
        words = asked_words(request, snapshot.register).removesuffix(" Not answered yet.")
        say(filled(f"{record.id}: {words}", "  ", "  "))
    say()


def _tell_without(kinds: tuple[RecordKind, ...]) -> None:
    if not kinds:
        return
    say(filled(f"There are no rules for {kinds_words(kinds)}, so they have no status."))
    choices = list(dict.fromkeys(_PACKS[kind.name] for kind in kinds if kind.name in _PACKS))
    if choices:
        several = " and ".join(_one_of(names) for names in choices)
        such_as = ", ".join(names[0] for names in choices)
        say(filled(f"To have some, extend {several}, such as: extends: [{such_as}]"))
    else:
        say("To have some, state them in peerkit.yaml: peerkit explain rules")
    say()


def _one_of(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"one of {', '.join(names)}"


def _tell_next(found: Checked, snapshot: Snapshot, told: tuple[Told, ...], folder: str) -> None:
    if found.problems:
        say(f"To see {counted(found.problems)}: peerkit check {typed(folder)}")
    named = next(_movable(snapshot, told), None)
    if named is not None:
        record, stage = named
        say(
            "To record what happened: "
            f"peerkit record {typed(folder)} {typed(record.id)} --to {_quoted(stage)}"
        )
        where = "" if shown(Path(folder)) == "." else f", in {typed(folder)}"
        say(f"To see why it stands where it does{where}: peerkit explain {typed(record.id)}")


def _movable(snapshot: Snapshot, told: tuple[Told, ...]) -> Iterator[tuple[Record, str]]:
    """
    Yield records with a stage that each may be moved to, what is overdue first, then actions.
    """
    for one in sorted(told, key=lambda each: (not each.late, each.kind.name != "action")):
        lifecycle = snapshot.rules.kinds[one.kind.name].lifecycle
        for record in one.records if lifecycle else ():
            assert lifecycle is not None  # noqa: S101 - just looked at
            onward = lifecycle.next(snapshot.state(record).stage)
            free = [stage for stage in onward if stage not in lifecycle.dated]
            if free:
                yield record, free[0]


def _quoted(word: str) -> str:
    return clean(f'"{word}"' if " " in word else word)
