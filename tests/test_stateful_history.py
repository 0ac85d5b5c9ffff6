"""
Whatever officers do to a register's history, in whatever order, it stays true.
"""

import datetime as dt
import itertools
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

import peerkit
from peerkit import verbs
from peerkit.errors import RefusedError
from peerkit.history import heads
from peerkit.history.verifying import verify
from peerkit.plugins import find_plugins, gather

HERE = Path(__file__).parent
DAYS = [dt.date(2024, month, 1) for month in (1, 2, 3)]
TODAY = DAYS[-1]
STAGES = ["agreed", "under way", "done", "verified", "cancelled"]
RECORDS = ["A1", "A2", "A3"]
OFFERS = gather(without=[one.name for one in find_plugins()])

entries = st.fixed_dictionaries(
    {"note": st.sampled_from(["One.", "Two: three", "# four"])},
    optional={
        "to": st.sampled_from(STAGES),
        "reason": st.just("For a reason."),
        "evidence": st.just(["A list."]),
        "asks_due": st.just("May 2025"),
        "grants": st.just("due"),
    },
)
officers = st.sampled_from(["head", "deputy", "board"])
days = st.sampled_from(DAYS)


class Officers(RuleBasedStateMachine):
    """
    Several copies of one register, in which officers record, and which are brought together.
    """

    copies = Bundle("copies")

    def __init__(self):
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="peerkit-officers-"))
        self.numbers = itertools.count()
        self.acknowledged = {}
        self.touched = set()

    def teardown(self):
        """
        Leave nothing behind.
        """
        shutil.rmtree(self.home, ignore_errors=True)

    @initialize(target=copies)
    def create(self):
        """
        Begin a register.
        """
        folder = self.home / "0"
        shutil.copytree(HERE / "progress", folder)
        self.acknowledged[folder] = set()
        self.touched.add(folder)
        return folder

    @rule(target=copies, source=copies)
    def take_along(self, source):
        """
        Take a copy along on a laptop.
        """
        folder = self.home / f"copy-{next(self.numbers)}"
        shutil.copytree(source, folder)
        self.acknowledged[folder] = set(self.acknowledged[source])
        return folder

    @rule(folder=copies, record=st.sampled_from(RECORDS), entry=entries, by=officers, day=days)
    def record(self, folder, record, entry, by, day):
        """
        Record something, if that is permitted.
        """
        draft = {
            "day": day.isoformat(),
            "by": by,
            "occasion": f"occasion {next(self.numbers)}",
            "within": "plan",
            "records": {record: entry},
        }
        try:
            done = verbs.record(folder, draft, today=TODAY, offers=OFFERS)
        except RefusedError:
            return
        counted = peerkit.judge(done.register, on=TODAY, offers=OFFERS).refusals
        assert done.occasion.name not in {one.occasion.name for one in counted}
        self.acknowledged[folder].add(done.occasion.title)
        self.touched.add(folder)

    @rule(folder=copies, first=entries, second=entries, by=officers, day=days)
    def drop_in(self, folder, first, second, by, day):
        """
        Drop in a file that was written by hand, or by an import, permitted or not.
        """
        number = next(self.numbers)
        path = folder / "history" / f"{day}-hand-{number}.yaml"
        path.parent.mkdir(exist_ok=True)
        lines = [
            f"day: {day}",
            f"by: {by}",
            f"occasion: by hand {number}",
            "within: plan",
            "records:",
        ]
        for record, entry in (("A1", first), ("A3", second)):
            lines.append(f"  {record}:")
            for key, value in entry.items():
                lines.append(f"    {key}: '{value[0] if isinstance(value, list) else value}'")
        path.write_text("\n".join(lines) + "\n", "utf-8")
        self.acknowledged[folder].add(f"by hand {number}")
        self.touched.add(folder)

    @rule(folder=copies)
    def seal(self, folder):
        """
        Seal what was written by hand, if it was permitted.
        """
        before = {path: path.read_bytes() for path in _files(folder)}
        try:
            verbs.seal_history(folder, offers=OFFERS)
        except RefusedError:
            assert before == {path: path.read_bytes() for path in _files(folder)}
            return
        self.touched.add(folder)
        for path, raw in before.items():
            assert path.read_bytes().startswith(raw)

    @rule(one=copies, other=copies)
    def bring_together(self, one, other):
        """
        Copy files both ways, as a program that syncs folders does; those of one name stay two.
        """
        for source, target in ((one, other), (other, one)) if one != other else ():
            (target / "history").mkdir(exist_ok=True)
            for path in _files(source):
                there = target / "history" / path.name
                if there.exists() and there.read_bytes() != path.read_bytes():
                    if _begins_alike(there, path):
                        continue  # one of them was sealed since
                    there = there.with_stem(f"{path.stem} (copy of {next(self.numbers)})")
                    if any(path.read_bytes() == each.read_bytes() for each in _files(target)):
                        continue
                shutil.copy(path, there)
        both = self.acknowledged[one] | self.acknowledged[other]
        self.acknowledged[one] = set(both)
        self.acknowledged[other] = set(both)
        self.touched |= {one, other}

    @rule(folder=copies, by=officers)
    def settle(self, folder, by):
        """
        Settle what stands side by side, naming all of it.
        """
        history = peerkit.load(folder, offers=OFFERS).history
        forks = {
            subject: head.split() for subject, (_, head) in heads(history).items() if " " in head
        }
        for subject, digests in forks.items():
            names = [
                one.name
                for one in history.occasions
                if subject in one.seals and one.seals[subject].digest in digests
            ]
            title = f"settled {next(self.numbers)}"
            draft = {
                "by": by,
                "occasion": title,
                "settles": names,
                "records": {" ".join(subject): {"note": "Both stand."}},
            }
            try:
                verbs.record(folder, draft, today=TODAY, offers=OFFERS)
            except RefusedError:
                continue
            self.acknowledged[folder].add(title)
            self.touched.add(folder)

    @invariant()
    def all_is_true(self):
        """
        Loaded again, everything stands where it stood, by permitted moves, and nothing is lost.
        """
        for folder in self.touched:
            register = peerkit.load(folder, offers=OFFERS)
            assert register.is_whole, register.problems
            snapshot = peerkit.judge(register, on=TODAY, offers=OFFERS)
            for record in register.of_kind("action"):
                _must_be_reached(snapshot, record)
            titles = {one.title for one in register.history.occasions}
            assert self.acknowledged[folder] <= titles
            codes = {problem.code for problem in verify(register.history)}
            assert codes.isdisjoint({"history-edited", "history-removed", "history-cut"})
            again = peerkit.load(folder, offers=OFFERS)
            assert _states(snapshot) == _states(peerkit.judge(again, on=TODAY, offers=OFFERS))
        self.touched.clear()


