"""
The command line: parse, call, print, exit code.

Each command is a module of its own, imported when it is asked for, so that
`peerkit --version` costs no more than Python itself and click. Only here is
`PeerkitError` caught, and only here is it known which day it is.
"""

from __future__ import annotations

from peerkit.cli.running import main

__all__ = ["main"]
