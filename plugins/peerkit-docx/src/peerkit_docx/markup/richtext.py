"""
Rich text as runs: its settings looked at, and written in the order of the schema.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from peerkit.errors import PeerkitError
from peerkit_docx.word.fields import WEB
from peerkit_docx.word.ordering import RUN, ordered
from peerkit_docx.word.xmlwriting import Around, attribute, in_line, refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peerkit_docx.markup.blocks import Pen

__all__ = ["refuse_nested_link", "refuse_setting", "rich_run"]

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_FONT = re.compile(r"(?:(ascii|hAnsi|cs|eastAsia):)?([^<>&\"\x00-\x1f]{1,80})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LARGEST = 3_276  # half points, Word's own limit
_UNDERLINES = ("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave")
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refuse_setting(given: Mapping[str, Any]) -> None:
    """
    Refuse settings that Word could not hold.

    Raises:
        PeerkitError: If there is one; it says which.
    """
    refuse_unfit(given["url"], "the address of a link")
    refuse_unfit(given["font"], "the name of a font")
    for name in ("color", "highlight"):
        if given[name] and not _COLOUR.fullmatch(given[name]):
            raise PeerkitError(
                f"“{given[name]}” is not a colour ({name}).",
                mend="Write six hexadecimal digits, such as B00020.",
            )
    if given["size"] and not (type(given["size"]) is int and 0 < given["size"] <= _LARGEST):
        raise PeerkitError(
            f"“{given['size']}” is not a size of text.", mend="Write half points, such as 24."
        )
    if given["font"] and not _FONT.fullmatch(given["font"]):
        raise PeerkitError(f"“{given['font']}” is not the name of a font.", mend="Write its name.")
    if given["lang"] and not _LANGUAGE.fullmatch(given["lang"]):
        raise PeerkitError(
            f"“{given['lang']}” is not a language.", mend="Write its tag, such as en-GB."
        )
    if given["url"] and not WEB.match(given["url"]):
        raise PeerkitError(
            f"A link leads to “{given['url']}”, which is neither a web nor a mail address.",
            mend="Begin it with https:// or mailto:.",
        )


def refuse_nested_link(around: Around) -> None:
    """
    Refuse a link where none may begin, by what is *around*.

    Raises:
        PeerkitError: If so.
    """
    if not around.links:
        raise PeerkitError(
            "A link cannot stand inside another.",
            mend="Put the tag beside the link, or give it words that lead nowhere.",
        )


def rich_run(text: str, given: Mapping[str, Any], pen: Pen, around: Around) -> str:
    """
    Return *text* as a run, set as *given*, in a paragraph with the properties *around*.
    """
    if given["url"]:
        refuse_nested_link(around)
    children = list(_properties(given, pen))
    properties = f"<w:rPr>{ordered(children, RUN)}</w:rPr>" if children else ""
    inside = Around(around.paragraph, properties, breaks=around.breaks and not given["url"])
    said = in_line(text, inside, breaks=True)
    run = f'<w:r>{properties}<w:t xml:space="preserve">{said}</w:t></w:r>'
    if not given["url"]:
        return run
    relation = pen.relations.to(pen.relations.links, given["url"])
    return f'<w:hyperlink xmlns:r="{_R}" r:id="{relation}" w:tgtFrame="_blank">{run}</w:hyperlink>'


_ALONE = {
    "subscript": ("vertAlign", '<w:vertAlign w:val="subscript"/>'),
    "superscript": ("vertAlign", '<w:vertAlign w:val="superscript"/>'),
    "bold": ("b", "<w:b/>"),
    "italic": ("i", "<w:i/>"),
    "strike": ("strike", "<w:strike/>"),
    "rtl": ("rtl", '<w:rtl w:val="true"/>'),
}


def _properties(given: Mapping[str, Any], pen: Pen) -> Iterator[tuple[str, str]]:
    if given["style"]:
        style = pen.sheet.named("character", given["style"])
        yield "rStyle", f'<w:rStyle w:val="{style}"/>'
    yield from _coloured(given)
    if given["size"]:
        yield "sz", f'<w:sz w:val="{given["size"]}"/>'
        yield "szCs", f'<w:szCs w:val="{given["size"]}"/>'
    for name, markup in _ALONE.items():
        if given[name]:
            yield markup
            if given["rtl"] and name in ("bold", "italic"):
                yield f"{markup[0]}Cs", f"<w:{markup[0]}Cs/>"
    if given["underline"]:
        chosen = given["underline"] if given["underline"] in _UNDERLINES else "single"
        yield "u", f'<w:u w:val="{chosen}"/>'
    if given["font"]:
        yield "rFonts", _font(given["font"])
    if given["lang"]:
        yield "lang", f'<w:lang w:val="{given["lang"]}"/>'


def _coloured(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if given["color"]:
        yield "color", f'<w:color w:val="{given["color"].lstrip("#")}"/>'
    if given["highlight"]:
        fill = given["highlight"].lstrip("#")
        yield "shd", f'<w:shd w:val="clear" w:fill="{fill}"/>'


def _font(said: str) -> str:
    found = _FONT.fullmatch(said)
    assert found is not None  # noqa: S101 - for mypy; it was looked at when it was given
    region, font = found[1], attribute(found[2])
    more = f' w:{region}="{font}"' if region == "eastAsia" else ""
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"{more}/>'
