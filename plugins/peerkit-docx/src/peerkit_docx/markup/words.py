"""
Words in a line as runs: emphasis, links, cross-references and the bookmarks they lead to.

Kept out: blocks, which begin and end paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit.document import (
    Break,
    Emphasis,
    Inline,
    Link,
    Reference,
    Strong,
    Text,
    plain_text,
)
from peerkit_docx.markup.links import refuse_address, refuse_vague
from peerkit_docx.markup.relations import NAMESPACE, Relations
from peerkit_docx.word.refusing import refusal
from peerkit_docx.word.xmlwriting import in_run

if TYPE_CHECKING:
    from peerkit.errors import Address
    from peerkit_docx.markup.styles import StyleSheet

__all__ = ["Face", "LinePen"]


@attrs.frozen
class Face:
    """
    How the text of a run is set: by character style, and by what no style can add to it.
    """

    strong: bool = False
    emphasis: bool = False
    link: bool = False


@attrs.define(kw_only=True)
class LinePen:
    """
    Draws the words of one paper.

    *relations* belong to the part being drawn. *next_id* is the first id free for bookmarks
    and pictures, *prefix* begins no name of a bookmark that the paper has anyway. *anchors*
    are the bookmarks of ours by what the tree calls them, *bookmarked* those that are drawn.
    """

    sheet: StyleSheet
    relations: Relations
    next_id: int
    prefix: str = "peerkit"
    anchors: dict[str, str] = attrs.field(factory=dict)
    bookmarked: set[str] = attrs.field(factory=set)

    def said(self, inlines: tuple[Inline, ...], address: Address | None) -> str:
        """
        Return *inlines*, which must say something, as runs.
        """
        if not plain_text(inlines).strip():
            raise refusal("A paragraph is empty", address, "Fill it or take it out.")
        return self.runs(inlines, Face(), address)

    def runs(self, inlines: tuple[Inline, ...], face: Face, address: Address | None) -> str:
        """
        Return *inlines*, set as *face* has it.
        """
        return "".join(self._inline(inline, face, address) for inline in inlines)

    def _inline(self, inline: Inline, face: Face, address: Address | None) -> str:
        match inline:
            case Text(text):
                return self._run(text, face)
            case Break():
                return f"<w:r>{self._face(face)}<w:br/></w:r>"
            case Strong():
                return self.runs(inline.inlines, attrs.evolve(face, strong=True), address)
            case Emphasis():
                return self.runs(inline.inlines, attrs.evolve(face, emphasis=True), address)
            case Reference():
                refuse_vague(plain_text(inline), address)
                runs = self._run(plain_text(inline), attrs.evolve(face, link=True))
                return f'<w:hyperlink w:anchor="{self._anchor(inline.to)}" w:history="1">{runs}</w:hyperlink>'
            case Link(inlines, href):
                refuse_address(href, address)
                refuse_vague(plain_text(inlines), address)
                relation = self.relations.to(self.relations.links, href)
                said = inlines if plain_text(inlines).strip() else (Text(href),)
                runs = self.runs(said, attrs.evolve(face, link=True), address)
                return f'<w:hyperlink xmlns:r="{NAMESPACE}" r:id="{relation}" w:history="1">{runs}</w:hyperlink>'

    def _run(self, text: str, face: Face) -> str:
        if not text:
            return ""
        return f'<w:r>{self._face(face)}<w:t xml:space="preserve">{in_run(text)}</w:t></w:r>'

    def _face(self, face: Face) -> str:
        """
        Return run properties; a run has one style, so a second face is set beside it.
        """
        wanted = [
            (face.link, "Hyperlink", '<w:u w:val="single"/>'),
            (face.strong, "Strong", "<w:b/><w:bCs/>"),
            (face.emphasis, "Emphasis", "<w:i/><w:iCs/>"),
        ]
        wanted = [one for one in wanted if one[0]]
        if not wanted:
            return ""
        (_, style, marks), *rest = wanted
        style_id = self.sheet.id("character", style)
        first = f'<w:rStyle w:val="{style_id}"/>' if style_id else marks
        return f"<w:rPr>{first}{''.join(marks for _, _, marks in rest)}</w:rPr>"

    def bookmarked_as(self, name: str, runs: str) -> str:
        """
        Return *runs* in the bookmark that the tree calls *name*, if it has one.
        """
        # What is drawn twice is led to where it stands first.
        if not name or name in self.bookmarked:
            return runs
        self.bookmarked.add(name)
        number = self.id()
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{self._anchor(name)}"/>{runs}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _anchor(self, name: str) -> str:
        return self.anchors.setdefault(name, f"{self.prefix}_{len(self.anchors) + 1}")

    def id(self) -> int:
        """
        Return an id that nothing in the file has yet.
        """
        number = self.next_id
        self.next_id += 1
        return number
