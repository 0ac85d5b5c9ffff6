"""
Bad Word templates and bad texts, as those who are handed one see them.

A bad file ends both `peerkit render --template` and `peerkit template check` with 2: nothing
is written, nothing of it is run, and what is said names the file, the place and the way on.
"""

from __future__ import annotations

import io
import re
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import attrs
import docx
import pytest

from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit.document import Figure, Heading, Link, Properties, Quote, Text
from peerkit.errors import PeerkitError
from peerkit_docx import draw_names, prepare, texts
from peerkit_docx.basefile import BODY, build, line
from peerkit_docx.drawing import child
from peerkit_docx.drawing.context import context
from peerkit_docx.markup.values import Value
from peerkit_docx.word.packages import Packed, packed, read_package, write_package, zipped

REGISTER = {
    "peerkit.yaml": "extends: navsh-peer-review\n"
    "organisation: {name: Northmere Borough Council, notices: Illustrative}\n",
    "parties.yaml": "parties: {head: {is: post, name: Head of Libraries}}\n",
    "review.yaml": "review: libraries\ntitle: Review of the libraries\nkind: NAVSH peer review\n"
    "host: head\ncontext: CONTEXT\nthemes:\n  books:\n    title: Books\n"
    "    strengths: {S1: There are many.}\n    development: {D1: More are needed.}\n",
    "plan.yaml": "plan: libraries-plan\ntitle: Plan for the libraries\nanswers: libraries\n"
    "lead: head\nactions: {A1: {do: Buy books, answers: D1, owner: head, due: July 2022}}\n",
}
FILLED = ("render", "northmere", "action-plan", "--as", "docx", "--on", "2022-02-14",
          "--template", "bad.docx")  # fmt: skip
CHECKED = ("template", "check", "bad.docx", "--register", "northmere", "--paper", "action-plan")
REPORTED = ("render", "northmere", "review-report", "--as", "docx", "--on", "2022-02-14")
OWN = "northmere/templates/action-plan.docx"

both_commands = pytest.mark.parametrize("command", [FILLED, CHECKED], ids=["render", "check"])


@attrs.frozen(kw_only=True)
class Ended:
    """
    How a command ended, what it *said*, how long it took, and the files that were *written*.
    """

    code: int
    said: str
    seconds: float
    written: set[Path]


@pytest.fixture(name="northmere")
def _northmere(tmp_path, monkeypatch):
    """
    Write the register of Northmere, with some words as the context of its review.
    """
    monkeypatch.chdir(tmp_path)

    def write(context=b"Northmere asked for it."):
        Path("northmere").mkdir(exist_ok=True)
        for name, text in REGISTER.items():
            Path("northmere", name).write_bytes(text.encode().replace(b"CONTEXT", context))

    write()
    return write


@pytest.fixture(name="ran")
def _ran(northmere, capsys):  # noqa: ARG001 - it is the current folder that is meant
    def run(*arguments):
        before = set(Path().rglob("*"))
        began = time.monotonic()
        code = main(arguments)
        seconds = time.monotonic() - began
        told = capsys.readouterr()
        return Ended(
            code=code,
            said=" ".join((told.out + told.err).replace("\\\\", "\\").split()),
            seconds=seconds,
            written=set(Path().rglob("*")) - before,
        )

    return run


def refused(ended, *words):
    """
    Assert that a command has *ended* as it has to with a bad file, and said *words*.
    """
    assert (Exit.FAULT, set()) == (ended.code, ended.written), ended.said
    assert "Traceback" not in ended.said
    assert "failed while" not in ended.said
    assert [] == [one for one in words if one not in ended.said], ended.said


# -- files of all kinds --------------------------------------------------------------

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
OF_BODY = "word/_rels/document.xml.rels"
TITLE = line("{{ title }}", "Heading1")
REST = BODY.partition("</w:p>")[2]
DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PAYLOAD = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"


def said_in(*tags):
    """
    Return a template for any paper that also says *tags*, each in a paragraph.
    """
    return build(TITLE + "".join(line(f"x {tag}", "BodyText") for tag in tags) + REST)


def drawn_in(xml):
    """
    Return a template for any paper with more *xml* at the end of its body.
    """
    return build(BODY + xml)


def with_parts(*parts):
    return write_package(read_package(build(), "it") | dict(parts))


def changed(part, old, new, content=None):
    package = read_package(content or build(), "it")
    assert old in package[part]
    return write_package(package | {part: package[part].replace(old, new, 1)})


def related(kind, target, part=OF_BODY, mode="External", content=None):
    """
    Return *content*, or the base template, with a relationship of that *kind*.
    """
    package = read_package(content or build(), "it")
    old = package.get(part, RELATIONS).replace(b"/>", b"></Relationships>", part not in package)
    kind = kind if "/" in kind else f"{RELATION}/{kind}"
    new = f'<Relationship Id="rX" Type="{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    package[part] = old.replace(b"</Relationships>", new.encode())
    return write_package(package)


def typed(name, content, media_type):
    """
    Return the base template with a part that is declared as of *media_type*.
    """
    said = f'<Override PartName="/{name}" ContentType="{media_type}"/></Types>'
    declared = changed("[Content_Types].xml", b"</Types>", said.encode())
    return write_package(read_package(declared, "it") | {name: content})


def grown(name, megabytes, says=None):
    """
    Return the base template with a part that unpacks to so many *megabytes*, and *says* so or not.

    Each megabyte of blanks becomes the same thousand bytes, so that it is made at once.
    """
    deflating = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = deflating.compress(b" " * 2**20) + deflating.flush(zlib.Z_FULL_FLUSH)
    size = megabytes * 2**20 if says is None else says
    part = Packed(name, zipfile.ZIP_DEFLATED, 0, size, block * megabytes + deflating.flush())
    rest = read_package(build(), "it")
    return zipped([*(packed(one, rest[one]) for one in rest if one != name), part])


def named(name):
    """
    Return the base template with a part of that *name*, whatever the name is like.
    """
    dull = "word/" + "y" * (len(name) - 5) if len(name) > 5 else "y" * len(name)
    return with_parts((dull, b"<x/>")).replace(dull.encode(), name.encode())


def encrypted():
    """
    Return the base template as a zip whose parts need a password.
    """
    content = bytearray(build())
    for sign, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(sign, bytes(content)):
            content[found.start() + flags] |= 1
    return bytes(content)


def compound(stream):
    """
    Return a compound file, as Word 97 and Word's encryption make them, that holds a *stream*.
    """
    end, free = 0xFFFF_FFFE, 0xFFFF_FFFF
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x9L", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109L", 0, *[free] * 108)
    table = struct.pack("<128L", 0xFFFF_FFFD, end, *[free] * 126)
    folder = b""
    for name, kind, below in (("Root Entry", 5, 1), (stream, 2, free)):
        letters = f"{name}\0".encode("utf-16-le")
        folder += letters.ljust(64, b"\0") + struct.pack("<H2B", len(letters), kind, 1)
        folder += struct.pack("<3L36xLQ", free, free, below, end, 0)
    return head + table + folder.ljust(512, b"\0")


def run(inside):
    return f"<w:r>{inside}</w:r>"


