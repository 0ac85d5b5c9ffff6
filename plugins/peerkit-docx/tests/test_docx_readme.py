from __future__ import annotations

import re
from pathlib import Path

import pytest

from peerkit_docx.filling.filters import FILTERS
from peerkit_docx.filling.sandbox import MAX_STEPS, MAX_TAGGED
from peerkit_docx.filling.syntax import MAX_TEXT
from peerkit_docx.word.fields import FIELDS
from peerkit_docx.word.packages import MAX_PART

PLUGIN = Path(__file__).parents[1]
README = (PLUGIN / "README.md").read_text("utf-8")


@pytest.mark.parametrize("limit", [MAX_STEPS, MAX_PART, MAX_TEXT, MAX_TAGGED])
def test_limits_are_told(limit):
    """
    The page says the numbers that the code has.
    """
    assert f"{limit:,}" in README


def test_all_fields_and_filters_are_told():
    """
    None is allowed that is not said, and none is said that is not allowed.
    """
    part = README.partition("**Other fields than these**")[2].partition("**Other documents")[0]

    assert set(FIELDS) == set(re.findall(r"`([A-Z]+)`", part))
    assert all(f"`{name}`" in README for name in FILTERS)


def test_every_room_is_told():
    """
    The table of rooms is whole.
    """
    table = README.partition("## Rooms")[2]
    told = set(re.findall(r"`(\w+)`", table))
    source = PLUGIN / "src" / "peerkit_docx"
    rooms = {path.stem for path in source.glob("*.py")} | {
        path.parent.name for path in source.glob("*/__init__.py")
    }

    assert rooms - {"__init__"} == told
