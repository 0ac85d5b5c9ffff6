"""
The looks of the base template: its styles and its lists.

Used by `basefile`, never while a paper is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["numbering", "styles"]

# Dark enough on white, and on the shading of header rows, for a contrast above 7 to 1.
INK = "1B1F24"
HEADING = "123A52"
QUIET = "3D4A54"
NOTICE = "7A1420"
LINK = "0B4A75"
SHADE = "DFE8EE"
RULE = "A9B7C2"


# -- styles ------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Style:
    """
    A style; *spacing* is before, after and line, in twentieths of a point and 240ths.

    A line of a style that *is_split* has a tab to the right edge of the text.
    """

    id: str
    name: str
    kind: str = "paragraph"
    based_on: str = ""
    following: str = ""
    spacing: tuple[int, int, int] | None = None
    size: int = 0
    bold: bool | None = None
    colour: str = ""
    outline: int | None = None
    keep_next: bool = False
    paragraph: str = ""
    runs: str = ""
    rest: str = ""
    numbered: str = ""
    is_split: bool = False
    indent: str = ""
    default: bool = False
    quick: bool = True


def _heading(level: int, size: int, before: int, after: int) -> _Style:
    return _Style(
        id=f"Heading{level}",
        name=f"heading {level}",
        based_on="Normal",
        following="BodyText",
        spacing=(before, after, 264),
        size=size,
        bold=True,
        colour=HEADING,
        outline=level - 1,
        keep_next=True,
    )


def _list_paragraph(id_: str, name: str, based_on: str = "BodyText") -> _Style:
    return _Style(id=id_, name=name, based_on=based_on, spacing=(60, 80, 276))


_CELL = (50, 50, 252)

_STYLES: tuple[_Style, ...] = (
    _Style(id="Normal", name="Normal", default=True),
    _heading(1, 46, 0, 240),
    _heading(2, 32, 400, 100),
    _heading(3, 27, 300, 80),
    _heading(4, 25, 240, 60),
    _heading(5, 24, 240, 60),
    _heading(6, 24, 200, 60),
    _heading(7, 24, 200, 60),
    _heading(8, 24, 200, 60),
    _heading(9, 24, 200, 60),
    _Style(id="BodyText", name="Body Text", based_on="Normal", spacing=(160, 120, 283)),
    _Style(
        id="NumberedParagraph", name="Numbered Paragraph", based_on="BodyText", numbered="1",
    ),
    _list_paragraph("ListBullet", "List Bullet"),
    _list_paragraph("ListBullet2", "List Bullet 2"),
    _list_paragraph("ListNumber", "List Number"),
    _list_paragraph("ListNumber2", "List Number 2"),
    _Style(
        id="ListContinue", name="List Continue", based_on="BodyText", spacing=(60, 80, 276),
        indent='<w:ind w:left="1134"/>',
    ),
    _Style(
        id="ListContinue2", name="List Continue 2", based_on="BodyText", spacing=(60, 80, 276),
        indent='<w:ind w:left="1559"/>',
    ),
    _Style(
        id="Quote", name="Quote", based_on="BodyText", colour=QUIET,
        indent='<w:ind w:left="709" w:right="709"/>',
    ),
    _Style(
        id="Caption", name="caption", based_on="Normal", following="BodyText",
        spacing=(240, 100, 264), size=23, bold=True, colour=HEADING, keep_next=True,
    ),
    _Style(id="Picture", name="Picture", based_on="Normal", spacing=(100, 160, 240)),
    _Style(id="TableText", name="Table Text", based_on="Normal", spacing=_CELL, size=22),
    _Style(
        id="TableHeading", name="Table Heading", based_on="TableText", bold=True, colour=HEADING,
        keep_next=True,
    ),
    _Style(id="TableLabel", name="Table Label", based_on="TableText", bold=True),
    _Style(id="TableBullet", name="Table Bullet", based_on="TableText"),
    _Style(id="TableNumber", name="Table Number", based_on="TableText"),
    _Style(
        id="Notice", name="Notice", based_on="Normal", spacing=(0, 60, 252), size=22, bold=True,
        colour=NOTICE,
    ),
    _Style(
        id="Header", name="header", based_on="Normal", spacing=(0, 200, 252), size=20, colour=QUIET,
    ),
    _Style(
        id="Footer", name="footer", based_on="Normal", spacing=(0, 0, 252), size=20, colour=QUIET,
        is_split=True,
    ),
    _Style(id="Strong", name="Strong", kind="character", bold=True),
    _Style(id="Emphasis", name="Emphasis", kind="character", runs="<w:i/><w:iCs/>"),
    _Style(id="Hyperlink", name="Hyperlink", kind="character", colour=LINK, runs='<w:u w:val="single"/>'),
)  # fmt: skip


def _style(style: _Style, text_width: int) -> str:
    head = f'<w:style w:type="{style.kind}"' + (' w:default="1"' if style.default else "")
    built_in = style.name[0].islower() or style.name in _BUILT_IN
    custom = "" if built_in else ' w:customStyle="1"'
    before, after, height = style.spacing or (0, 0, 0)
    paragraph = "".join((
        "<w:keepNext/><w:keepLines/>" if style.keep_next else "",
        f'<w:numPr><w:numId w:val="{style.numbered}"/></w:numPr>' if style.numbered else "",
        f'<w:tabs><w:tab w:val="right" w:pos="{text_width}"/></w:tabs>' if style.is_split else "",
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{height}" w:lineRule="auto"/>'
        if style.spacing else "",
        style.indent,
        f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "",
    ))  # fmt: skip
    runs = "".join((
        "<w:b/><w:bCs/>" if style.bold else "",
        style.runs if style.runs.startswith("<w:i") else "",
        f'<w:color w:val="{style.colour}"/>' if style.colour else "",
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else "",
        style.runs if style.runs.startswith("<w:u") else "",
    ))  # fmt: skip
    return "".join((
        f'{head}{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>',
        f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "",
        f'<w:next w:val="{style.following}"/>' if style.following else "",
        "<w:qFormat/>" if style.quick else "",
        f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "",
        f"<w:rPr>{runs}</w:rPr>" if runs else "",
        "</w:style>",
    ))  # fmt: skip


_BUILT_IN = frozenset({
    "Normal", "Body Text", "List Bullet", "List Bullet 2", "List Number", "List Number 2",
    "List Continue", "List Continue 2", "Quote", "Strong", "Emphasis", "Hyperlink",
})  # fmt: skip


def styles(text_width: int) -> str:
    """
    Return the inside of the part of styles, for a page with text *text_width* wide.
    """
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
        '<w:jc w:val="left"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    return (
        defaults
        + "".join(_style(style, text_width) for style in _STYLES)
        + _TABLES
        + "".join(map(_list_style, _LISTS))
    )


def _border(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="PeerkitTable"><w:name w:val="Peerkit Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + _border("top", 8, HEADING) + _border("bottom", 8, RULE) + _border("insideH", 4, RULE)
    + '</w:tblBorders><w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="113" w:type="dxa"/>'
    '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    + _border("bottom", 8, HEADING)
    + f'</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
    "</w:style>"
)  # fmt: skip


# -- lists -------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Level:
    """
    One level of a list: how it counts, what it prints, where text begins.
    """

    format: str
    text: str
    left: int
    hanging: int


@attrs.frozen(kw_only=True)
class _List:
    """
    A list style with its levels; deeper levels go on like the last.
    """

    number: int
    name: str
    levels: Sequence[_Level]


def _deep(format_: str, texts: Sequence[str], left: int, step: int) -> list[_Level]:
    return [
        _Level(format=format_, text=texts[level % len(texts)].replace("#", str(level + 1)),
               left=left + level * step, hanging=step)
        for level in range(9)
    ]  # fmt: skip


_DOTS = ("\u2022", "\u2013")

_LISTS: tuple[_List, ...] = (
    _List(number=1, name="Peerkit Paragraphs", levels=_deep("decimal", ["%#."], 709, 709)),
    _List(
        number=2,
        name="Peerkit Sections",
        levels=[
            _Level(format="decimal", text="%1", left=709, hanging=709),
            _Level(format="decimal", text="%1.%2", left=709, hanging=709),
            *_deep("decimal", ["%1.%2.%#"], 709, 709)[2:],
        ],
    ),
    _List(number=3, name="Peerkit Bullets", levels=_deep("bullet", _DOTS, 1_134, 425)),
    _List(number=4, name="Peerkit List", levels=_deep("decimal", ["%#."], 1_134, 425)),
    _List(number=5, name="Peerkit Table Bullets", levels=_deep("bullet", _DOTS, 284, 284)),
    _List(number=6, name="Peerkit Table List", levels=_deep("decimal", ["%#."], 397, 397)),
)


def _list_id(one: _List) -> str:
    return one.name.replace(" ", "")


def _list_style(one: _List) -> str:
    return (
        f'<w:style w:type="numbering" w:customStyle="1" w:styleId="{_list_id(one)}">'
        f'<w:name w:val="{one.name}"/>'
        f'<w:pPr><w:numPr><w:numId w:val="{one.number}"/></w:numPr></w:pPr></w:style>'
    )


def numbering() -> str:
    """
    Return the inside of the part of lists.
    """
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{one.number}"><w:nsid w:val="5EE2C1{one.number:02X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="6B1D0A{one.number:02X}"/>'
        f'<w:styleLink w:val="{_list_id(one)}"/>'
        + "".join(_level(index, level, one) for index, level in enumerate(one.levels))
        + "</w:abstractNum>"
        for one in _LISTS
    )
    nums = "".join(
        f'<w:num w:numId="{one.number}"><w:abstractNumId w:val="{one.number}"/></w:num>'
        for one in _LISTS
    )
    return abstracts + nums


def _level(index: int, level: _Level, one: _List) -> str:
    linked = '<w:pStyle w:val="NumberedParagraph"/>' if (one.number, index) == (1, 0) else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>{linked}'
        f'<w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>'
        f'<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr></w:lvl>'
    )
