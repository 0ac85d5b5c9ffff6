"""
Stages and the moves between them: as declared, as proven, as drawn.

Kept out: what happened (history), and asking whether a move's needs hold (judging). The
proof and the drawing are apart, because a register without rules needs neither.
"""

from __future__ import annotations

from peerkit.lifecycle.stages import Lifecycle, Move

__all__ = ["Lifecycle", "Move"]
