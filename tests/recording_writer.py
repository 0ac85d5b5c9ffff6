"""
One of several officers who record in the same register at the same time.

Prints one line for each thing it recorded, or was refused.
"""

import datetime as dt
import json
import sys

from peerkit import verbs
from peerkit.errors import PeerkitError
from peerkit.plugins import gather

STAGES = ("under way", "done")


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder, number, count):
    """
    Record *count* things, of a record that all share and of two that only some do.
    """
    offers = gather()
    say("ready")
    sys.stdin.readline()
    for turn in range(count):
        record = ("A1", "A2", "A3")[(turn + number) % 3]
        entry = {"note": f"Officer {number}, turn {turn}."}
        if turn % 5 == 0:
            entry |= {"to": STAGES[turn % 2], "reason": "It began."}
        draft = {
            "by": "head",
            "occasion": f"officer {number} turn {turn}",
            "within": "plan",
            "records": {record: entry},
        }
        try:
            done = verbs.record(folder, draft, today=dt.date(2024, 3, 4), offers=offers)
        except PeerkitError as error:
            say(json.dumps(["refused", type(error).__name__, error.message]))
        else:
            say(json.dumps(["kept", done.name, entry["note"]]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