def _must_be_reached(snapshot, record):
    """
    Every move that counts leads along a permitted pair, with what it needs.
    """
    lifecycle = snapshot.rules.kinds["action"].lifecycle
    subject = (record.kind, record.id)
    here = lifecycle.first
    for move in snapshot.state(record).moves:
        permitted = lifecycle.by_pair[here, move.target]
        entry = move.occasion.entries[subject]
        assert (here, entry.to) == (move.source, move.target)
        assert entry.reason or not permitted.reason
        if permitted.needs:
            events = snapshot.register.history.of(subject)
            days = [one.occasion.day for one in events if one.entry.evidence]
            assert min(days) <= move.day
        if permitted.not_by:
            assert move.occasion.by not in record.owners
        here = move.target
    assert here == snapshot.state(record).stage


def _files(folder):
    found = folder / "history"
    return sorted(found.iterdir()) if found.is_dir() else []


def _begins_alike(one, other):
    first, second = one.read_bytes(), other.read_bytes()
    return first.startswith(second) or second.startswith(first)


def _states(snapshot):
    return {
        record.id: (
            state.stage,
            state.since,
            str(state.due),
            state.evidence,
            state.note,
            [(one.what, one.answer) for one in state.asked],
            snapshot.status(record),
        )
        for record in snapshot.register.of_kind("action")
        for state in [snapshot.state(record)]
    }


TestOfficers = Officers.TestCase
TestOfficers.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
