"""
Draws one paper again and again in this environment, and tells what it took as JSON.

    python alone.py docxtpl TEMPLATE NAMES RUNS OUT
    python alone.py peerkit PREPARED NAMES RUNS OUT

`docxtpl` is whatever bears that name here: rust-docxtpl takes docxtpl's name and place, so
the two cannot be installed together, and nothing else is imported for it.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import resource

Draw = Callable[[], bytes]
_STATUS = Path("/proc/self/status")


def _docxtpl(template: bytes, names: dict[str, Any]) -> Draw:
    from docxtpl import DocxTemplate  # noqa: PLC0415 - one of the two is installed

    def draw() -> bytes:
        made = io.BytesIO()
        paper = DocxTemplate(io.BytesIO(template))
        paper.render(names, autoescape=True)
        paper.save(made)
        return made.getvalue()

    return draw


def _peerkit(template: bytes, names: dict[str, Any]) -> Draw:
    from peerkit_docx import draw_names, loaded  # noqa: PLC0415 - one of the two is installed

    prepared = loaded(template.decode(), "the template")
    return lambda: draw_names(prepared, names)


def drawer(who: str, template: bytes, names: dict[str, Any]) -> Draw:
    """
    Return what draws *names* with a template, or a saved prepared one, each time it is called.
    """
    return {"docxtpl": _docxtpl, "peerkit": _peerkit}[who](template, names)


def main() -> None:
    """
    Print the milliseconds of each run, and the most memory above the start in MB.
    """
    who, template, names, runs, out = sys.argv[1:]
    content = Path(template).read_bytes()
    given = json.loads(Path(names).read_text("utf-8"))
    draw = drawer(who, content, given)
    before = _peak()
    spent = []
    made = b""
    for _ in range(int(runs)):
        began = time.perf_counter()
        made = draw()
        spent.append((time.perf_counter() - began) * 1000)
    Path(out).write_bytes(made)
    print(json.dumps({"ms": spent, "mb": _peak() - before}))


def _peak() -> float:
    if _STATUS.exists():
        # Linux counts into maxrss what the process that started this one had held.
        for line in _STATUS.read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    if sys.platform == "win32":
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
