"""
The base template, built from nothing: its page, header, footer and body.

Used by scripts that make templates, never while a paper is drawn. `build` puts any body
on the same page with the same styles; see "Make a template of your own" in the README.
Kept out: the styles themselves; see `basestyles`.
"""

from __future__ import annotations

from peerkit_docx.basestyles import numbering, styles
from peerkit_docx.word.packages import write_package
from peerkit_docx.word.properties import PAPER, custom_properties
from peerkit_docx.word.xmlwriting import DECLARATION, in_run

__all__ = ["BODY", "FOOTER", "HEADER", "build", "line", "page_line"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 11_906, 16_838, 1_417  # A4, 2.5 cm


def line(text: str, style: str, *, runs: str = "") -> str:
    """
    Return a paragraph of *text* in the style whose id is *style*.

    >>> line("{{ title }}", "Heading1")
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">{{ title }}</w:t></w:r></w:p>'
    """
    said = runs or f'<w:r><w:t xml:space="preserve">{in_run(text)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{said}</w:p>'


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{in_run(text)}</w:t></w:r>'


def page_line(style: str = "Footer") -> str:
    """
    Return a paragraph with the title, then page and number of pages at the right.
    """
    runs = (
        f"{_words('{{ title }}')}<w:r><w:tab/></w:r>{_words('{{ page_words[0] }} ')}{_field('PAGE')}"
        f"{_words(' {{ page_words[1] }} ')}{_field('NUMPAGES')}"
    )
    return line("", style, runs=runs)


HEADER = (
    line("{%p for notice in notices %}", "Notice")
    + line("{{ notice }}", "Notice")
    + line("{%p endfor %}", "Notice")
    + line("{{ author }}", "Header")
)
FOOTER = page_line()
BODY = (
    line("{{ title }}", "Heading1")
    + line("{{p front }}", "BodyText")
    + line("{%p for s in sections recursive %}", "BodyText")
    + line("{{p s.head }}", "Heading2")
    + line("{{p s.body }}", "BodyText")
    + line("{{p loop(s.sections) }}", "BodyText")
    + line("{%p endfor %}", "BodyText")
)


def build(
    body: str = BODY,
    *,
    paper: str = "*",
    header: str = HEADER,
    footer: str = FOOTER,
    landscape: bool = False,
) -> bytes:
    """
    Return a template for *paper* with *body* between *header* and *footer*.

    All three are WordprocessingML, as `line` gives it; the styles are those of the base
    template. The same arguments give the same bytes. A *landscape* page suits wide tables.
    """
    width, height = (_PAGE_HEIGHT, _PAGE_WIDTH) if landscape else (_PAGE_WIDTH, _PAGE_HEIGHT)
    turned = ' w:orient="landscape"' if landscape else ""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId10"/>'
        '<w:footerReference w:type="default" r:id="rId11"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" '
        'w:header="510" w:footer="624" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({
            "rId1": (f"{_R}/officeDocument", "word/document.xml"),
            "rId2": (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            "rId3": (f"{_R}/extended-properties", "docProps/app.xml"),
            "rId4": (f"{_R}/custom-properties", "docProps/custom.xml"),
        }),
        "docProps/app.xml": _APP,
        "docProps/core.xml": _CORE,
        "docProps/custom.xml": custom_properties({PAPER: paper}).decode(),
        "word/_rels/document.xml.rels": _relations({
            "rId1": (f"{_R}/styles", "styles.xml"),
            "rId2": (f"{_R}/numbering", "numbering.xml"),
            "rId3": (f"{_R}/settings", "settings.xml"),
            "rId4": (f"{_R}/fontTable", "fontTable.xml"),
            "rId10": (f"{_R}/header", "header1.xml"),
            "rId11": (f"{_R}/footer", "footer1.xml"),
        }),
        "word/document.xml": _root("document", f"<w:body>{body}{section}</w:body>"),
        "word/fontTable.xml": _root("fonts", _FONTS),
        "word/footer1.xml": _root("ftr", footer),
        "word/header1.xml": _root("hdr", header),
        "word/numbering.xml": _root("numbering", numbering()),
        "word/settings.xml": _root("settings", _SETTINGS),
        "word/styles.xml": _root("styles", styles(width - 2 * _MARGIN)),
    }  # fmt: skip
    return write_package({name: content.encode() for name, content in parts.items()})


def _root(name: str, content: str) -> str:
    return f'{DECLARATION}<w:{name} xmlns:w="{_W}" xmlns:r="{_R}">{content}</w:{name}>'


# -- the other parts ---------------------------------------------------------------

_FONTS = (
    '<w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
_CORE = (
    f"{DECLARATION}<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>peerkit template</dc:title>'
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)
_APP = (
    f"{DECLARATION}<Properties"
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>peerkit</Application></Properties>"
)


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{one}" Type="{kind}" Target="{target}"/>'
        for one, (kind, target) in targets.items()
    )
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{lines}</Relationships>"
    )


def _content_types() -> str:
    overrides = {
        "/word/document.xml": f"{_WML}.document.main+xml",
        "/word/styles.xml": f"{_WML}.styles+xml",
        "/word/numbering.xml": f"{_WML}.numbering+xml",
        "/word/settings.xml": f"{_WML}.settings+xml",
        "/word/fontTable.xml": f"{_WML}.fontTable+xml",
        "/word/header1.xml": f"{_WML}.header+xml",
        "/word/footer1.xml": f"{_WML}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    lines = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )
