import importlib.util
import random
import sys
from functools import partial
from pathlib import Path

import attrs
import pytest

from peerkit.errors import WriteError
from peerkit.store import FolderStore, NewerError

_SPEC = importlib.util.spec_from_file_location(
    "crash_folder", Path(__file__).with_name("crash_folder.py")
)
crash = sys.modules["crash_folder"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(crash)

FOLDER = crash.FOLDER
REGISTER = FOLDER.parent
ROUND = "2022-05-09-progress-round.yaml"
AGREED = "2022-02-14-agreed.yaml"
OLDEST = frozenset({(REGISTER, None), (FOLDER, None), (FOLDER / AGREED, b"agreed by all")})
EMPTY = frozenset({(REGISTER, None)})


@attrs.frozen
class Told:
    """
    What writers have been told: for each name what it may hold, and all they tried.
    """

    kept: dict = attrs.Factory(dict)
    tried: set = attrs.Factory(set)

    def copy(self):
        """
        Return what has been told until now.
        """
        return Told(dict(self.kept), set(self.tried))


@attrs.define
class Writer:
    """
    Somebody who writes, and notes what was acknowledged.
    """

    system: object
    told: Told
    seen: list = attrs.Factory(list)

    @property
    def store(self):
        """
        The history, as this program sees it.
        """
        return FolderStore(FOLDER, self.system)

    def append(self, name, content):
        """
        Append, and try again when something is newer.
        """
        self.told.tried.add(content)
        while True:
            seen = self.store.names()
            try:
                given = self.store.append(name, content, seen=seen)
            except NewerError:
                continue
            self.told.kept[given] = {content}
            self.seen.append(len(seen))
            return given

    def replace(self, name, content):
        """
        Replace, and note that until it is acknowledged the file may hold either.
        """
        was = self.store.read(name)
        self.told.tried.add(content)
        self.told.kept[name] = {was, content}
        self.store.replace(name, content, was=was)
        self.told.kept[name] = {content}


def append_three(writer):
    for number in range(3):
        writer.append(ROUND, b"round number %d" % number)


def replace_one(writer):
    writer.replace(AGREED, b"agreed by all, and sealed")


def do_everything(writer):
    given = writer.append(ROUND, b"a first round")
    writer.replace(given, b"a first round, sealed")
    writer.replace(AGREED, b"agreed by all, and sealed")
    writer.append("2022-06-01-b.yaml", b"another occasion")


SCENARIOS = {
    "appends to nothing": (EMPTY, append_three),
    "appends to others": (OLDEST, append_three),
    "replaces": (OLDEST, replace_one),
    "everything": (OLDEST, do_everything),
}


def begun(start):
    """
    Return a disk that holds *start*, and what was told about it.
    """
    contents = {path.name: content for path, content in start if content is not None}
    told = Told({name: {one} for name, one in contents.items()}, set(contents.values()))
    return crash.restored(start), told


def points(start, scenario, **options):
    """
    Return the disk before every step of a scenario and after the last, with what was told.
    """
    disk, told = begun(start)
    found = []

    def note():
        found.append((disk.copy(), told.copy()))

    scenario(Writer(crash.CrashSystem(disk, step=note, **options), told))
    note()
    return found


def faults(disk, told, **options):
    """
    Return what is wrong with a disk, and with what the next writer makes of it.
    """
    left = frozenset(path.name for path in disk.names if path.name.startswith("."))
    system = crash.CrashSystem(disk, left_over=left, **options)
    store = FolderStore(FOLDER, system)
    held = {name: store.read(name) for name in store.names()}
    found = [f"{name} is unreadable" for name in held if held[name] not in told.tried]
    for name, allowed in told.kept.items():
        if held.get(name) not in allowed:
            found.append(f"{name} was acknowledged, and is lost")
    given = store.append("2023-01-01-after.yaml", b"after", seen=tuple(held))
    if {name: store.read(name) for name in store.names()} != {**held, given: b"after"}:
        found.append("the next append changes what is there")
    if any(path.name.startswith(".") for path in disk.names):
        found.append("something is left over")
    return found


def states(found, chance=None):
    """
    Return every state the power may go off in, once each, with what had been told.
    """
    distinct = {}
    for disk, told in found:
        key = repr((sorted(told.kept.items()), sorted(told.tried)))
        for state in disk.states(chance):
            distinct[key, state] = told
    return [(state, told) for (_, state), told in distinct.items()]


def wrong(found, chance=None, **options):
    """
    Yield what is wrong with any state the power may go off in.
    """
    STARTED.append(options)
    for state, told in states(found, chance):
        COUNTED.append(state)
        yield from faults(crash.restored(state), told, **options)


MODELS = pytest.mark.parametrize("folders_sync", [True, False], ids=["folders sync", "none does"])
COUNTED = []
STARTED = []


@MODELS
@pytest.mark.parametrize(("start", "scenario"), SCENARIOS.values(), ids=SCENARIOS)
def test_nothing_is_lost_or_half_wherever_the_power_goes_off(start, scenario, folders_sync):
    """
    What was acknowledged is there, whole; what was not is there wholly or not at all.
    """
    found = points(start, scenario, folders_sync=folders_sync)

    assert [] == list(wrong(found, folders_sync=folders_sync))


@MODELS
@pytest.mark.parametrize(("start", "scenario"), SCENARIOS.values(), ids=SCENARIOS)
def test_what_follows_a_killed_writer_is_kept(start, scenario, folders_sync):
    """
    Whoever writes after a killed one, and then loses power, loses nothing either.
    """
    found = []
    for disk, told in points(start, scenario, folders_sync=folders_sync):
        left = frozenset(path.name for path in disk.names if path.name.startswith("."))
        system = crash.CrashSystem(disk, left_over=left, folders_sync=folders_sync)
        writer = Writer(system, told)
        seen = {name: {writer.store.read(name)} for name in writer.store.names()}
        writer.append("2022-07-01-next.yaml", b"written after the kill")
        if folders_sync:  # then what it built on is kept, too, acknowledged or not
            told.kept.update(seen)
        found.append((disk, told))

    assert [] == list(wrong(found, folders_sync=folders_sync))


def together(seed, *, times=2, is_noted=False, **options):
    """
    Return the points of two writers in an order of *seed*'s, and what went wrong.
    """
    disk, told = begun(EMPTY)
    schedule = crash.Schedule(seed)
    found = []

    def step():
        if is_noted:
            found.append((disk.copy(), told.copy()))
        schedule.step()

    writers = [Writer(crash.CrashSystem(disk, step=step, **options), told) for _ in range(2)]

    def write(who):
        for number in range(times):
            writers[who].append(ROUND, b"round %d of writer %d" % (number, who))

    failures = [str(error) for error in schedule.run(partial(write, 0), partial(write, 1))]
    seen = sorted(number for writer in writers for number in writer.seen)
    if seen != list(range(2 * times)):
        failures.append(f"the writers had seen {seen} when they were let in")
    whole = {path.name: disk.contents[number] for path, number in disk.names.items() if number}
    if {name: {held} for name, held in whole.items()} != told.kept:
        failures.append("what is there is not what was acknowledged")
    return found, failures


@MODELS
def test_of_two_writers_one_waits(folders_sync):
    """
    In whatever order two write, each has seen all that was there before it was let in.
    """
    failures = [one for seed in range(80) for one in together(seed, folders_sync=folders_sync)[1]]

    assert [] == failures


@MODELS
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_writers_lose_nothing_when_the_power_goes_off(seed, folders_sync):
    """
    Two at once are as safe as one.
    """
    found, failures = together(seed, is_noted=True, folders_sync=folders_sync)
    chance = random.Random(seed)  # noqa: S311 - the same choice each time

    assert [] == failures
    assert [] == list(wrong(found, chance, folders_sync=folders_sync))


def test_enough_states_were_looked_at():
    """
    The tests above have let the power go off in every step, with whatever that leaves.
    """
    if len(STARTED) < 2 * 2 * len(SCENARIOS) + 2 * 3:
        pytest.skip("needs all tests above")

    assert 5000 < len(COUNTED)


@pytest.mark.parametrize(
    ("name", "folders_sync", "skipped", "words"),
    [
        ("appends to others", True, "sync_file", "unreadable"),
        ("appends to others", False, "sync_file", "unreadable"),
        ("replaces", True, "sync_file", "unreadable"),
        ("replaces", False, "sync_file", "unreadable"),
        ("appends to others", True, ("sync_folder", "history"), "lost"),
        ("appends to nothing", True, ("sync_folder", "register"), "lost"),
        ("replaces", True, ("sync_folder", "history"), "lost"),
        ("appends to nothing", False, "sync_path", "lost"),
        ("appends to others", False, "sync_path", "lost"),
        ("replaces", False, "sync_path", "lost"),
    ],
)
def test_every_sync_is_needed(name, folders_sync, skipped, words):
    """
    With any one sync left out, the simulator finds what would be lost.
    """
    options = {"folders_sync": folders_sync}
    found = points(*SCENARIOS[name], skipped=frozenset({skipped}), **options)

    assert any(words in fault for fault in wrong(found, **options))


@pytest.mark.parametrize("careless", ["is_blind", "looks_once"])
def test_every_look_is_needed(careless):
    """
    Without flags, or with one look instead of two, two writers are let in at once.
    """
    failures = (one for seed in range(800) for one in together(seed, **{careless: True})[1])

    assert any("when they were let in" in one for one in failures)


def test_a_file_that_is_open_elsewhere_stays_as_it_was():
    """
    Where a file that is open cannot be replaced, one sentence says so.
    """
    disk, told = begun(OLDEST)
    disk.opened[1] = disk.names[FOLDER / AGREED]
    writer = Writer(crash.CrashSystem(disk, folders_sync=False), told)
    with pytest.raises(WriteError, match="it is open in another program"):
        replace_one(writer)

    assert OLDEST == frozenset((p, disk.contents.get(n)) for p, n in disk.names.items())
    assert writer.system.paused < 1
