"""
The named styles through which blocks are drawn, and how a template has them.

Looks belong to the template; what is drawn only ever says a style's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from peerkit.errors import PeerkitError
from peerkit_docx.word.refusing import begun
from peerkit_docx.word.xmlwriting import attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STYLES", "ListStyle", "StyleSheet", "StyleUse"]


@attrs.frozen
class StyleUse:
    """
    A style we draw through: its *name* in Word, its *kind*, what it is for.

    One that is not *needed* is replaced by Normal if a template lacks it.
    """

    name: str
    kind: str
    use: str
    needed: bool = False


STYLES: tuple[StyleUse, ...] = (
    StyleUse("Heading 1", "paragraph", "the paper's title", needed=True),
    StyleUse(
        "Heading 2",
        "paragraph",
        "headings of sections; of sections inside them Heading 3, and so on",
        needed=True,
    ),
    StyleUse("Body Text", "paragraph", "paragraphs without a number"),
    StyleUse("Numbered Paragraph", "paragraph", "paragraphs with a number"),
    StyleUse("List Bullet", "paragraph", "items of bulleted lists", needed=True),
    StyleUse("List Bullet 2", "paragraph", "items of lists inside lists, and deeper", needed=True),
    StyleUse("List Number", "paragraph", "items of counted lists", needed=True),
    StyleUse(
        "List Number 2", "paragraph", "items of counted lists inside lists, and deeper", needed=True
    ),
    StyleUse("List Continue", "paragraph", "later paragraphs of an item"),
    StyleUse("List Continue 2", "paragraph", "the same inside lists inside lists, and deeper"),
    StyleUse("Quote", "paragraph", "what is quoted"),
    StyleUse("Caption", "paragraph", "the line above a table or picture"),
    StyleUse("Picture", "paragraph", "the paragraph that holds a picture"),
    StyleUse("Table Heading", "paragraph", "the header row of a table"),
    StyleUse("Table Text", "paragraph", "the cells of a table"),
    StyleUse("Table Label", "paragraph", "the first column of a front sheet"),
    StyleUse("Table Bullet", "paragraph", "items of bulleted lists in a cell"),
    StyleUse("Table Number", "paragraph", "items of counted lists in a cell"),
    StyleUse("Strong", "character", "words of strong importance"),
    StyleUse("Emphasis", "character", "stressed words"),
    StyleUse("Hyperlink", "character", "links and cross-references"),
    StyleUse("Peerkit Table", "table", "every table and front sheet"),
    StyleUse("Peerkit Paragraphs", "list", "numbers 1, 2, 3 through the paper", needed=True),
    StyleUse(
        "Peerkit Sections", "list", "numbers 1 for headings and 1.1 for paragraphs", needed=True
    ),
    StyleUse("Peerkit Bullets", "list", "bulleted lists, nine levels", needed=True),
    StyleUse("Peerkit List", "list", "counted lists, nine levels", needed=True),
    StyleUse("Peerkit Table Bullets", "list", "bulleted lists in cells", needed=True),
    StyleUse("Peerkit Table List", "list", "counted lists in cells", needed=True),
)


@attrs.frozen
class ListStyle:
    """
    A list style: the list *num* it has, and the *abstract* definition behind it.
    """

    num: int
    abstract: int


_NEEDED = {(one.kind, one.name.casefold()): one.needed for one in STYLES}


@attrs.frozen(kw_only=True)
class StyleSheet:
    """
    The styles a template has: ids by kind and case-folded name.

    *origin* is what messages call the template.
    """

    origin: str
    ids: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, ListStyle]

    def id(self, kind: str, name: str) -> str:
        """
        Return the id of the style *name* as an attribute has it, empty where Normal has to do.

        Raises:
            PeerkitError: If the template lacks it and nothing can stand for it.
        """
        found = self.ids[kind].get(name.casefold())
        if found is None and _NEEDED.get((kind, name.casefold()), True):
            raise self._missing(kind, name)
        return attribute(found or "")

    def named(self, kind: str, name: str) -> str:
        """
        Return the id of the style that somebody calls *name*, which may be an id itself.

        It is written as an attribute has it.

        Raises:
            PeerkitError: If the template has no such style.
        """
        found = self.ids[kind].get(name.casefold())
        if found is None and name in self.ids[kind].values():
            return attribute(name)
        if found is None:
            raise self._missing(kind, name)
        return attribute(found)

    def list(self, name: str) -> ListStyle:
        """
        Return the list style *name*.

        Raises:
            PeerkitError: If the template has no such style.
        """
        try:
            return self.lists[name.casefold()]
        except KeyError:
            raise self._missing("list", name) from None

    def _missing(self, kind: str, name: str) -> PeerkitError:
        return PeerkitError(
            f"{begun(self.origin)} has no {kind} style named “{name}”, which this paper needs.",
            mend="Add the style in Word, or begin from a copy of peerkit's base template.",
        )
