"""
Facts of council business, for tables, gates and what papers show.

- `business`: who decides by which law, what a report asks and lacks, what was decided.
- `clock`: what depends on counted days; the calendar is imported when it is asked.
- `actions`: how an action stands to the last report on its plan.
"""

from __future__ import annotations

from peerkit import Fact
from peerkit_committee.facts import actions, business, clock

__all__ = ["FACTS"]

FACTS: tuple[Fact, ...] = (*business.FACTS, *clock.FACTS, *actions.FACTS)
