"""
What is mended in a PDF that LibreOffice has made: tags, dates, and what it says of itself.

Only this module needs pikepdf. Kept out: how the PDF is made.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from pikepdf import Array, Dictionary, Name, NumberTree, Page, Pdf, parse_content_stream

from peerkit.errors import PeerkitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf.models.metadata import PdfMetadata

    from peerkit.document import Document

__all__ = ["mended"]

_ROW_HEADING: Final = "/Table Label"  # the style of the first column of a front sheet
_BY_CHANCE: Final = ("/ID", "/DocChecksum")
_DATES: Final = ("/CreationDate", "/ModDate")
# What a clock or chance says, by the names that XMP has for it.
_TOLD_BY_CHANCE: Final = (
    "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:InstanceID",
)  # fmt: skip


def mended(content: bytes, document: Document) -> bytes:
    """
    Return the PDF *content* of *document* as PDF/UA; the same is made of the same.

    Raises:
        PeerkitError: If it does not claim to be PDF/UA.
    """
    with Pdf.open(io.BytesIO(content)) as pdf:
        _refuse_plain(pdf)
        _mark_row_headings(pdf)
        _order_links(pdf)
        _tag_links(pdf)
        _forget(pdf)
        _tell(pdf, document)
        whole = io.BytesIO()
        pdf.save(whole, deterministic_id=True)
    return whole.getvalue()


def _refuse_plain(pdf: Pdf) -> None:
    with _metadata(pdf) as said:
        if "pdfuaid:part" not in said:
            raise PeerkitError(
                "LibreOffice made a PDF that is not marked as PDF/UA, so not everyone could "
                "read it.",
                mend="Install LibreOffice 7.4 or later.",
            )


def _elements(pdf: Pdf) -> Iterator[Any]:
    """
    Yield every element of the tree of tags, those above first.
    """
    waiting: list[Any] = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        waiting += _children(element)


def _children(element: Any) -> list[Any]:
    inside = element.get("/K", Array())
    # An only child may stand there by itself; a number is a piece of a page.
    several = list(inside) if isinstance(inside, Array) else [inside]
    return [one for one in several if isinstance(one, Dictionary)]


def _mark_row_headings(pdf: Pdf) -> None:
    """
    Let a cell of a front sheet be read out with the label of its row.

    Word knows no more than that a first column is special, and LibreOffice not even that.
    """
    for element in _elements(pdf):
        if element.S == Name.TD and [str(one.S) for one in _children(element)] == [_ROW_HEADING]:
            scope = Dictionary(O=Name.Table, Scope=Name.Row)
            element.S = Name.TH
            element.A = Array([element.A, scope]) if "/A" in element else scope


def _order_links(pdf: Pdf) -> None:
    """
    Let the Tab key go from link to link as the text is read.

    LibreOffice means to say so, but writes a text where PDF wants a name.
    """
    for page in pdf.pages:
        page.obj.Tabs = Name.S


def _tag_links(pdf: Pdf) -> None:
    """
    Let no link be without its tag.

    LibreOffice forgets that of text from right to left. It is put around whatever text
    begins within the frame of the link.
    """
    owners = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        for link in page.obj.get("/Annots", Array()):
            if link.Subtype == Name.Link and "/StructParent" not in link:
                for piece in _pieces(page, link.Rect):
                    _tag_link(pdf, owners, page, link, piece)


def _pieces(page: Page, frame: Any) -> Iterator[int]:
    """
    Yield the numbers of the pieces of text on *page* that begin within *frame*.
    """
    left, low, right, high = map(float, frame)
    number = None
    for one in parse_content_stream(page.obj):
        match str(one.operator):
            case "BDC":
                said = one.operands[1]
                number = said.get("/MCID") if isinstance(said, Dictionary) else None
            case "EMC":
                number = None
            case "Td" | "Tm" if number is not None:
                x, y = (float(each) for each in list(one.operands)[-2:])
                if left - 1 < x < right - 1 and low <= y <= high:
                    yield int(number)
                number = None


def _tag_link(pdf: Pdf, owners: NumberTree, page: Page, link: Any, piece: int) -> None:
    on_page = owners[int(page.obj.StructParents)]
    owner = on_page[piece]
    tag = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Link, P=owner, Pg=page.obj, K=Array())
    )
    inside = list(owner.K) if isinstance(owner.K, Array) else [owner.K]
    owner.K = Array([tag if one == piece else one for one in inside])
    tag.K = Array([piece, Dictionary(Type=Name.OBJR, Obj=link, Pg=page.obj)])
    on_page[piece] = tag
    link.StructParent = max(int(one) for one in owners) + 1
    owners[int(link.StructParent)] = tag


def _forget(pdf: Pdf) -> None:
    """
    Take out what a clock or chance has put in; where `save` wants an id, it counts one.
    """
    for told, names in ((pdf.trailer, _BY_CHANCE), (pdf.docinfo, _DATES)):
        for name in names:
            if name in told:
                del told[name]
    with _metadata(pdf) as said:
        for name in _TOLD_BY_CHANCE:
            if name in said:
                del said[name]


def _tell(pdf: Pdf, document: Document) -> None:
    """
    Let the file say of itself what the document says; without a day there are no dates.
    """
    properties = document.properties
    pdf.Root.Lang = document.language
    with _metadata(pdf) as said:
        said["dc:title"] = document.title
        if properties.history:
            said["dc:identifier"] = properties.history
        if properties.day:
            said["xmp:CreateDate"] = said["xmp:ModifyDate"] = f"{properties.day}T00:00:00Z"
    if properties.day:
        for name in _DATES:
            pdf.docinfo[name] = f"D:{properties.day:%Y%m%d}000000Z"


def _metadata(pdf: Pdf) -> PdfMetadata:
    # Otherwise it would say which pikepdf it was, and copy from one place to the other.
    return pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