def field(*codes):
    """
    Return a paragraph with a field, its code spread over as many runs as there are *codes*.
    """
    first, middle, last = (
        run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    code = "".join(run(f'<w:instrText xml:space="preserve">{one}</w:instrText>') for one in codes)
    return f"<w:p>{first}{code}{middle}{run('<w:t>1</w:t>')}{last}</w:p>"


def footnoted(tag):
    note = f'<w:footnote w:id="2">{line(tag, "BodyText")}</w:footnote>'
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return typed(
        "word/footnotes.xml",
        f'<w:footnotes xmlns:w="{space}">{note}</w:footnotes>'.encode(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    )


def boxed(tag):
    return drawn_in(
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent>{line(tag, 'BodyText')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def clicked(target):
    """
    Return a template with a picture that leads to *target*.
    """
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    link = f'<a:hlinkClick xmlns:a="{drawing}/main" r:id="rX"/>'
    inside = f'<wp:docPr id="1" name="P" descr="A crest">{link}</wp:docPr>'
    shown = f'<wp:inline xmlns:wp="{drawing}/wordprocessingDrawing">{inside}</wp:inline>'
    crest = f"<w:p><w:r><w:drawing>{shown}</w:drawing></w:r></w:p>"
    return related("hyperlink", target, content=drawn_in(crest))


def hidden(part, encoding):
    """
    Return the base template with a document type in a *part* that is written in *encoding*.
    """
    body = read_package(build(), "it").get(part, b"<?xml?><x/>").decode().partition("?>")[2]
    xml = f'<?xml version="1.0" encoding="{encoding[:6]}"?>{DTD}{body}'
    return with_parts((part, xml.encode(encoding)))


def zipped_members(*members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def rows(table):
    return [pytest.param(made, words, id=name) for name, (made, *words) in table.items()]


# -- templates that reach for more ---------------------------------------------------

CALLING = "Calling is not allowed in a template"
CALLED = "What can be called is loop"
REACHING = {
    "body": (lambda: said_in(PAYLOAD), "bad.docx, body, paragraph 2", CALLING, CALLED),
    "header": (lambda: build(header=line(PAYLOAD, "Header")), "bad.docx, header1, paragraph 1", CALLING, CALLED),
    "footnote": (lambda: footnoted(PAYLOAD), "bad.docx, footnotes, paragraph 1", CALLING, CALLED),
    "text box": (lambda: boxed(PAYLOAD), "bad.docx, body, paragraph 8, in a text box", CALLING, CALLED),
    "property": (lambda: changed("docProps/core.xml", b"peerkit template", PAYLOAD.encode()),
                 "bad.docx, properties", CALLING, CALLED),
    "attr": (lambda: said_in("{{ title|attr('__class__') }}"), "body, paragraph 2", "“attr”"),
    "format_map": (lambda: said_in("{{ '{a.__class__}'.format_map(fields) }}"), "body, paragraph 2", CALLING),
    "stored format": (lambda: said_in("{% set f = '{0.__class__}'.format %}{{ f(title) }}"), "body, paragraph 2",
                      "not allowed in a template"),
    "map attribute": (lambda: said_in("{{ sections|map(attribute='__class__')|list }}"), "body, paragraph 2",
                      "{{ sections|map(attribute='__class__')|list }}: "),
    "lipsum": (lambda: said_in("{{ lipsum.__globals__['os'] }}"), "body, paragraph 2", "__globals__"),
    "namespace": (lambda: said_in("{{ namespace.__init__ }}"), "body, paragraph 2", "__init__"),
    "joiner": (lambda: said_in("{{ joiner() }}"), "body, paragraph 2", CALLING),
    "self": (lambda: said_in("{{ self.__init__ }}"), "body, paragraph 2", "not allowed in a template"),
    "debug": (lambda: said_in("{% debug %}"), "body, paragraph 2", "There is no tag “debug”"),
    "a method": (lambda: said_in("{{ action.delete() }}"), "body, paragraph 2", CALLING, CALLED),
    "an unknown name": (lambda: said_in("{{ f.save }}"), "body, paragraph 2", "“f”", "peerkit"),
    "a part of a section": (lambda: said_in("{% for f in sections %}{{ f.save }}{% endfor %}"), "body, paragraph 2",
                            "“f.save”", "peerkit"),
}  # fmt: skip


@both_commands
@pytest.mark.parametrize(("made", "words"), rows(REACHING))
def test_a_template_that_reaches_for_python_is_refused(ran, made, words, command):
    """
    The part, the paragraph and the tag are told, with what is allowed instead.
    """
    Path("bad.docx").write_bytes(made())

    refused(ran(*command), *words)


@pytest.mark.parametrize(
    "tag", ["{{ names|map('format', 'x')|list }}", "{{ numbers|map('upper')|join }}"]
)
def test_what_a_filter_refuses_of_one_item_is_told_with_its_place(tag):
    """
    The paragraph and the tag, as for a filter of the whole.
    """
    letter = prepare(build(TITLE + line(tag, "BodyText"), header="", footer=""), "own.docx")
    names = {"title": "T", "names": ["North", "Mere"], "numbers": [1, 2]}

    with pytest.raises(PeerkitError, match=r"own\.docx, body, paragraph 2, .*: \{\{ n"):
        draw_names(letter, names, origin="own.docx")


def test_a_template_is_given_texts_and_no_objects(papers):
    """
    Whatever it calls, there is nothing in its names that could be deleted or saved.
    """

    def kinds(value):
        yield type(value)
        inside = value.items() if isinstance(value, dict) else ()
        inside = value if isinstance(value, list | tuple) else inside
        for one in inside:
            yield from kinds(one)

    found = {one for one in kinds(context(papers.rich())) if not issubclass(one, Value)}

    assert found <= {str, int, bool, dict, list, tuple, type(None)}


# -- templates that take too much ----------------------------------------------------

GREEDY = {
    "loops of 99,999": "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "loops of 9,999": "{% for a in range(9999) %}{% for b in range(9999) %}{{ title }}{% endfor %}{% endfor %}",
    "a text of a gigabyte": "{{ 'a'*10**9 }}",
    "a text times a number": "{{ 'a'*1000000000 }}",
    "an indent": "{{ title|indent(10**9) }}",
    "an indent by a number": "{{ title|indent(1000000000) }}",
    "a power": "{{ 9**(9**9) }}",
    "a filter in loops": "{% for a in range(9999) %}{% if sections|sort(attribute='key')|list %}{% for b in range(99) %}"
    "{% set y = range(9999)|sort|first %}{% endfor %}{% endif %}{% endfor %}",
}  # fmt: skip


@pytest.mark.parametrize("tag", GREEDY.values(), ids=GREEDY)
def test_a_template_that_would_never_end_is_stopped_soon(ran, tag):
    """
    Within ten seconds, by its place, and peerkit goes on.
    """
    Path("bad.docx").write_bytes(said_in(tag))

    ended = ran(*FILLED)

    refused(ended, "bad.docx, body, paragraph 2", "{")
    assert 10 > ended.seconds
    assert Exit.FINE == ran(*FILLED[:-2]).code


def test_a_preview_of_a_template_that_would_never_end_is_stopped_soon(ran):
    """
    Whoever looks at a stranger's template before using it is safe, too.
    """
    Path("bad.docx").write_bytes(said_in(GREEDY["loops of 9,999"]))

    ended = ran(*CHECKED, "--preview", "seen.docx")

    refused(ended, "This template used too much time or memory", "Look for loops inside loops")
    assert 10 > ended.seconds


def test_a_template_that_is_only_large_is_ended(ran, monkeypatch):
    """
    Where no loop can be blamed, the process that draws is ended, and nothing else.
    """
    monkeypatch.setattr(child, "SECONDS", 1)
    Path("bad.docx").write_bytes(drawn_in("<w:p/>" * 1_000_000))

    ended = ran(*FILLED)

    refused(ended, "bad.docx: This template used too much time or memory, and was stopped.")
    assert 10 > ended.seconds
    assert "It may take 1 seconds and 1.5 GB." in ended.said


@both_commands
def test_braces_by_the_thousand_are_refused_without_a_look(ran, command):
    """
    Whoever uses the command does not wait.
    """
    Path("bad.docx").write_bytes(build(TITLE + line("{" * 40_000, "BodyText")))

    refused(ran(*command), "bad.docx, body: ", "more than 20,000 braces", "take lone braces out.")


def test_braces_by_the_thousand_cost_less_than_a_blink():
    """
    Fifty thousandths of a second at most.
    """
    content = build(TITLE + line("{" * 40_000, "BodyText"))

    def seconds():
        began = time.perf_counter()
        with pytest.raises(PeerkitError, match="more than 20,000 braces"):
            prepare(content, "bad.docx")
        return time.perf_counter() - began

    assert 0.05 > min(seconds() for _ in range(3))


def test_a_brace_at_the_end_of_a_paragraph_belongs_to_no_tag(papers):
    """
    Two paragraphs stay two, and their words stay in the letter.
    """
    said = ("Sets are written {", "{%p for name in names %}", "{{ name }}", "{%p endfor %}")
    body = TITLE + "".join(line(one, "BodyText") for one in said)

    data = draw_names(prepare(build(body), "own.docx"), {
        "title": "A letter", "names": ["Northmere"], "notices": [], "page_words": ["Page", "of"], "author": "Northmere",
    })  # fmt: skip

    assert {"Sets are written {", "Northmere"} <= set(papers.texts(data))


# -- packages ------------------------------------------------------------------------

TOO_LARGE = ("is too large when unpacked", "A part may have 33,554,432 bytes")
UNSAFE = ("has a part with an unsafe name", "Open it in Word and save it.")
PACKAGES = {
    "a body of 600 MB": (lambda: grown("word/document.xml", 600), "bad.docx ", *TOO_LARGE),
    "a picture of 900 MB": (lambda: grown("word/media/image1.png", 900), "(word/media/image1.png)", *TOO_LARGE),
    "5,000 parts": (lambda: with_parts(*((f"word/p{at}.xml", b"<a/>") for at in range(5_000))),
                    "has 5,013 parts; 1,000 are allowed.", "Begin from a copy"),
    "a zip in it": (lambda: with_parts(("word/media/x.bin", zipped_members(("a", b"x")))),
                    "bad.docx, word/media/x.bin: ", "It holds another package", "Take them out"),
    "a size that is a lie": (lambda: grown("word/document.xml", 40, says=1000), "bad.docx is damaged", "Fetch or save"),
    "../../evil.xml": (lambda: named("../../evil.xml"), "'../../evil.xml'", *UNSAFE),
    "/x": (lambda: named("/x"), "'/x'", *UNSAFE),
    r"..\x": (lambda: named("..\\x"), "x'", *UNSAFE),
    "C:x": (lambda: named("C:x"), "'C:x'", *UNSAFE),
    "a name with a NUL": (lambda: named("word/x\0.xml"), *UNSAFE),
    "names that differ by case": (lambda: with_parts(("word/Document.xml", b"<x/>")),
                                  "has two parts named word/Document.xml", "Open it in Word and save it."),
    "parts with a password": (encrypted, "bad.docx is protected by a password.", "Save it without one."),
    "a document with a password": (lambda: compound("EncryptedPackage"), "protected by a password", "Save it without one"),
    "Word 97": (lambda: compound("WordDocument"), "is a Word 97 file", "Save it as .docx"),
    "a web page": (lambda: b"<html><body>x</body></html>", "is a web page", "Open it in Word and save it as .docx."),
    "nothing": (lambda: b"", "bad.docx is empty.", "check that it was copied whole"),
    "cut off": (lambda: build()[:-200], "bad.docx is damaged, so it cannot be unpacked.", "Fetch or save it again."),
    "half of it": (lambda: build()[:4000], "bad.docx is damaged, so it cannot be unpacked.", "Fetch or save it again."),
    "another zip": (lambda: zipped_members(("a.txt", b"x")), "bad.docx is not a Word document.", "Save it as .docx"),
}  # fmt: skip


@both_commands
@pytest.mark.parametrize(("made", "words"), rows(PACKAGES))
def test_what_is_no_sound_package_is_refused(ran, made, words, command):
    """
    In a sentence of its own, with what to do about it.
    """
    Path("bad.docx").write_bytes(made())

    ended = ran(*command)

    refused(ended, *words)
    assert 5 > ended.seconds


def peak(content):
    """
    Return the seconds and bytes that it takes to refuse *content*.
    """
    tracemalloc.start()
    began = time.perf_counter()
    try:
        with pytest.raises(PeerkitError):
            read_package(content, "bad.docx")
        return time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("name", "megabytes"), [("word/document.xml", 600), ("word/a.png", 900)])
def test_what_a_package_says_of_itself_is_enough_to_refuse_it(name, megabytes):
    """
    Under a megabyte on disk, hundreds unpacked: nothing of it is unpacked.
    """
    content = grown(name, megabytes)

    seconds, most = peak(content)

    assert 2**20 > len(content)
    assert 1 > seconds
    assert 2**20 > most


def test_a_package_that_lies_about_its_size_is_not_unpacked_either():
    """
    A part that says it has a thousand bytes is read no further than a part may be long.
    """
    content = grown("word/document.xml", 200, says=1000)

    _, most = peak(content)

    assert 64 * 2**20 > most


def test_a_password_and_an_old_format_are_told_apart():
    """
    Whoever has forgotten the password is not sent to look for an old Word.
    """

    def said(stream):
        with pytest.raises(PeerkitError) as caught:
            read_package(compound(stream), "bad.docx")
        return str(caught.value)

    assert said("EncryptedPackage") != said("WordDocument")


# -- what would fetch or run something when Word opens it ----------------------------

SETTINGS = "word/_rels/settings.xml.rels"
FETCHED = "It would fetch something when it is opened"
NO_ADDRESS = ("neither a web nor a mail address", "begin it with https:// or mailto:.")
NO_FIELD = ("A field is not allowed: ", "Allowed are AUTHOR, ")
PROGRAM = "It contains macros or embedded programs"
TAKE_OUT = "Take them out; in Word, save it as .docx."
FETCHING = {
    "a template on a share": (lambda: related("attachedTemplate", "file:///\\\\share\\x.dotm", SETTINGS),
                              f"bad.docx, {SETTINGS}: ", "attached to another template", "choose Developer"),
    "a template on the web": (lambda: related("attachedTemplate", "https://t.example/x.dotm", SETTINGS),
                              f"bad.docx, {SETTINGS}: ", "(https://t.example/x.dotm)", "choose Developer"),
    "a picture elsewhere": (lambda: related("image", "https://t.example/x.png"), f"bad.docx, {OF_BODY}: ", FETCHED,
                            "Put pictures into the file itself."),
    "an object elsewhere": (lambda: related("oleObject", "https://t.example/x.bin"), f"bad.docx, {OF_BODY}: ",
                            "an object of another program", "Put in a picture of it."),
    "a frame": (lambda: related("frame", "https://t.example/"), f"bad.docx, {OF_BODY}: ", FETCHED),
    "a kind nobody knows": (lambda: related("somethingNew", "https://t.example/"), f"bad.docx, {OF_BODY}: ", FETCHED),
    "a picture that leads to a script": (lambda: clicked("javascript:alert(1)"), f"bad.docx, {OF_BODY}: ", *NO_ADDRESS),
    "a picture that leads to a file": (lambda: clicked("file:///etc/passwd"), f"bad.docx, {OF_BODY}: ", *NO_ADDRESS),
    "DDEAUTO": (lambda: drawn_in(field("DDEAUTO c:\\\\cmd.exe")), "bad.docx, body, paragraph 8", *NO_FIELD),
    "DDEAUTO in runs": (lambda: drawn_in(field("D", "DE", "AUTO c:\\\\cmd.exe")), "A field is not allowed: DDEAUTO c:"),
    "INCLUDEPICTURE": (lambda: drawn_in(field("INCLUDEPICTURE https://t.example/x")), "body, paragraph 8", *NO_FIELD),
    "INCLUDETEXT": (lambda: drawn_in(field("INCLUDETEXT x")), "bad.docx, body, paragraph 8", *NO_FIELD),
    "LINK": (lambda: drawn_in(field("LINK Excel.Sheet.12 x")), "bad.docx, body, paragraph 8", *NO_FIELD),
    "DATABASE": (lambda: drawn_in(field("DATABASE x")), "bad.docx, body, paragraph 8", *NO_FIELD),
    "a chunk": (lambda: drawn_in('<w:altChunk r:id="rX"/>'), "Another document is put in here (altChunk)", "Copy its text"),
    "a subdocument": (lambda: drawn_in('<w:p><w:subDoc r:id="rX"/></w:p>'), "other documents (subDoc)", "Copy their text"),
    "macros": (lambda: with_parts(("word/vbaProject.bin", b"x")), "bad.docx, word/vbaProject.bin: ", PROGRAM, TAKE_OUT),
    "macros, renamed": (lambda: changed("[Content_Types].xml", b"openxmlformats-officedocument.wordprocessingml.document.main",
                                        b"ms-word.document.macroEnabled.main", with_parts(("word/vbaProject.bin", b"x"))),
                        "bad.docx, word/document.xml: ", PROGRAM, TAKE_OUT),
    "ActiveX": (lambda: with_parts(("word/activeX/activeX1.bin", b"x")), "bad.docx, word/activeX/", PROGRAM, TAKE_OUT),
    "a control": (lambda: related("control", "styles.xml", mode="Internal"), "It holds a control that runs a program"),
    "an embedded object": (lambda: with_parts(("word/embeddings/oleObject1.bin", b"x")), "bad.docx, word/embeddings/",
                           PROGRAM, TAKE_OUT),
    "an object by another name": (lambda: related("oleObject", "notes.bin", mode="Internal",
                                                  content=with_parts(("word/notes.bin", compound("Workbook")))),
                                  "an object of another program (word/notes.bin)", "Put in a picture of it."),
}  # fmt: skip


@both_commands
@pytest.mark.parametrize(("made", "words"), rows(FETCHING))
def test_a_strangers_template_brings_nothing_along(ran, made, words, command):
    """
    What Word would fetch or run is refused, each in its own words.
    """
    Path("bad.docx").write_bytes(made())

    refused(ran(*command), *words)


BY_ANOTHER_NAME = {
    "macros by what leads to them": lambda: related(
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "notes.bin",
        mode="Internal", content=with_parts(("word/notes.bin", compound("VBA"))),
    ),
    "macros by their type": lambda: typed(
        "word/notes.bin", compound("VBA"), "application/vnd.ms-office.vbaProject"
    ),
    "what belongs to macros": lambda: related(
        "http://schemas.microsoft.com/office/2006/relationships/wordVbaData", "notes.xml",
        mode="Internal", content=with_parts(("word/notes.xml", b"<x/>")),
    ),
    "ActiveX by what leads to it": lambda: related(
        "http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary", "notes.bin",
        mode="Internal", content=with_parts(("word/notes.bin", compound("Contents"))),
    ),
    "ActiveX by its type": lambda: typed(
        "word/notes.xml", b"<x/>", "application/vnd.ms-office.activeX+xml"
    ),
    "an object by its type": lambda: typed(
        "word/notes.bin", compound("Workbook"),
        "application/vnd.openxmlformats-officedocument.oleObject",
    ),
}  # fmt: skip


@both_commands
@pytest.mark.parametrize("made", BY_ANOTHER_NAME.values(), ids=BY_ANOTHER_NAME)
def test_programs_are_refused_whatever_they_are_called(ran, made, command):
    """
    Word goes by the declared type and the kind of relationship, not by a name.
    """
    Path("bad.docx").write_bytes(made())

    refused(ran(*command), "bad.docx")


# What is in a template of one's own, where it stands, and what leads there.
BESIDE = "<w:p><w:r><w:t>Beside it.</w:t></w:r>{}</w:p>"
OBJECT = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" r:id="rX"/>'
IMAGE = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rX"/></v:shape>'
LEADING_OUT = {
    "a template": ("attachedTemplate", SETTINGS, "word/settings.xml",
                   "<w:zoom", '<w:attachedTemplate r:id="rX"/><w:zoom', "settings: advice: It is attached"),
    "a picture": ("image", "word/_rels/header1.xml.rels", "word/header1.xml", "</w:hdr>",
                  f"{BESIDE.format(f'<w:r><w:pict>{IMAGE}</w:pict></w:r>')}</w:hdr>",
                  "header1: advice: A picture lies elsewhere"),
    "an object": ("oleObject", OF_BODY, "word/document.xml", "<w:sectPr",
                  f"{BESIDE.format(f'<w:r><w:object>{OBJECT}</w:object></w:r>')}<w:sectPr",
                  "body: advice: An object of another program lies elsewhere"),
    "a frame": ("frame", OF_BODY, "word/document.xml", "<w:sectPr", f"{BESIDE.format('')}<w:sectPr",
                "body: advice: It shows another file in a frame"),
}  # fmt: skip


def leading_out(kind, relations, part, old, new):
    """
    Write a template of the register's own that leads out by a relationship of *kind*.
    """
    Path("northmere/templates").mkdir()
    content = changed(part, old.encode(), new.encode())
    Path(OWN).write_bytes(related(kind, "https://tracker.example/x", relations, content=content))


@pytest.mark.parametrize("out", LEADING_OUT.values(), ids=LEADING_OUT)
def test_what_leads_out_of_ones_own_template_is_left_out_and_listed(ran, out):
    """
    Papers are made without it, the words beside it stay, and `template check` tells of it.
    """
    *described, listed = out
    leading_out(*described)

    made = ran(*FILLED[:-2])
    looked_at = ran("template", "check", OWN)

    (paper,) = Path("papers").glob("*.docx")
    package = read_package(paper.read_bytes(), "it")
    assert (Exit.FINE, Exit.FINE) == (made.code, looked_at.code)
    assert listed in looked_at.said
    assert "(https://tracker.example/x); that is left out of papers." in looked_at.said
    assert [] == [name for name, one in package.items() if b"rX" in one or b"tracker" in one]
    assert ("Beside it." in out[4]) == ("Beside it." in texts(paper.read_bytes()))


def test_what_was_left_out_of_a_paper_is_told_when_it_is_made(ran):
    """
    Nobody would look for a picture that is gone in `template check`.
    """
    leading_out(*LEADING_OUT["a picture"][:-1])

    assert "left out" in ran(*FILLED[:-2]).said


# -- XML -----------------------------------------------------------------------------

NO_TYPE = ("declares a document type, which Word never writes.", "Open it in Word and save it.")
TOO_DEEP = ("nests elements more than 256 deep", "Open it in Word and save it.")
DEEP = b"<a>" * 3_000 + b"</a>" * 3_000
TYPED_PARTS = {
    "word/document.xml": b"<w:document",
    "word/styles.xml": b"<w:styles",
    "word/settings.xml": b"<w:settings",
    "docProps/core.xml": b"<cp:coreProperties",
    "[Content_Types].xml": b"<Types",
    "_rels/.rels": b"<Relationships",
    OF_BODY: b"<Relationships",
}
MARKUP = {
    **{f"a document type in {part}": (lambda p=part, t=tag: changed(p, t, DTD.encode() + t), f"bad.docx, {part}", *NO_TYPE)
       for part, tag in TYPED_PARTS.items()},
    "a document type in letters of two bytes": (lambda: hidden("word/document.xml", "utf-16"), *NO_TYPE),
    "a document type nobody would look for": (lambda: hidden("customXml/item1.xml", "utf-16-be"), *NO_TYPE),
    "a deep body": (lambda: changed("word/document.xml", b"<w:body>", b"<w:body>" + DEEP), "word/document.xml", *TOO_DEEP),
    "deep relationships": (lambda: changed("_rels/.rels", b"<Relationships", b"<a>" * 3_000 + b"<Relationships"),
                           "_rels/.rels", *TOO_DEEP),
    "a deep part that is never filled": (lambda: with_parts(("customXml/item1.xml", DEEP)), "customXml/item1.xml", *TOO_DEEP),
}  # fmt: skip


@both_commands
@pytest.mark.parametrize(("made", "words"), rows(MARKUP))
def test_xml_that_word_never_writes_is_refused(ran, made, words, command):
    """
    In every part, whether it is filled or not, and in any encoding.
    """
    Path("bad.docx").write_bytes(made())

    refused(ran(*command), *words)


@both_commands
@pytest.mark.parametrize("encoding", ["Shift_JIS", "UTF-7", "no-such-encoding", "base64"])
def test_an_encoding_that_cannot_be_read_is_a_fault_of_the_file(ran, encoding, command):
    """
    It is never told as one of peerkit's own.
    """
    xml = f'<?xml version="1.0" encoding="{encoding}"?><x/>'
    Path("bad.docx").write_bytes(with_parts(("customXml/item1.xml", xml.encode())))

    refused(ran(*command), "bad.docx, customXml/item1.xml")


# -- names and styles ----------------------------------------------------------------


def test_a_misspelt_name_is_told_with_what_was_meant_and_where(ran):
    """
    Its paragraph is quoted to programs, and the check ends with 2.
    """
    Path("bad.docx").write_bytes(said_in("{{ titel }} for more of it"))

    refused(
        ran(*CHECKED),
        "bad.docx, body, paragraph 2, under “{{ title }}”: fault: {{ titel }}: ",
        "Did you mean “title”?",
    )
    refused(ran(*CHECKED, "--json"), '"excerpt": "x {{ titel }} for more of it"')
    refused(ran(*FILLED), "body, paragraph 2", "“titel” is not known here", "Did you mean “title”?")


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("{% if false %}{{ titel }}{% endif %}", "title"),
        ("{% if 1 == 2 %}{% for s in sections %}{{ s.hedding }}{% endfor %}{% endif %}", "s.heading"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_found_where_no_paper_ever_comes(ran, tag, meant):
    """
    The check walks through every branch, taken or not.
    """
    Path("bad.docx").write_bytes(said_in(tag))

    refused(ran(*CHECKED), "body, paragraph 2", f"Did you mean “{meant}”?")


def without_style(name):
    return changed("word/styles.xml", f'<w:name w:val="{name}"/>'.encode(), b'<w:name w:val="x"/>')


@pytest.mark.parametrize("name", ["heading 2", "List Bullet"])
def test_a_style_that_headings_and_lists_need_is_asked_for(ran, name):
    """
    By the name that Word shows, and with the way to get it.
    """
    Path("bad.docx").write_bytes(without_style(name))

    shown = name[0].upper() + name[1:]
    refused(ran(*CHECKED), "styles: fault: ", f"no paragraph style named “{shown}”", "Organizer")


def test_a_paper_with_headings_is_not_made_without_their_style(ran):
    """
    Drawing says so, too, if nobody has checked.
    """
    Path("bad.docx").write_bytes(without_style("heading 2"))

    refused(ran(*FILLED), "bad.docx has no paragraph style named “Heading 2”", "Add the style")


@pytest.mark.parametrize("name", ["Quote", "Body Text", "Table Text"])
def test_a_style_that_can_be_done_without_is_a_warning(ran, name):
    """
    Papers are made, with Normal in its place.
    """
    Path("bad.docx").write_bytes(without_style(name))

    looked_at, made = ran(*CHECKED), ran(*FILLED)

    assert (Exit.FINE, Exit.FINE) == (looked_at.code, made.code)
    assert f"warning: There is no paragraph style named “{name}”" in looked_at.said
    assert any(one.suffix == ".docx" for one in made.written)


# -- texts ---------------------------------------------------------------------------

ORDINARY = "Entirely ordinary words"
LOOKING_LIKE_MORE = [
    "</w:t></w:r></w:p><w:p>",
    "a ]]> b",
    "R&D & more",
    "<!-- not a comment -->",
    "&#60;b&#62; &amp;lt;",
    "{{ 7*7 }}",
    "{% raw %} x {% endraw %}",
    "{_{ x }_}",
    "x {# y",
    "DDEAUTO c:\\\\cmd.exe",
    '<w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"/>',
    "=HYPERLINK(1) _x000D_ %s {0}",
]


def everywhere(papers, text):
    """
    Return a paper that says *text* wherever a paper can say anything.
    """
    return papers.document(
        papers.said(text),
        papers.counted(text),
        papers.listed(text, (papers.said(text), papers.listed(text, ordered=True))),
        Quote(blocks=(papers.said(text),)),
        Heading(inlines=(Text(text),)),
        papers.table((text, text), headings=(text, text), caption=text),
        papers.table(key="e", caption=text, empty=text),
        Figure(
            key="f", alternative=text, content=papers.png(), media_type="image/png", caption=text
        ),
        papers.said(Link((Text(text),), "https://northmere.example/")),
        title=text,
        front=(papers.front_sheet(a=text),),
        notices=(text,),
        properties=Properties(author=text, subject=text, keywords=(text,)),
    )


@pytest.mark.parametrize("text", LOOKING_LIKE_MORE)
def test_text_that_looks_like_more_is_text(papers, validated, tmp_path, text):
    """
    It stands where other words would, no paragraph or field more, and the file is sound.
    """
    plain, made = (papers.draw(everywhere(papers, one)) for one in (ORDINARY, text))
    path = tmp_path / "northmere.docx"
    path.write_bytes(made)
    counted = [
        tuple(docx.Document(io.BytesIO(one)).element.body.xpath(f"count(.//w:{name})")
              for name in ("p", "r", "tbl", "instrText", "fldSimple"))
        for one in (plain, made)
    ]  # fmt: skip

    assert papers.texts(plain).count(ORDINARY) == papers.texts(made).count(text) > 20
    assert counted[0] == counted[1]
    assert text == docx.Document(path).core_properties.title
    assert [] == validated(path)


CHARACTERS = {
    "NUL": (b"\x00", "U+0000 NUL"),
    "ESC": (b"\x1b", "U+001B ESC"),
    "BEL": (b"\x07", "U+0007 BEL"),
    "FF": (b"\x0c", "U+000C FF"),
    "U+FFFF": ("\uffff".encode(), "U+FFFF not a character"),
    "half a pair": (b"\xed\xa0\x80", "The byte ED here is not UTF-8"),
}


@pytest.mark.parametrize(("character", "named"), CHARACTERS.values(), ids=CHARACTERS)
def test_what_no_paper_can_print_is_refused_at_its_line(ran, northmere, character, named):
    """
    With its file, line and column; no paper is begun.
    """
    northmere(b"One" + character + b"two")

    refused(ran(*REPORTED), "northmere/review.yaml:5:13: fault: ", named)


def context_of(ran, northmere, context, code=Exit.FINE):
    """
    Return what the review's report says, its context being *context*, and how it ended.
    """
    northmere(context)
    ended = ran(*REPORTED, "--overwrite")
    assert code == ended.code, ended.said
    (paper,) = Path("papers").glob("*.docx")
    return paper.read_bytes(), ended


BREAKS = {"CR": b"\r", "CRLF": b"\r\n", "VT": b"\x0b", "NEL": "\x85", "LS": "\u2028", "PS": "\u2029"}  # fmt: skip


@pytest.mark.parametrize("mark", BREAKS.values(), ids=BREAKS)
def test_every_kind_of_line_break_is_one(ran, northmere, mark):
    """
    A paper has the very words it has with an ordinary break; an unusual one is listed.
    """
    mark = mark.encode() if isinstance(mark, str) else mark
    plain, _ = context_of(ran, northmere, b"|\n  - One\n  - two\n")

    made, _ = context_of(ran, northmere, b"|\n  - One" + mark + b"  - two\n")

    assert {"One", "two"} <= set(texts(made))
    assert texts(plain) == texts(made)
    assert (mark != b"\r\n") == ("text-line-break" in ran("check", "northmere").said)


@pytest.mark.parametrize(
    ("character", "named"),
    [("\x07", "U+0007"), ("\x0c", "U+000C"), ("\x00", "U+0000"), ("\ufffe", "U+FFFE"), ("\ud800", "U+D800")],
)  # fmt: skip
def test_a_name_with_what_word_cannot_hold_is_refused_where_it_is_printed(character, named):
    """
    No paragraph or page is begun by a text that holds the signs for them.
    """
    letter = prepare(build(TITLE + line("{{ words }}", "BodyText"), header="", footer=""), "a.docx")

    with pytest.raises(PeerkitError) as caught:
        draw_names(letter, {"title": "T", "words": f"North{character}mere"}, origin="a.docx")

    assert str(caught.value).startswith(
        "a.docx, body, paragraph 2, under “{{ title }}”: {{ words }}"
    )
    assert named in str(caught.value)
    assert "“North”" in caught.value.mend


TOO_MUCH = {
    "characters": (b"w" * 100_001, "This text has 100,001 characters; 100,000 are the most."),
    "lines": (
        b"|\n" + b"  \n" * 100_000 + b"  x",
        "This text has 100,002 characters; 100,000 are the most.",
    ),
    "brackets": (b"a" + b"[" * 501, "has more than 500 “[”"),
}


@pytest.mark.parametrize(("context", "said"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_text_without_end_is_refused_when_it_is_read(ran, northmere, context, said):
    """
    Not when it is drawn: at its line, at once, with what to do instead.
    """
    northmere(context)

    ended = ran(*REPORTED)

    refused(ended, "northmere/review.yaml:5:10: fault: ", said, "Split it")
    assert 2 > ended.seconds


def test_a_long_text_arrives_whole(ran, northmere):
    """
    Fifty thousand characters are fifty thousand characters in Word.
    """
    text = "word " * 9_999 + "words"

    made, ended = context_of(ran, northmere, text.encode())

    assert text in texts(made)
    assert 5 > ended.seconds


NO_LINKS = {
    "a script": ("[of it](javascript:alert(1))", "of it (javascript:alert(1))"),
    "a script in capitals": ("[of it](JaVaScRiPt:x)", "of it (JaVaScRiPt:x)"),
    "a share": (r"[of it](\\\\host\\share)", r"of it (\\host\share)"),
    "a file": ("[of it](file:///etc/passwd)", "of it (file:///etc/passwd)"),
    "data": ("[of it](data:text/html,x)", "of it (data:text/html,x)"),
    "img": ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    "svg": ("<svg/onload=alert(1)>", "<svg/onload=alert(1)>"),
    "a picture": ("![of it](http://t.example/x.png)", "![of it](http://t.example/x.png)"),
    "a bare address": ("<https://t.example/>", "<https://t.example/>"),
}  # fmt: skip


@pytest.mark.parametrize(("typed_in", "printed"), NO_LINKS.values(), ids=NO_LINKS)
def test_what_is_no_link_to_the_web_is_words(ran, northmere, typed_in, printed):
    """
    Nothing can be clicked or is fetched; the words and the address stay.
    """
    made, _ = context_of(ran, northmere, f"'See {typed_in}.'".encode())

    package = read_package(made, "it")
    assert f"See {printed}." in texts(made)
    assert b'TargetMode="External"' not in package[OF_BODY]
    for sign in (b"w:hyperlink", b"w:drawing", b"hlinkClick", b"w:instrText", b"w:fldSimple"):
        assert sign not in package["word/document.xml"]
