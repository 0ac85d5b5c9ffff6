"""
A folder in memory that can lose its power, and the writers that share it.

`Disk` knows what programs see and what is on the disk for certain; between the two
lies what a power cut may leave: every combination of names that were not synced, and
of files that were not synced, each as it was, empty, in part, in zeros or new.
"""

# ruff: noqa: D102 - what each operation of a system does is told in `System`

import errno
import itertools
import os
import random
import threading
from pathlib import Path

import attrs

from peerkit.errors import PeerkitError

FOLDER = Path(os.path.realpath("/disk/register/history"))
TOP = FOLDER.parent
IS_FOLDER = 0
MANY = 5


@attrs.define
class Disk:
    """
    The names programs see and those *kept* for certain, each for the number of a file.

    *pending* are the changes to names that are not synced yet; *contents* is what each
    file holds, *synced* what it holds for certain.
    """

    names: dict = attrs.Factory(dict)
    kept: dict = attrs.Factory(dict)
    pending: list = attrs.Factory(list)
    contents: dict = attrs.Factory(dict)
    synced: dict = attrs.Factory(dict)
    opened: dict = attrs.Factory(dict)

    def copy(self):
        """
        Return a disk of its own that is the same; nobody has a file open there.
        """
        parts = (self.names, self.kept, self.pending, self.contents, self.synced)
        return Disk(*(part.copy() for part in parts))

    def change(self, path, number):
        """
        Let *path* be the name of a file, or of none.
        """
        if number is None:
            del self.names[path]
        else:
            self.names[path] = number
        self.pending.append((path, number))

    def sync_names(self, is_meant):
        """
        Keep for certain the names for which *is_meant* is true.
        """
        for path, number in self.pending:
            if is_meant(path):
                self.kept[path] = number
        self.pending = [one for one in self.pending if not is_meant(one[0])]
        self.kept = {path: number for path, number in self.kept.items() if number is not None}

    def states(self, chance=None, most=400):
        """
        Yield what a power cut may leave: each path with what it holds, none for a folder.

        With *chance*, at most so many of them, where there are more. Many files that
        only exist while somebody writes are there together or not at all: whoever
        finds them removes each without looking into it.
        """
        options = {}
        for path, number in self.pending:
            options.setdefault(path, {self.kept.get(path)}).add(number)
        together = [path for path in options if path.name.startswith(".")]
        together = together if len(together) > MANY else []
        numbers = [max(number or 0 for number in options.pop(path)) for path in together]
        choices = [[tuple(zip(together, numbers, strict=True)), tuple((p, None) for p in together)]]
        choices += [[((path, n),) for n in numbers] for path, numbers in options.items()]
        for chosen in _some(choices, chance, most):
            names = {**self.kept, **dict(itertools.chain.from_iterable(chosen))}
            there = {path: number for path, number in names.items() if number is not None}
            there = {p: n for p, n in there.items() if p == TOP or p.parent in there}
            contents = [
                [(path, held) for held in ([b""] if path in together else self.left(number))]
                for path, number in there.items()
            ]
            yield from map(frozenset, _some(contents, chance, most))

    def left(self, number):
        """
        Return what a power cut may leave of what a file holds.
        """
        if number == IS_FOLDER:
            return {None}
        held, before = self.contents[number], self.synced.get(number)
        if held == before:
            return {held}
        return {before or b"", b"", held[: len(held) // 2], bytes(len(held)), held}


def restored(state):
    """
    Return the disk that holds *state* when the power is back.
    """
    disk = Disk()
    for number, (path, content) in enumerate(sorted(state, key=lambda one: one[0]), start=1):
        disk.names[path] = IS_FOLDER if content is None else number
        if content is not None:
            disk.contents[number] = disk.synced[number] = content
    disk.kept = dict(disk.names)
    return disk


def _some(choices, chance, most):
    count = 1
    for choice in choices:
        count *= len(choice)
    if chance is None or count <= most:
        yield from itertools.product(*choices)
        return
    yield [choice[0] for choice in choices]
    yield [choice[-1] for choice in choices]
    for _ in range(most):
        yield [chance.choice(choice) for choice in choices]


class Schedule:
    """
    Runs several writers, one step of one of them at a time, in an order of its own.
    """

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311 - the same order each time
        self.back = threading.Semaphore(0)
        self.go = {}
        self.failures = []

    def run(self, *jobs):
        """
        Run all jobs to their ends, and return what they raised.
        """
        patience = self.chance.choice([0.3, 0.7, 0.95])
        for job in jobs:
            thread = threading.Thread(target=self.work, args=(job,))
            self.go[thread] = threading.Semaphore(0)
            thread.start()
            self.back.acquire()
        current = self.chance.choice(list(self.go))
        while self.go:
            if current not in self.go or self.chance.random() > patience:
                current = self.chance.choice(list(self.go))
            self.go[current].release()
            self.back.acquire()
        return self.failures

    def work(self, job):
        """
        Do a job, in a thread of its own, and say when it has ended.
        """
        self.step()
        try:
            job()
        except PeerkitError as error:
            self.failures.append(error)
        finally:
            del self.go[threading.current_thread()]
            self.back.release()

    def step(self):
        """
        Let another go on, and wait for one's turn.
        """
        self.back.release()
        self.go[threading.current_thread()].acquire()


@attrs.define(eq=False)
class CrashSystem:
    """
    One program's view of a disk. *step* is called before whatever it does.

    Where *folders_sync* is false, as on Windows and shares, a file that is open
    cannot be renamed or removed, and a file that is synced keeps its name.
    *skipped* are operations that do nothing, or nothing to one folder.
    """

    disk: Disk
    folders_sync: bool = True
    step: object = lambda: None
    skipped: frozenset = frozenset()
    looks_once: bool = False
    is_blind: bool = False
    left_over: frozenset = frozenset()
    paused: float = 0.0
    looked: object = None
    made: set = attrs.Factory(set)

    def _begin(self):
        self.looked = None
        self.step()

    def _is_skipped(self, operation, path=None):
        return operation in self.skipped or (operation, path and path.name) in self.skipped

    def _find(self, path):
        if path not in self.disk.names:
            raise FileNotFoundError(errno.ENOENT, "", str(path))
        return self.disk.names[path]

    def _is_open(self, path):
        if not self.folders_sync and self.disk.names.get(path) in self.disk.opened.values():
            raise PermissionError(errno.EACCES, "", str(path))

    def names(self, folder):
        if self.looks_once and self.looked is not None:
            return self.looked
        self._begin()
        # A list is made in several steps, and names that change meanwhile may be missed.
        found = self._listed(folder, lambda name: not name.startswith("."))
        self.step()
        found += self._listed(folder, lambda name: name.startswith("."))
        self.looked = [
            one for one in found if not self.is_blind or one in self.made or one[0] != "."
        ]
        return self.looked

    def _listed(self, folder, wanted):
        return [
            path.name
            for path, number in self.disk.names.items()
            if path.parent == folder and number != IS_FOLDER and wanted(path.name)
        ]

    def exists(self, path):
        self._begin()
        return path in self.disk.names

    def is_file(self, path):
        self._begin()
        return self.disk.names.get(path, IS_FOLDER) != IS_FOLDER

    def is_folder(self, path):
        self._begin()
        return self.disk.names.get(path) == IS_FOLDER

    def make_folder(self, path):
        self._begin()
        self._find(path.parent)
        if path in self.disk.names:
            raise FileExistsError(errno.EEXIST, "", str(path))
        self.disk.change(path, IS_FOLDER)

    def remove_folder(self, path):
        self._begin()
        if any(one.parent == path for one in self.disk.names):
            raise OSError(errno.ENOTEMPTY, "", str(path))
        self.disk.change(path, None)

    def create(self, path):
        self._begin()
        self._find(path.parent)
        if path in self.disk.names:
            raise FileExistsError(errno.EEXIST, "", str(path))
        number = max(self.disk.contents, default=0) + 1
        self.disk.contents[number] = b""
        self.disk.change(path, number)
        self.made.add(path.name)
        descriptor = 100 + number
        self.disk.opened[descriptor] = number
        return descriptor

    def write(self, descriptor, content):
        for half in (content[: len(content) // 2], content[len(content) // 2 :]):
            self._begin()
            self.disk.contents[self.disk.opened[descriptor]] += half

    def sync_file(self, descriptor):
        self._begin()
        if not self._is_skipped("sync_file"):
            number = self.disk.opened[descriptor]
            self.disk.synced[number] = self.disk.contents[number]

    def close(self, descriptor):
        self._begin()
        del self.disk.opened[descriptor]

    def read(self, path):
        self._begin()
        return self.disk.contents[self._find(path)]

    def copy_mode(self, source, target):
        self._begin()
        self._find(source)
        self._find(target)

    def replace(self, source, target):
        self._begin()
        self._is_open(source)
        self._is_open(target)
        number = self._find(source)
        self.disk.change(target, number)
        self.disk.change(source, None)

    def rename_new(self, source, target):
        if self.exists(target):
            raise FileExistsError(errno.EEXIST, "", str(target))
        self._is_open(source)
        number = self._find(source)
        self.disk.change(target, number)
        self.disk.change(source, None)

    def sync_folder(self, folder):
        self._begin()
        if not self.folders_sync:
            raise PermissionError(errno.EACCES, "", str(folder))
        if not self._is_skipped("sync_folder", folder):
            self.disk.sync_names(lambda path: path.parent == folder)

    def sync_path(self, path):
        self._begin()
        number = self._find(path)
        if self._is_skipped("sync_path"):
            return
        self.disk.synced[number] = self.disk.contents[number]
        if not self.folders_sync:
            self.disk.sync_names(lambda one: one == path or one in path.parents)

    def remove(self, path):
        self._begin()
        self._find(path)
        self._is_open(path)
        self.disk.change(path, None)

    def is_abandoned(self, path, process):
        del process
        return path.name in self.left_over

    def age(self, path):
        self._find(path)
        return 0.0

    def pause(self, seconds):
        self._begin()
        self.paused += seconds
