"""
Filling one part: a Jinja source and names become XML, or an error that says where.

Kept out: what the names hold, and where sources come from.
"""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError

from peerkit.errors import PeerkitError
from peerkit_docx.packages import MAX_PART
from peerkit_docx.sandbox import environment, refuse_forbidden

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["fill"]

_TAG = re.compile(r"\{%-?\s*(if|for|endif|endfor)\b")
_NEAR = 80


def fill(source: str, names: Mapping[str, object], where: str) -> str:
    """
    Return *source* filled with *names*; *where* is what messages call it.

    Every tag of *source* ends its line, as preparing sees to, so that a line number
    leads back to the tag.

    Raises:
        PeerkitError: If the template has a fault or asks for what it may not have.
    """
    made = environment()
    drawn: list[str] = []
    length = 0
    try:
        parsed = made.parse(source)
        refuse_forbidden(parsed)
        for piece in made.from_string(parsed).generate(names):
            length += len(piece)
            if length > MAX_PART:
                raise PeerkitError(f"{where}: it draws more than {MAX_PART:,} characters")
            drawn.append(piece)
    except TemplateError as error:
        raise _located(error, source, where) from None
    except (TypeError, ArithmeticError, RecursionError) as error:
        if _is_our_own(error):
            raise
        raise _located(error, source, where) from None
    return "".join(drawn)


def _frames(error: Exception) -> list[tuple[str, int]]:
    return [
        (frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)
    ]


def _is_our_own(error: Exception) -> bool:
    """
    Tell whether it is not the template that is wrong, but the code that draws for it.
    """
    file, _ = _frames(error)[-1]
    return file != "<template>" and "jinja2" not in file


def _located(error: Exception, source: str, where: str) -> PeerkitError:
    said = error.message or "" if isinstance(error, TemplateSyntaxError) else str(error)
    line = getattr(error, "lineno", None) or max(
        (line for file, line in _frames(error)[-6:] if file == "<template>"), default=None
    )
    if "innermost block" in said:
        line = _never_closed(source) or line
    if line is None:
        return PeerkitError(f"{where}: {said}")
    lines = source.split("\n")
    current = lines[min(line, len(lines)) - 1]
    begun = max(current.rfind("{{"), current.rfind("{%"), 0)
    opener = current[begun : begun + 2]
    tag = (
        f"{current[begun:].strip()} {'}}' if opener == '{{' else '%}'}: "
        if opener in ("{{", "{%")
        else ""
    )
    before = "".join(lines[max(0, line - 3) : line - 1]) + current[:begun]
    words = " ".join(re.sub(r"<[^>]*>", " ", before).split())
    near = f" (it stands after “{words[-_NEAR:]}”)" if words else ""
    return PeerkitError(f"{where}: {tag}{said}{near}")


def _never_closed(source: str) -> int | None:
    """
    Return the line of the innermost block that is open where the blocks stop fitting.

    Jinja itself only tells where it noticed.
    """
    waiting: list[tuple[str, int]] = []
    for line, text in enumerate(source.split("\n"), 1):
        for found in _TAG.finditer(text):
            word = found[1]
            if not word.startswith("end"):
                waiting.append((word, line))
            elif waiting and waiting[-1][0] == word.removeprefix("end"):
                waiting.pop()
            else:
                return waiting[-1][1] if waiting else line
    return waiting[-1][1] if waiting else None
