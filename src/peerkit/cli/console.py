"""
Where words go: stdout for what was asked, stderr for what went wrong, on any console.

Nothing a console cannot show may stop a command, and nothing a file holds may
steer the console.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import re
import signal
import sys
import textwrap
from collections.abc import Iterator
from typing import IO, Any

import click

__all__ = [
    "clean",
    "hint",
    "prepare",
    "say",
    "say_json",
    "sentence",
    "stdout_is_ours",
    "stop_tidily",
    "typed",
    "wants_colour",
]

_WIDTH = 92
_COMMAND = re.compile(r": (peerkit|python -m|--out) \S.*$")
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "→": "->", "✓": "v"}
)
# Signs that move the cursor, change colours or turn the direction of writing.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(letter if letter.isascii() else "?" for letter in letters), error.end


def prepare() -> None:
    """
    Make stdout and stderr take any text, in plainer letters where they must.
    """
    codecs.register_error("peerkit.plain", _in_plain_letters)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="peerkit.plain")


# What systems and their managers end a program with, besides Ctrl+C; Windows lacks SIGHUP.
_ENDINGS = ("SIGTERM", "SIGHUP")


def stop_tidily() -> None:
    """
    Let whatever ends this program end it as Ctrl+C does, so that nothing it started stays.
    """
    known = (getattr(signal, name) for name in _ENDINGS if hasattr(signal, name))
    for one in known:
        # What was chosen before, such as by nohup, is kept.
        if signal.getsignal(one) is signal.SIG_DFL:
            # Handlers belong to the main thread; whoever calls from another has their own.
            with contextlib.suppress(ValueError):
                signal.signal(one, signal.default_int_handler)


def clean(text: str) -> str:
    r"""
    Return *text* without signs that would steer a terminal.

    >>> clean("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


def typed(name: str) -> str:
    """
    Return the *name* of a file or folder as it can be typed in a command.

    >>> typed("our reviews")
    '"our reviews"'
    """
    said = clean(name).replace("\n", "\\n")
    # Every shell knows these quotes.
    return f'"{said}"' if " " in said and '"' not in said else said


def sentence(text: str) -> str:
    """
    Return *text* with a stop at its end; it may begin with a name as it is typed.

    >>> sentence("papers is not empty")
    'papers is not empty.'
    """
    text = text.strip()
    # A command is left as it can be copied.
    is_whole = not text or text.endswith((".", "?", "!", "…", ":")) or _COMMAND.search(text)
    return text if is_whole else text + "."


def filled(text: str, indent: str = "", hanging: str = "") -> str:
    """
    Return *text* in lines of a width that can be read; names are never broken.
    """
    return textwrap.fill(
        clean(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def say(text: str = "") -> None:
    """
    Print one line, or several, of what was asked for.
    """
    # Given the stream, click leaves its encoding alone.
    click.echo(text, file=sys.stdout)


def hint(text: str = "") -> None:
    """
    Print something about what was asked for, beside it: on stderr.
    """
    click.echo(text, file=sys.stderr)


def say_json(value: Any) -> None:
    """
    Print *value* as the whole answer of a command.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_unicode = encoding.lower().replace("-", "").startswith("utf")
    click.echo(json.dumps(value, indent=2, ensure_ascii=not is_unicode), file=sys.stdout)


@contextlib.contextmanager
def stdout_is_ours() -> Iterator[None]:
    """
    Send to stderr whatever a plugin prints meanwhile.
    """
    elsewhere: IO[str] = sys.stderr
    with contextlib.redirect_stdout(elsewhere):
        yield


def wants_colour() -> bool | None:
    """
    False if the user asked for no colours; else None, and click looks at the terminal.
    """
    return False if os.environ.get("NO_COLOR") else None
