"""
What the templates of the corpus are written with: WordprocessingML in short words.
"""

from __future__ import annotations

import itertools
import re
from html import escape

import attrs
from lxml import etree

from peerkit_docx.basefile import build
from peerkit_docx.word.packages import read_package, write_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What text boxes and pictures are written in.
SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


# -- text ----------------------------------------------------------------------------


def t(text):
    """
    Text; spaces at its ends are kept only if Word would say so.
    """
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{keep}>{escape(text, quote=False)}</w:t>"


def run(text, properties=""):
    """
    A run of *text*, or of elements if it begins with one.
    """
    inside = text if text.startswith("<w:") else t(text)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def para(*runs, properties=""):
    """
    A paragraph of *runs*, each a text or markup.
    """
    inside = "".join(one if one.startswith("<w:") else run(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def paras(*texts):
    """
    A paragraph of each of the *texts*; one that is markup stays as it is.
    """
    return "".join(one if one.startswith("<") else para(one) for one in texts)


# -- tables --------------------------------------------------------------------------


def cell(*texts, properties=""):
    """
    A cell with a paragraph for each of the *texts*.
    """
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{paras(*texts)}</w:tc>'
    )


def row(*cells, properties=""):
    """
    A row of *cells*, each a text or markup.
    """
    inside = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def table(*rows, columns=2, widths=()):
    """
    A table of *rows*, each of texts or markup, and its grid.
    """
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths or [6000 // columns] * columns)
    inside = "".join(one if isinstance(one, str) else row(*one) for one in rows)
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{inside}</w:tbl>"
    )


# -- other things --------------------------------------------------------------------


def control(inside, title="field"):
    """
    A content control round *inside*.
    """
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:id w:val="77"/></w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def text_box(inside):
    """
    A run with a text box, twice as Word writes it: as it is now, and as it was before.
    """
    now = (
        '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="900000"/>'
        '<wp:docPr id="5" name="Box"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    )
    before = f'<v:shape id="Box" style="width:70pt"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape>'
    return (
        f'<w:r><mc:AlternateContent {SPACES}><mc:Choice Requires="wps"><w:drawing>{now}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{before}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(relation, described="", number=9):
    """
    A run with a picture that stands in the template.
    """
    return (
        f'<w:r><w:drawing><wp:inline {SPACES} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="360000" cy="360000"/><wp:docPr id="{number}" name="Crest" descr="{described}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="crest.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{relation}"/></pic:blipFill><pic:spPr/></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def section(*references, size='<w:pgSz w:w="11906" w:h="16838"/>', more=""):
    """
    The properties of a section, with *references* as element, kind of page and relationship.
    """
    inside = "".join(
        f'<w:{what}Reference w:type="{kind}" r:id="{relation}"/>'
        for what, kind, relation in references
    )
    return f"<w:sectPr>{inside}{size}{more}</w:sectPr>"


def root(name, inside):
    """
    A part whose root element is *name*.
    """
    return f'{_HEAD}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{name}>'


# -- files ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Part:
    """
    A part to be put into a file: *relation* leads to it from the body, or from *of*.

    *kind* is the last word of its relationship, that of a header if nothing is said.
    """

    name: str
    content: str | bytes
    relation: str
    kind: str = "header"
    of: str = "word/document.xml"


@attrs.frozen(kw_only=True)
class Template:
    """
    A template of the corpus, and the *names* it is filled with.

    Of one that our engine refuses, *at* is where the fault is and *refused* words of the reason.
    Where docxtpl goes *wrong*, that says how, and *shows* are texts that are in what we draw.
    """

    name: str
    body: str
    names: dict = attrs.field(factory=dict)
    header: str = para("Northmere")
    footer: str = para("Public")
    parts: tuple[Part, ...] = ()
    links: dict[str, str] = attrs.field(factory=dict)
    replaced: dict[str, str] = attrs.field(factory=dict)
    last: str = ""
    at: str = ""
    refused: str = ""
    wrong: str = ""
    shows: tuple[str, ...] = ()

    def made(self, cut=None):
        """
        The Word file; *cut* chooses where its runs are cut.
        """
        package = read_package(build(self.body, header=self.header, footer=self.footer), self.name)
        body = package["word/document.xml"].decode()
        if self.last:
            body = re.sub(
                r"<w:sectPr>(?:(?!<w:sectPr>).)*</w:sectPr></w:body>", f"{self.last}</w:body>", body
            )
        package["word/document.xml"] = body.encode()
        for link, address in self.links.items():
            _relate(package, "word/document.xml", link, "hyperlink", address, external=True)
        for part in self.parts:
            _add(package, part)
        for name, content in self.replaced.items():
            package[name] = content.encode()
        if cut is not None:
            for name, content in package.items():
                if re.match(r"word/(document|header|footer|footnotes)\d*\.xml", name):
                    package[name] = cut_up(content, cut)
        return write_package(package)


def _add(package, part):
    content = part.content
    package[part.name] = content if isinstance(content, bytes) else content.encode()
    _relate(package, part.of, part.relation, part.kind, part.name.removeprefix("word/"))
    types = package["[Content_Types].xml"].decode()
    if part.kind == "image":
        suffix = part.name.rpartition(".")[2]
        added = f'<Default Extension="{suffix}" ContentType="image/{suffix}"/>'
    else:
        added = f'<Override PartName="/{part.name}" ContentType="{_WML}.{part.kind}+xml"/>'
    if added not in types:
        package["[Content_Types].xml"] = types.replace("</Types>", f"{added}</Types>").encode()


def _relate(package, of, relation, kind, target, *, external=False):
    folder, _, file = of.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    there = package.get(
        name,
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        "</Relationships>".encode(),
    ).decode()
    mode = ' TargetMode="External"' if external else ""
    line = f'<Relationship Id="{relation}" Type="{R}/{kind}" Target="{escape(target)}"{mode}/>'
    package[name] = there.replace("</Relationships>", f"{line}</Relationships>").encode()


# -- as Word cuts text ---------------------------------------------------------------


def cut_up(content, cut):
    """
    Return the part *content* with its runs cut, inside of tags too, as Word does it.

    *cut* returns for a text the places where it is cut. Each run has a copy of the
    properties, a number of the session it was typed in, and marks of the spelling checker.
    """
    tree = etree.fromstring(content)
    for one in list(tree.iter(f"{{{W}}}r")):
        children = [child for child in one if child.tag != f"{{{W}}}rPr"]
        if len(children) == 1 and children[0].tag == f"{{{W}}}t" and children[0].text:
            _cut_run(one, children[0], cut(children[0].text))
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cut_run(one, text, places):
    said = text.text
    parent, at = one.getparent(), one.getparent().index(one)
    properties = one.find(f"{{{W}}}rPr")
    edges = [0, *sorted({place for place in places if 0 < place < len(said)}), len(said)]
    made = []
    for number, (start, end) in enumerate(itertools.pairwise(edges)):
        piece = etree.Element(f"{{{W}}}r", {f"{{{W}}}rsidR": f"00A1B2C{number % 10}"})
        if properties is not None:
            piece.append(etree.fromstring(etree.tostring(properties)))
        words = etree.SubElement(piece, f"{{{W}}}t")
        words.text = said[start:end]
        if words.text != words.text.strip():
            words.set(_SPACE, "preserve")
        if number % 3 == 1:
            made.append(etree.Element(f"{{{W}}}proofErr", {f"{{{W}}}type": "spellStart"}))
        made.append(piece)
        if number % 3 == 1:
            made.append(etree.Element(f"{{{W}}}proofErr", {f"{{{W}}}type": "spellEnd"}))
    parent[at : at + 1] = made


_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_NAMES = re.compile(r"\w{2,}")


def everywhere(text):
    """
    The places where Word likes to cut *text*: between braces, inside of names, before the end.
    """
    places = {0}
    for tag in _TAG.finditer(text):
        start, end = tag.span()
        places |= {start, start + 1, start + 2, end - 2, end - 1, end}
        for name in _NAMES.finditer(text, start, end):
            places.add((name.start() + name.end()) // 2)
    return places | {len(text) // 3, 2 * len(text) // 3}
