"""
Plain text of 78 columns for peerkit, to paste into an e-mail.
"""

import textwrap

from peerkit import Format, hookimpl
from peerkit import document as d


def lines(block, indent=""):
    def wrapped(text, first=indent):
        for row in text.split("\n"):
            yield textwrap.fill(row, 78, initial_indent=first, subsequent_indent=indent + "   ")

    match block:
        case d.Bullets():
            for item in block.items:
                first, *more = item
                yield from wrapped(d.plain_text(first), f"{indent}-  ")
                yield from (line for part in more for line in lines(part, indent + "   "))
        case d.Fields():
            yield from (block.caption, *block.headings)
            for field in block.fields:
                yield from wrapped(f"{field.label}: {d.plain_text(field.value)}")
        case d.Table():
            yield from wrapped(block.caption if block.rows else d.plain_text(block))
            for row in block.rows:
                for column, cell in zip(block.columns, row.cells, strict=True):
                    yield from wrapped(f"{column.heading}: {d.plain_text(cell)}")
        case _:
            number = f"{block.number}. " if getattr(block, "number", "") else ""
            yield from (*wrapped(number + d.plain_text(block)), "")


def draw(document, _template):
    parts = [*document.notices, "", document.title, "=" * 78, document.properties.author, ""]
    parts += [line for block in document.front for line in lines(block)]
    for level, section in d.walk_sections(document):
        parts += ["", f"{section.number} {section.heading}".strip(), "=-~"[min(level, 2)] * 40]
        parts += [line for block in section.blocks for line in lines(block)]
    return ("\n".join(parts) + "\n").encode()


@hookimpl
def peerkit_formats():
    text = {"media_type": "text/plain", "texts": lambda content: (content.decode(),)}
    return [Format(name="txt", doc=__doc__.strip(), suffix=".txt", draw=draw, **text)]
