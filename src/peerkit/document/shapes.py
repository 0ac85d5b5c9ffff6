"""
What a template of a paper may use: names with meaning and example.

A template's context is a projection of the tree, so that a template can print
nothing the tree lacks; the shape says beforehand which names that will be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from peerkit.document.tree import (
    Document,
    Fields,
    Section,
    Table,
    plain_text,
    walk_blocks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "Name",
    "Shape",
    "field_names",
    "project",
    "section_names",
    "shape_problems",
    "table_names",
]

ANY_KEY = "*"


@attrs.frozen(kw_only=True)
class Name:
    """
    One name a template may use, as a dotted path; ``[]`` stands for any item, ``*`` for
    any key that the record and not the configuration gives.

    An *optional* name may be missing from a document, by a `when:` for example. One that
    is *whole* is drawn as blocks, all others are text. What a name *like* another holds
    has the names of that one.
    """

    path: str
    meaning: str
    example: str
    optional: bool = False
    whole: bool = False
    like: str = ""


_COMMON = (
    Name(
        path="title",
        meaning="the paper's title, as plain text",
        example="Virtual School Peer Review",
    ),
    Name(path="language", meaning="the language of the paper, as a tag", example="en-GB"),
    Name(path="author", meaning="the body that issues the paper", example="Middlesbrough Council"),
    Name(path="subject", meaning="what the paper is about, in a line", example="Executive"),
    Name(path="day", meaning="the paper's own day, ISO 8601, or empty", example="2022-02-14"),
    Name(path="notices[]", meaning="sentences every page must carry", example="Draft"),
    Name(path="page_words[]", meaning="the words of 'page x of y'", example="Page, of"),
    Name(
        path="front",
        meaning="the blocks under the title, drawn whole",
        example="(blocks)",
        whole=True,
    ),
    Name(path="sections[].key", meaning="the section's key", example="purpose"),
    Name(path="sections[].heading", meaning="its heading", example="Purpose"),
    Name(path="sections[].number", meaning="its number, if any", example="2"),
    Name(path="sections[].level", meaning="how deep it lies, from 1", example="1"),
    Name(path="sections[].body", meaning="its blocks, drawn whole", example="(blocks)", whole=True),
    Name(
        path="sections[].sections",
        meaning="sections inside it, alike",
        example="(sections)",
        like="sections",
    ),
)


@attrs.frozen
class Shape:
    """
    All names that templates of one paper may use, those of every paper included.

    >>> "title" in Shape(())
    True
    """

    own: tuple[Name, ...]

    @property
    def names(self) -> tuple[Name, ...]:
        """
        The names of every paper, then this paper's own.
        """
        return _COMMON + self.own

    def __contains__(self, path: str) -> bool:
        return any(name.path == path for name in self.names)


def section_names(
    path: str, meaning: str, example: str, *, optional: bool = False
) -> tuple[Name, ...]:
    """
    Return the names under which the section at *path* can be placed on its own.

    *path* is its key, or the keys down to it joined by ``/``.

    >>> [name.path for name in section_names("risk", "risks", "Risk")]
    ['section.risk.heading', 'section.risk.number', 'section.risk.body']
    """
    dotted = "section." + path.replace("/", ".section.")
    return (
        Name(
            path=f"{dotted}.heading",
            meaning=f"heading: {meaning}",
            example=example,
            optional=optional,
        ),
        Name(path=f"{dotted}.number", meaning=f"number: {meaning}", example="4", optional=optional),
        Name(
            path=f"{dotted}.body",
            meaning=f"blocks: {meaning}",
            example="(blocks)",
            optional=optional,
            whole=True,
        ),
    )


def field_names(
    key: str, meaning: str, example: str, *, optional: bool = False
) -> tuple[Name, ...]:
    """
    Return the names of one field of the front sheet.
    """
    return (
        Name(
            path=f"fields.{key}.label",
            meaning=f"label: {meaning}",
            example=meaning,
            optional=optional,
        ),
        Name(path=f"fields.{key}.text", meaning=meaning, example=example, optional=optional),
        Name(
            path=f"fields.{key}.body",
            meaning=f"blocks: {meaning}",
            example="(blocks)",
            optional=optional,
            whole=True,
        ),
    )


def table_names(
    key: str, columns: Mapping[str, str], meaning: str, *, optional: bool = False
) -> tuple[Name, ...]:
    """
    Return the names of a table; *columns* maps each column's key to its meaning.
    """
    head = f"tables.{key}"
    own = (
        Name(
            path=f"{head}.caption",
            meaning=f"caption: {meaning}",
            example=meaning,
            optional=optional,
        ),
        Name(path=f"{head}.empty", meaning="printed if no rows", example="None", optional=optional),
        Name(
            path=f"{head}.columns[].key",
            meaning="a column's key",
            example="owner",
            optional=optional,
        ),
        Name(
            path=f"{head}.columns[].heading",
            meaning="its heading",
            example="Owner",
            optional=optional,
        ),
    )
    cells = (
        Name(
            path=f"{head}.rows[].{column}.{part}",
            meaning=said,
            example=said,
            optional=True,
            whole=part == "body",
        )
        for column, said in columns.items()
        for part in ("text", "body")
    )
    return (*own, *cells)


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "empty": table.empty,
        "columns": [{"key": c.key, "heading": c.heading} for c in table.columns],
        "rows": [
            {
                column.key: {"text": plain_text(cell), "body": cell}
                for column, cell in zip(table.columns, row.cells, strict=True)
            }
            for row in table.rows
        ],
    }


def _section(section: Section, level: int) -> dict[str, Any]:
    inner = [_section(one, level + 1) for one in section.sections]
    return {
        "key": section.key,
        "heading": section.heading,
        "number": section.number,
        "level": level,
        "body": section.blocks,
        "sections": inner,
        "section": {one["key"]: one for one in inner},
    }


def project(document: Document) -> dict[str, Any]:
    """
    Return *document* as the plain data a template is filled with.

    Everything is a dict, list or string, but for `body` and `front`, which are
    tuples of blocks for the format to draw. A section can be reached in order
    (`sections`) or by its key (`section.risk`), a table by its key (`tables.plan`; one
    without a key, as prose has, is only part of its section), a front sheet's field
    by its key (`fields.subject`).
    """
    blocks = tuple(walk_blocks(document))
    sections = [_section(section, 1) for section in document.sections]
    properties = document.properties
    return {
        "title": document.title,
        "language": document.language,
        "author": properties.author,
        "subject": properties.subject,
        "day": properties.day.isoformat() if properties.day else "",
        "notices": list(document.notices),
        "page_words": list(document.page_words),
        "front": document.front,
        "fields": {
            field.key: {
                "label": field.label,
                "text": plain_text(field.value),
                "body": field.value,
            }
            for block in blocks
            if isinstance(block, Fields)
            for field in block.fields
        },
        "sections": sections,
        "section": {one["key"]: one for one in sections},
        "tables": {
            block.key: _table(block) for block in blocks if isinstance(block, Table) and block.key
        },
    }


def _own_paths(context: Mapping[str, Any]) -> Iterator[str]:
    def sections(found: Mapping[str, Any], head: str) -> Iterator[str]:
        for key, section in found.items():
            path = f"{head}section.{key}"
            yield from (f"{path}.{part}" for part in ("heading", "number", "body"))
            yield from sections(section["section"], f"{path}.")

    yield from sections(context["section"], "")
    for key in context["fields"]:
        yield from (f"fields.{key}.{part}" for part in ("label", "text", "body"))
    for key, table in context["tables"].items():
        head = f"tables.{key}"
        yield from (f"{head}.{part}" for part in ("caption", "empty"))
        yield from (f"{head}.columns[].{part}" for part in ("key", "heading"))
        for column in table["columns"]:
            yield from (f"{head}.rows[].{column['key']}.{part}" for part in ("text", "body"))


def shape_problems(shape: Shape, document: Document) -> Iterable[str]:
    """
    Yield a sentence for every way in which *document* does not fit *shape*.

    A document fits if it has every name that is not optional, and none besides.
    """
    found = set(_own_paths(project(document)))
    told = {name.path: name for name in shape.own}
    keyed = [path.split(".") for path in told if ANY_KEY in path]
    for path in sorted(found - told.keys()):
        if not any(_fits(path.split("."), pattern) for pattern in keyed):
            yield f"the document has {path}, which the shape of {document.paper} does not tell"
    for path in sorted(told.keys() - found):
        if not told[path].optional:
            yield f"the shape of {document.paper} tells {path}, which the document lacks"


def _fits(path: list[str], pattern: list[str]) -> bool:
    return len(path) == len(pattern) and all(
        wanted in (ANY_KEY, step) for step, wanted in zip(path, pattern, strict=True)
    )
