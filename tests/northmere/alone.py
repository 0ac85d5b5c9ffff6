"""
Runs peerkit as if the plugin beside this file were the only one installed.
"""

import importlib.metadata
import sys
from pathlib import Path

SITE = str(Path(__file__).parent / "site")
sys.path.insert(0, SITE)
POINTS = [
    point for dist in importlib.metadata.distributions(path=[SITE]) for point in dist.entry_points
]
importlib.metadata.entry_points = lambda **_: POINTS

from peerkit.cli import main  # noqa: E402 - only now are plugins looked for

sys.exit(main())
