"""
What users do: load, check, judge, render, begin a register.

Wires what plugins offer to the rooms. Knows no clock; writes nothing.
"""

from __future__ import annotations

from peerkit.verbs.composing import compose
from peerkit.verbs.registers import (
    check,
    judge,
    load,
    make_register,
    must_be_sound,
    offers_here,
    starter,
    starters,
)
from peerkit.verbs.rendering import (
    Job,
    Rendered,
    file_names,
    jobs,
    manifest,
    render,
    render_job,
)

__all__ = [
    "Job",
    "Rendered",
    "check",
    "compose",
    "file_names",
    "jobs",
    "judge",
    "load",
    "make_register",
    "manifest",
    "must_be_sound",
    "offers_here",
    "render",
    "render_job",
    "starter",
    "starters",
]
