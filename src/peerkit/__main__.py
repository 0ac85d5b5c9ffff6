"""
`python -m peerkit`: the same as `peerkit`, where scripts cannot be put on the path.
"""

from __future__ import annotations

import sys

from peerkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
