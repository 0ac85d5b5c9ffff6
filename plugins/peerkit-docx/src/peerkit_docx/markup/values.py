"""
The values that are more than text: a closed list, all of our own making.

A template meets nothing else but plain data. Each says for itself where it can be
drawn: in a line of text ({{ … }}), as runs ({{r … }}) or as blocks ({{p … }}).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from peerkit.document import Paragraph, blocks_from_markdown
from peerkit.errors import PeerkitError
from peerkit_docx.markup.richtext import refuse_nested_link, refuse_setting, rich_run
from peerkit_docx.word.xmlwriting import in_line

if TYPE_CHECKING:
    from peerkit.document import Block, Section
    from peerkit_docx.markup.blocks import Pen
    from peerkit_docx.word.xmlwriting import Around

__all__ = [
    "Blocks",
    "Head",
    "Listing",
    "Picture",
    "Prose",
    "RichText",
    "RichTextParagraph",
    "Value",
]

_EMU_PER_MM = 36_000
_LONGEST = 10_000  # millimetres; Word has a limit of its own below
_BLOCKS = "Write {{p … }} in a paragraph of its own."


class Value:
    """
    The base of all of them. A method returns None where the value cannot be drawn.

    *called* is what a template's author would call it, *instead* where it can stand. One
    that *knows_place* says itself of which record something is wrong.
    """

    called: ClassVar[str] = "a value"
    instead: ClassVar[str] = ""
    knows_place: ClassVar[bool] = False

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        if not cls.__module__.startswith("peerkit_docx."):
            raise TypeError("The values that templates may meet are a closed list.")

    def in_line(self, pen: Pen, around: Around) -> str | None:
        """
        Return the value as it stands inside of a ``w:t``.
        """
        del pen, around
        return None

    def as_runs(self, pen: Pen, around: Around) -> str | None:
        """
        Return the value as runs.
        """
        del pen, around
        return None

    def as_blocks(self, pen: Pen, *, is_cell: bool) -> str | None:
        """
        Return the value as blocks, those of a cell if it *is_cell*.
        """
        del pen, is_cell
        return None


# -- what a document's tree gives ----------------------------------------------------


@attrs.frozen(eq=False)
class Blocks(Value):
    """
    Blocks of a tree, which lie in a section of *level*.
    """

    called = "a part of the paper that is drawn whole"
    knows_place = True
    instead = _BLOCKS

    blocks: tuple[Block, ...]
    level: int = 0

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def as_blocks(self, pen: Pen, *, is_cell: bool) -> str:
        """
        Return them, and have the pen remember that they were drawn.
        """
        pen.drawn.append(self.blocks)
        return pen.cell(self.blocks) if is_cell else pen.blocks(self.blocks, self.level)


@attrs.frozen(eq=False)
class Head(Value):
    """
    A section's heading.
    """

    called = "a heading that is drawn whole"
    knows_place = True
    instead = _BLOCKS

    section: Section
    level: int

    def as_blocks(self, pen: Pen, *, is_cell: bool) -> str:
        """
        Return it, and have the pen remember that it was drawn.
        """
        del is_cell
        pen.headed.append(self.section)
        return pen.heading_of(self.section, self.level)


# -- what a caller of the library gives ----------------------------------------------


@attrs.frozen
class Prose(Value):
    """
    Prose in Markdown: paragraphs, lists, quotes, tables, headings, emphasis and links.

    It is drawn through the template's own styles by {{p … }}; a single paragraph by {{r … }}, too.
    """

    called = "prose that is drawn whole"
    instead = _BLOCKS

    markdown: str

    def __bool__(self) -> bool:
        return bool(self.markdown.strip())

    def as_blocks(self, pen: Pen, *, is_cell: bool) -> str:
        """
        Return all of it.
        """
        blocks = blocks_from_markdown(self.markdown)
        return pen.cell(blocks) if is_cell else pen.blocks(blocks, max(0, pen.headings.last - 1))

    def as_runs(self, pen: Pen, around: Around) -> str | None:
        """
        Return its only paragraph.
        """
        blocks = blocks_from_markdown(self.markdown)
        if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
            return None
        said = pen.said(blocks[0].inlines, None)
        if "<w:hyperlink" in said:
            refuse_nested_link(around)
        return said


class RichText(Value):
    """
    Words of which each piece can be set otherwise, drawn by {{r … }}.

    >>> said = RichText("due ").add("today", bold=True, color="B00020")
    """

    called = "rich text"
    instead = "Write {{r … }}."

    def __init__(self, text: object = None, **set_as: Any) -> None:
        self._runs: list[tuple[str, dict[str, Any]]] = []
        if text:
            self.add(text, **set_as)

    def add(
        self,
        text: object,
        *,
        style: str = "",
        color: str = "",
        highlight: str = "",
        size: int = 0,
        subscript: bool = False,
        superscript: bool = False,
        bold: bool = False,
        italic: bool = False,
        underline: bool | str = False,
        strike: bool = False,
        font: str = "",
        url: str = "",
        rtl: bool = False,
        lang: str = "",
    ) -> RichText:
        """
        Add *text*, or what other rich text holds, and return the whole.

        *style* is the name or id of a character style, *size* is in half points, colours
        are six hexadecimal digits, *url* is a web or mail address.

        Raises:
            PeerkitError: If a colour, font, language, size or address cannot be one.
        """
        if isinstance(text, RichText):
            self._runs += text._runs  # noqa: SLF001 - of its own kind
            return self
        given: dict[str, Any] = {
            "style": style, "color": color, "highlight": highlight, "size": size,
            "subscript": subscript, "superscript": superscript, "bold": bold, "italic": italic,
            "underline": underline, "strike": strike, "font": font, "url": url, "rtl": rtl,
            "lang": lang,
        }  # fmt: skip
        refuse_setting(given)
        self._runs.append((str(text), given))
        return self

    def __bool__(self) -> bool:
        return any(text for text, _ in self._runs)

    def as_runs(self, pen: Pen, around: Around) -> str:
        """
        Return a run for each piece.
        """
        return "".join(rich_run(text, given, pen, around) for text, given in self._runs)


class RichTextParagraph(Value):
    """
    Paragraphs of rich text, drawn by {{p … }}.
    """

    called = "paragraphs of rich text"
    instead = _BLOCKS

    def __init__(self, text: object = None, *, parastyle: str = "", **set_as: Any) -> None:
        self._paragraphs: list[tuple[RichText, str]] = []
        if text:
            self.add(text if isinstance(text, RichText) else RichText(text, **set_as), parastyle)

    def add(self, text: object, parastyle: str = "") -> RichTextParagraph:
        """
        Add a paragraph of *text* in the style *parastyle*, by name or id; return the whole.
        """
        self._paragraphs.append((text if isinstance(text, RichText) else RichText(text), parastyle))
        return self

    def __bool__(self) -> bool:
        return bool(self._paragraphs)

    def as_blocks(self, pen: Pen, *, is_cell: bool) -> str:
        """
        Return them, one behind the other.
        """
        del is_cell
        return "".join(pen.rich_paragraph(rich, style) for rich, style in self._paragraphs)


@attrs.frozen
class Listing(Value):
    r"""
    Text with line breaks (``\n``), tabs (``\t``), new paragraphs (``\a``) and new pages
    (``\f``), set like the text around it, drawn by {{ … }}.

    >>> listing = Listing("first line\nsecond\aanother paragraph")
    """

    called = "a listing"
    instead = "Write {{ … }} in a line of text."

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def in_line(self, pen: Pen, around: Around) -> str:
        """
        Return it, its paragraphs and runs set like those *around* it.
        """
        del pen
        return in_line(self.text, around, breaks=True)


def _side(picture: Picture, field: attrs.Attribute[float], value: float) -> None:
    del picture
    if not 0 <= value <= _LONGEST:
        raise PeerkitError(
            f"A picture cannot be {value} mm in {field.name}.",
            mend=f"Write millimetres up to {_LONGEST:,}, or 0 to let it follow.",
        )


@attrs.frozen(kw_only=True)
class Picture(Value):
    """
    A picture, PNG or JPEG, with what it shows as *alternative* text, in place of {{ … }}.

    *width* and *height* are in millimetres; of one alone the other follows, and without
    any the picture is as large as it says itself. *url* is where it leads.

    Raises:
        PeerkitError: If a width or height cannot be one.
    """

    called = "a picture"

    content: bytes = attrs.field(repr=False, validator=attrs.validators.instance_of(bytes))
    alternative: str = attrs.field(validator=attrs.validators.instance_of(str))
    width: float = attrs.field(default=0.0, validator=_side)
    height: float = attrs.field(default=0.0, validator=_side)
    url: str = ""

    def in_line(self, pen: Pen, around: Around) -> str:
        """
        Return it as a run of its own between two.
        """
        return f'</w:t></w:r>{self._run(pen)}<w:r>{around.run}<w:t xml:space="preserve">'

    def as_runs(self, pen: Pen, around: Around) -> str:
        """
        Return it as a run.
        """
        del around
        return self._run(pen)

    def as_blocks(self, pen: Pen, *, is_cell: bool) -> str:
        """
        Return it in a paragraph of its own.
        """
        return pen.paragraph("Table Text" if is_cell else "Picture", self._run(pen))

    def _run(self, pen: Pen) -> str:
        size = (round(self.width * _EMU_PER_MM), round(self.height * _EMU_PER_MM))
        return pen.picture(self.content, self.alternative, size=size, url=self.url)
