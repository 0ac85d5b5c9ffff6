"""
When two Word files are the same: part by part, after a few repairs made to both.

The repairs are all in `REPAIRS`, each with its reason. What differs beyond them is a finding.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
from collections import Counter
from itertools import count
from xml.parsers import expat

import docxtpl
from lxml import etree

from peerkit_docx import draw_names, prepare, texts
from peerkit_docx.word.ordering import in_order
from peerkit_docx.word.packages import read_package

from .markup import R, W
from .values import ALTERNATIVE, ours, printed, theirs

_W = f"{{{W}}}"
_R = f"{{{R}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = frozenset({f"{_W}t", f"{_W}instrText", f"{_W}delText"})
_HOLDERS = ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")


# -- drawing -------------------------------------------------------------------------


def drawn_by_us(data, names):
    """
    Return *data* drawn by our engine, filled with *names* of `values`.
    """
    return draw_names(prepare(data, "own.docx"), ours(names), origin="own.docx", accessible=False)


def drawn_by_docxtpl(data, names):
    """
    Return *data* drawn by docxtpl.
    """
    template = docxtpl.DocxTemplate(io.BytesIO(data))
    template.init_docx()
    template.render(theirs(names, template), autoescape=True)
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


# -- comparing -----------------------------------------------------------------------


def common_form(data, *, looks=True):
    """
    Return all that a file says, by part, so that two files that say the same are equal.

    Without *looks*, how runs are set counts for nothing.
    """
    repairs = REPAIRS if looks else (*REPAIRS, _looks)
    package = read_package(data, "the file")
    form = {}
    for name, content in package.items():
        if name == "docProps/core.xml":
            form[name] = _properties(content)
        elif name.endswith(".rels"):
            # Relationships are compared by what they lead to, where they are used; those that
            # are not used, by what python-docx keeps: links are left out.
            form[name] = sorted(
                str(one) for one in _leads(package, name).values() if one[0] == "part"
            )
        elif name.endswith(".xml") and name != "[Content_Types].xml":
            form[name] = _part(content, _leads(package, _relations_of(name)), repairs)
    # Pictures are named otherwise: what they hold is compared.
    form["pictures"] = Counter(
        _digest(content) for name, content in package.items() if "/media/" in name
    )
    form["types"] = _types(package)
    return form


def differences(one, other):
    """
    Yield, for every part in which the forms *one* and *other* differ, its name and both.
    """
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name):
            yield name, one.get(name), other.get(name)


def told(one, other, room=160):
    """
    Return how two forms differ, as a test tells it.
    """
    lines = []
    for name, *both in differences(one, other):
        mine, yours = map(str, both)
        at = next(
            (at for at, (a, b) in enumerate(zip(mine, yours, strict=False)) if a != b),
            min(len(mine), len(yours)),
        )
        start = max(0, at - 60)
        lines.append(
            f"{name}\n  docxtpl: {mine[start : start + room]}\n  peerkit: {yours[start : start + room]}"
        )
    return "\n".join(lines)


def _relations_of(name):
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _leads(package, name):
    """
    Return what each relationship in the part *name* leads to.
    """
    if name not in package:
        return {}
    folder = name.partition("_rels/")[0]
    found = {}
    for one in etree.fromstring(package[name]):
        target = one.get("Target")
        kind = one.get("Type").rpartition("/")[2]
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if one.get("TargetMode") == "External":
            found[one.get("Id")] = ("link", kind, target)
        elif kind == "image":
            found[one.get("Id")] = ("picture", kind, _digest(package[path]))
        else:
            found[one.get("Id")] = ("part", kind, path)
    return found


def _digest(content):
    return hashlib.sha256(content).hexdigest()[:12]


def _properties(content):
    """
    Return core properties by value; what is empty is as good as not there.
    """
    found = {etree.QName(one).localname: one.text for one in etree.fromstring(content)}
    return {name: text for name, text in found.items() if text}


def _types(package):
    """
    Return the content type of each part, however it is said; pictures by what they hold.
    """
    said = etree.fromstring(package["[Content_Types].xml"])
    by_suffix = {
        one.get("Extension").lower(): one.get("ContentType") for one in said.iterfind("{*}Default")
    }
    by_name = {one.get("PartName"): one.get("ContentType") for one in said.iterfind("{*}Override")}
    return {
        (_digest(content) if "/media/" in name else name):
            by_name.get(f"/{name}") or by_suffix.get(name.rpartition(".")[2].lower())
        for name, content in package.items()
        if name != "[Content_Types].xml"
    }  # fmt: skip


def _part(content, leads, repairs):
    markup = etree.tostring(etree.fromstring(content), encoding="unicode")
    # docxtpl puts properties in front, against the schema's order; see `ordering`.
    tree = etree.fromstring(in_order(markup))
    for repair in repairs:
        repair(tree, leads)
    # Also sees to prefixes that are declared and not used.
    return etree.canonicalize(etree.tostring(tree, encoding="unicode"))


# -- repairs -------------------------------------------------------------------------


def _spaces(tree, leads):
    """
    White space between elements says nothing: docxtpl breaks lines before paragraphs.
    """
    del leads
    for one in tree.iter(etree.Element):
        if one.tag not in _TEXTS and one.text and not one.text.strip(" \t\r\n"):
            one.text = None
        if one.tail and not one.tail.strip(" \t\r\n"):
            one.tail = None


def _kept_spaces(tree, leads):
    """
    That white space is kept says nothing of a text without any at its ends.

    docxtpl says it of a text that has a comment with a tag inside.
    """
    del leads
    for one in tree.iter(f"{_W}t"):
        if one.text == (one.text or "").strip() or not one.text:
            one.attrib.pop(_SPACE, None)


def _numbers(tree, leads):
    """
    Pictures and bookmarks are numbered as they come; a bookmark that is repeated by name.

    docxtpl numbers pictures of the body from 1001, and repeats bookmarks as they are.
    """
    del leads
    for number, one in zip(count(1), tree.iter(f"{_WP}docPr"), strict=False):
        one.set("id", str(number))
    for one in tree.iter(f"{_PIC}cNvPr"):
        one.set("id", "0")
    numbers, pending, named = count(1), {}, Counter()
    for one in tree.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd"):
        key = one.get(f"{_W}id")
        if one.tag == f"{_W}bookmarkStart":
            pending[key] = str(next(numbers))
            one.set(f"{_W}id", pending[key])
            name = one.get(f"{_W}name")
            base = re.sub(r"_\d+\Z", "", name)
            name = base if named[base] else name
            named[name] += 1
            one.set(f"{_W}name", f"{name}#{named[name]}")
        else:
            one.set(f"{_W}id", pending.pop(key, "none"))


def _targets(tree, leads):
    """
    The ids of relationships are anyone's choice: what they lead to is compared.
    """
    for one in tree.iter(etree.Element):
        for key, value in one.attrib.items():
            if key.startswith(_R):
                one.set(key, str(leads.get(value, "nothing")))


def _shades(tree, leads):
    """
    Word wants w:val on w:shd; docxtpl's rich text leaves it out.
    """
    del leads
    for one in tree.iter(f"{_W}shd"):
        if one.get(f"{_W}val") is None:
            one.set(f"{_W}val", "clear")


def _pictures(tree, leads):
    """
    What docxtpl cannot say of a picture: it has no alternative text, is named after a file,
    and distances of 0 are left out.
    """
    del leads
    for one in tree.iter(f"{_WP}docPr", f"{_PIC}cNvPr"):
        if one.get("descr") == ALTERNATIVE:
            del one.attrib["descr"]
        if re.fullmatch(r"Picture \d+|image\d*\.\w+", one.get("name", "")):
            one.set("name", "picture")
    # python-docx cuts off what it works out with floats; 635 is a twentieth of a point.
    for one in tree.iter(f"{_WP}extent", f"{_A}ext"):
        for side in ("cx", "cy"):
            if side in one.attrib:
                one.set(side, str(round(int(one.get(side)) / 635)))
    for one in tree.iter(f"{_WP}inline"):
        for side in "TBLR":
            if one.get(f"dist{side}") == "0":
                del one.attrib[f"dist{side}"]


def _last_paragraphs(tree, leads):
    """
    Word takes what holds paragraphs and has none, or ends in a table, for damage.
    """
    del leads
    for one in tree.iter(*(f"{_W}{name}" for name in _HOLDERS)):
        last = one[-1] if len(one) else one
        if last.tag != f"{_W}p" and (last.tag != f"{_W}sdt" or last.find(f".//{_W}p") is None):
            one.append(etree.Element(f"{_W}p"))


def _word_ids(tree, leads):
    """
    Word's own ids of paragraphs may not stand twice; docxtpl repeats them.
    """
    del leads
    for one in tree.iter(f"{_W}p", f"{_W}tr"):
        for name in ("paraId", "textId"):
            one.attrib.pop(f"{_W14}{name}", None)


def _looks(tree, leads):
    """
    Behind rich text and pictures, docxtpl lets go of how the run was set.
    """
    del leads
    for one in list(tree.iter(f"{_W}rPr")):
        if one.getparent().tag == f"{_W}r":
            one.getparent().remove(one)
    etree.strip_tags(tree, f"{_W}r")
    for one in list(tree.iter(f"{_W}t")):
        one.attrib.pop(_SPACE, None)
        before = one.getprevious()
        if before is not None and before.tag == one.tag:
            before.text = (before.text or "") + (one.text or "")
        elif one.text:
            continue
        one.getparent().remove(one)


REPAIRS = (
    _spaces,
    _kept_spaces,
    _last_paragraphs,
    _numbers,
    _targets,
    _shades,
    _pictures,
    _word_ids,
)


# -- soundness -----------------------------------------------------------------------

_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


def unsound(data, template, names):
    """
    Yield what is wrong with the file *data*: parts that are no XML, tags of *template* left.

    A tag that *names* say is no tag.
    """
    whole = True
    for name, content in read_package(data, "the file").items():
        if name.endswith((".xml", ".rels")):
            try:
                expat.ParserCreate().Parse(content, True)
            except expat.ExpatError as error:
                whole = False
                yield f"{name}: {error}"
    if whole:
        tags = {tag for text in texts(template) for tag in _TAG.findall(text)}
        tags -= {tag for text in printed(names) for tag in _TAG.findall(text)}
        yield from sorted(tag for tag in tags if any(tag in text for text in texts(data)))
