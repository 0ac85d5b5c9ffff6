"""
The tree every paper is composed as, and what may be asked of it.

`tree` holds the parts, `numbering` gives numbers and resolves references, `labels` says
what is printed before an item, `markdown` turns prose into blocks with `parser`, `shapes`
says what a template may use. Kept out: files, records, how any format draws.
"""

from __future__ import annotations

from peerkit.document.labels import LIST_STYLES, list_label
from peerkit.document.markdown import (
    blocks_from_markdown,
    escape_markdown,
    inlines_from_markdown,
    text_inlines,
)
from peerkit.document.numbering import SCHEMES, ReferenceProblem, numbered
from peerkit.document.shapes import (
    Name,
    Shape,
    field_names,
    project,
    section_names,
    shape_problems,
    table_names,
)
from peerkit.document.tree import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Document,
    Emphasis,
    Field,
    Fields,
    Figure,
    Heading,
    Inline,
    Link,
    Paragraph,
    Properties,
    Quote,
    Reference,
    Row,
    Section,
    Strong,
    Table,
    Text,
    inner_blocks,
    plain_text,
    texts_of_document,
    walk_block,
    walk_blocks,
    walk_sections,
)

__all__ = [
    "LIST_STYLES",
    "SCHEMES",
    "Block",
    "Break",
    "Bullets",
    "Cell",
    "Column",
    "Document",
    "Emphasis",
    "Field",
    "Fields",
    "Figure",
    "Heading",
    "Inline",
    "Link",
    "Name",
    "Paragraph",
    "Properties",
    "Quote",
    "Reference",
    "ReferenceProblem",
    "Row",
    "Section",
    "Shape",
    "Strong",
    "Table",
    "Text",
    "blocks_from_markdown",
    "escape_markdown",
    "field_names",
    "inlines_from_markdown",
    "inner_blocks",
    "list_label",
    "numbered",
    "plain_text",
    "project",
    "section_names",
    "shape_problems",
    "table_names",
    "text_inlines",
    "texts_of_document",
    "walk_block",
    "walk_blocks",
    "walk_sections",
]
