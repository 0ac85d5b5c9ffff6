from __future__ import annotations

import re

import pytest

from peerkit.document import Name, Shape, field_names, section_names, table_names
from peerkit.errors import PeerkitError, Severity
from peerkit.papers import Trust
from peerkit_docx import digest, draw_names, prepare, texts
from peerkit_docx.basefile import BODY, FOOTER, HEADER, build, line
from peerkit_docx.checking import check_template
from peerkit_docx.checking.annotating import annotated
from peerkit_docx.checking.labelling import labelled, paper_of_template
from peerkit_docx.checking.previewing import preview
from peerkit_docx.drawing.context import own_names
from peerkit_docx.word.packages import read_package, write_package

SHAPE = Shape(
    (
        *own_names(),
        *field_names("subject", "Subject", "Virtual School"),
        *section_names("purpose", "Purpose", "Purpose"),
        *section_names("summary", "Summary", "Summary", optional=True),
        *table_names("actions", {"do": "Action", "owner": "Owner"}, "actions"),
        Name(path="chair", meaning="who chairs", example="A councillor"),
    )
)


def cell(text, style="TableText"):
    return f"<w:tc><w:tcPr><w:tcW w:w='2500' w:type='pct'/></w:tcPr>{line(text, style)}</w:tc>"


def row(*texts, header=False):
    marked = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{marked}{''.join(map(cell, texts))}</w:tr>"


def table(*rows):
    grid = '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


def split(xml):
    """
    Cut every text into runs of three letters, as Word does when it likes to.
    """

    def cut(found):
        text = found[1]
        pieces = re.findall(r"&\w+;|[^&]{1,3}", text)
        runs = "</w:t></w:r><w:proofErr w:type='gramStart'/><w:r w:rsidR='00AB12CD'><w:t xml:space='preserve'>"
        return f'<w:t xml:space="preserve">{runs.join(pieces)}</w:t>'

    return re.sub(r'<w:t xml:space="preserve">([^<]+)</w:t>', cut, xml)


# One fault of each kind, and where it is: the paragraph counts from the first line on.
FAULTS = [
    ("template-name", line("{{ titel }}", "BodyText"), "{{ titel }}", "Did you mean “title”?"),
    ("template-name", line("x {% if false %}{{ chiar }}{% endif %}", "BodyText"), "{{ chiar }}", "Did you mean “chair”?"),
    ("template-name", line("{{ section.purpose.hedding }}", "BodyText"), "hedding", "Did you mean “section.purpose.heading”?"),
    ("template-name", line("{%p for s in sections %}", "BodyText") + line("{{ s.levl }}", "BodyText")
     + line("{%p endfor %}", "BodyText"), "{{ s.levl }}", "Did you mean “s.level”?"),
    ("template-may-be-missing", line("{{ section.summary.heading }}", "BodyText"), "section.summary", "is defined"),
    ("template-computed", line("{{ section[chair].heading }}", "BodyText"), "section[chair]", "Write the name out"),
    ("template-not-allowed", line("{{ title.upper() }}", "BodyText"), "{{ title.upper() }}", "Use the filter: … | upper."),
    ("template-not-allowed", line("x{% macro m() %}y{% endmacro %}", "BodyText"), "macro", "Use a loop"),
    ("template-not-allowed", line("{{ title | shout }}", "BodyText"), "There is no filter “shout”", "Did you mean “sort”?"),
    ("template-syntax", line("{{ title + }}", "BodyText"), "Something is missing at the end", "Say what is to stand there"),
    ("template-delimiter", line("{{ title", "BodyText"), "never closed", "in the same paragraph"),
    ("template-delimiter", line("and more }} here", "BodyText"), "closes a tag that never began", "Begin the tag"),
    ("template-block", line("{%p if title %}", "BodyText") + line("x", "BodyText"), "{%p if title %}: It is never closed", "{%p endif %}"),
    ("template-prefix", table(row("Ref", "What", header=True), row("{% tr for a in notices %}", ""), row("{{ a }}", "x"),
     row("{%tr endfor %}", "")), "stands apart", "{%tr in one"),
    ("template-beside", line("{%p if title %} and more", "BodyText") + line("x", "BodyText") + line("{%p endif %}", "BodyText"),
     "Text beside a p tag", "paragraph of its own"),
    ("template-character", line("{{ title – 1 }}", "BodyText"), "An en dash (–)", "Type a hyphen"),
    ("template-quotes", line("{{ chair | default(“nobody”) }}", "BodyText"), "Curly quotes (“)", "straight ones"),
    ("template-value", line("See {{ section.purpose.body }}", "BodyText"), "drawn whole", "{{p section.purpose.body }}"),
    ("access-spacing", line("", "BodyText"), "The paragraph is empty", ""),
    ("template-note", line("[insert job title] will report.", "BodyText"), "reads like a note", ""),
]  # fmt: skip
TITLE = line("{{ title }}", "Heading1")


def faulty():
    body = TITLE + line("The purpose", "Heading2")
    for number, (_, xml, _, _) in enumerate(FAULTS, 1):
        body += xml + line(f"After {number}.", "BodyText")
    return build(body, header="", footer=line("x", "Footer"))


@pytest.mark.parametrize("cut", [False, True], ids=["plain", "split runs"])
def test_each_fault_is_found_once_with_its_place(cut):
    """
    Twenty faults of different kinds are twenty findings, however Word has cut the runs.
    """
    content = faulty()
    if cut:
        package = read_package(content, "it")
        package["word/document.xml"] = split(package["word/document.xml"].decode()).encode()
        content = write_package(package)

    found = check_template(content, "own.docx", SHAPE)

    assert 20 == len(FAULTS)
    assert sorted(code for code, *_ in FAULTS) == sorted(one.code for one in found)
    for code, _, words, mend in FAULTS:
        (one,) = [it for it in found if it.code == code and words in it.message]
        assert mend in one.advice
        assert re.match(
            r"body, (paragraph \d+|table 1, row 2, column 1), under “The purpose”", one.where
        )
        assert one.excerpt or code == "access-spacing"


def test_findings_come_in_the_order_of_the_text():
    """
    As somebody reads who goes through the template.
    """
    found = [
        one.where for one in check_template(faulty(), "own.docx", SHAPE) if "table" not in one.where
    ]

    numbers = [int(re.search(r"paragraph (\d+)", one)[1]) for one in found]
    assert sorted(numbers) == numbers


CLEAN = [
    build(),
    build(BODY, paper="committee-report", landscape=True),
    build(
        TITLE
        + line("{{ fields.subject.label }}: {{ fields.subject.text }}{% if day %}, {{ day }}{% endif %}", "BodyText")
        + line("{%p if section.summary is defined %}", "BodyText")
        + line("{{ section.summary.heading }}", "Heading2") + line("{{p section.summary.body }}", "BodyText")
        + line("{%p endif %}", "BodyText")
        + table(
            row("Action", "Owner", header=True),
            row("{%tr for a in tables.actions.rows if tables.actions is defined %}", ""),
            row("{{ a.do.text }}", "{{ a['owner'].text | default('nobody') }}"),
            row("{%tr endfor %}", ""),
        )
        + line("{% set shown = notices | join(', ') %}Notices: {{ shown | upper }}", "BodyText")
        + line("{% for n in notices %}{{ loop.index }}. {{ n }}{% if not loop.last %}; {% endif %}{% endfor %}.", "BodyText")
        + line("{% for s in sections if s.level == 1 %}{{ s.heading }}, {% endfor %}and no more", "BodyText")
        + line("{{ 'draft' if notices else chair }} {{ chair | default('x') }}", "BodyText")
        + line("{%p for s in sections recursive %}", "BodyText") + line("{{p s.head }}", "Heading2")
        + line("{{p loop(s.sections) }}", "BodyText") + line("{%p endfor %}", "BodyText")
    ),
]  # fmt: skip


@pytest.mark.parametrize("content", CLEAN, ids=["base", "landscape", "by name"])
def test_nothing_is_found_in_a_clean_template(content):
    """
    No false alarm for what can be filled.
    """
    assert () == check_template(content, "own.docx", SHAPE)


def test_a_name_is_not_looked_for_without_a_shape():
    """
    A template of no paper may use any.
    """
    content = build(TITLE + line("{{ anything.at.all }}", "BodyText"), header="", footer="")

    assert () == check_template(content, "own.docx", None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "word-package"),
        (b"hello", "word-package"),
        (b"PK\x03\x04", "word-package"),
        (b"\xd0\xcf\x11\xe0", "word-package"),
    ],
)
def test_what_is_no_template_is_one_finding(content, code):
    """
    It is told as one, and not as an exception.
    """
    (one,) = check_template(content, "own.docx", SHAPE)

    assert code == one.code
    assert Severity.FAULT is one.severity


def test_faults_of_the_file_come_first():
    """
    With those of the text, in one run.
    """
    package = read_package(faulty(), "it")
    package["word/vbaProject.bin"] = b"x"
    package["word/fontTable.xml"] = package["word/fontTable.xml"].replace(b"Arial", b"{{ title }}")

    found = check_template(write_package(package), "own.docx", SHAPE)

    assert ["word-program", "template-place"] == [one.code for one in found[:2]]
    assert 22 == len(found)


def test_styles_are_looked_for():
    """
    One that lists cannot do without is a fault, another a warning, a wrong kind a fault.
    """
    package = read_package(build(), "it")
    styles = package["word/styles.xml"].decode()
    for name in ("List Bullet", "Quote"):
        styles = styles.replace(f'<w:name w:val="{name}"/>', '<w:name w:val="gone"/>')
    styles = styles.replace(
        'w:type="character" w:styleId="Strong"', 'w:type="paragraph" w:styleId="Strong"'
    )
    package["word/styles.xml"] = styles.encode()

    found = check_template(write_package(package), "own.docx", SHAPE)

    told = {re.search("“(.+?)”", one.message)[1]: (one.code, one.severity.value) for one in found}
    assert {
        "List Bullet": ("template-style", "fault"),
        "Quote": ("template-style-absent", "warning"),
        "Strong": ("template-style", "fault"),
    } == told
    assert any("It is a paragraph style" in one.message for one in found)


def test_tracked_changes_and_comments_are_told():
    """
    They would stand in every paper.
    """
    tracked = '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
    comment = '<w:p><w:r><w:t>x</w:t><w:commentReference w:id="0"/></w:r></w:p>'

    found = check_template(build(TITLE + tracked + comment, header="", footer=""), "own.docx", None)

    assert ["template-revisions"] * 2 == [one.code for one in found]


ATTACHED = "../Normal.dotm"


def attached():
    package = read_package(build(), "it")
    package["word/settings.xml"] = package["word/settings.xml"].replace(
        b"<w:zoom", b'<w:attachedTemplate r:id="rId1"/><w:zoom'
    )
    package["word/_rels/settings.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="file:///\\\\server\\share\\Council.dotm" TargetMode="External"/></Relationships>'
    )
    return write_package(package)


def test_what_leads_out_is_left_out_of_a_template_of_ones_own(papers):
    """
    It is told as advice; from a stranger it is refused.
    """
    own = check_template(attached(), "own.docx", SHAPE, Trust.OWN)
    strangers = check_template(attached(), "own.docx", SHAPE, Trust.STRANGER)

    assert ["word-left-out"] == [one.code for one in own]
    assert Severity.ADVICE is own[0].severity
    assert {"word-fetches"} == {one.code for one in strangers}
    data = papers.draw(papers.document(), papers.template(attached()))
    assert not any("Council.dotm" in text for text in papers.texts(data))
    assert b"attachedTemplate" not in read_package(data, "it")["word/settings.xml"]


def linked_picture():
    drawing = (
        '<w:p><w:r><w:t>Before it.</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/'
        'drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="P" descr="x"/><a:blip xmlns:a="urn:a" '
        'r:link="rId77"/></wp:inline></w:drawing></w:r></w:p>'
    )
    package = read_package(build(TITLE + drawing + line("{{p sections[0].head }}", "BodyText")
                                 + line("{{p sections[0].body }}", "BodyText")), "it")  # fmt: skip
    rels = "word/_rels/document.xml.rels"
    package[rels] = package[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        b' Target="https://tracker.example/x.png" TargetMode="External"/></Relationships>',
    )
    return write_package(package)


def test_a_picture_from_elsewhere_is_left_out_of_ones_own(papers):
    """
    With the element that would have shown it; the words beside it stay.
    """
    data = papers.draw(papers.document(), papers.template(linked_picture()))

    assert "Before it." in papers.texts(data)
    assert not any("tracker" in text for text in papers.texts(data))
    assert b"rId77" not in read_package(data, "it")["word/document.xml"]
    with pytest.raises(PeerkitError, match="would fetch something"):
        prepare(linked_picture(), "own.docx")


# -- comments in the margin ----------------------------------------------------------


def test_every_problem_becomes_a_comment():
    """
    Twenty findings are twenty comments, each at its own paragraph, with what to do.
    """
    problems = check_template(faulty(), "own.docx", SHAPE)

    package = read_package(annotated(faulty(), "own.docx", problems), "it")

    comments = package["word/comments.xml"].decode()
    body = package["word/document.xml"].decode()
    assert 20 == comments.count("<w:comment ") == body.count("<w:commentReference ")
    assert 20 == body.count("<w:commentRangeStart ") == body.count("<w:commentRangeEnd ")
    for number, problem in enumerate(problems):
        (text,) = re.findall(f'<w:comment w:id="{number}" .*?</w:comment>', comments)
        assert f"[{problem.code}]" in text
    at = body.index('<w:commentRangeStart w:id="0"/>')
    assert "{{ titel }}" in body[at : body.index("</w:p>", at)]
    assert b"/word/comments.xml" in package["[Content_Types].xml"]
    assert annotated(faulty(), "own.docx", problems) == annotated(faulty(), "own.docx", problems)


def test_what_is_wrong_elsewhere_is_told_at_the_beginning():
    """
    Word has no comments in headers, so their place is said in words.
    """
    content = build(TITLE, header=line("{{ titel }}", "Header"), footer="")
    problems = check_template(content, "own.docx", SHAPE)

    comments = read_package(annotated(content, "own.docx", problems), "it")["word/comments.xml"]

    assert "header1, paragraph 1: {{ titel }}" in comments.decode()


def test_comments_that_are_there_stay():
    """
    Ours are numbered behind them.
    """
    once = annotated(faulty(), "own.docx", check_template(faulty(), "own.docx", SHAPE)[:3])

    twice = annotated(once, "own.docx", check_template(once, "own.docx", SHAPE)[:2])

    comments = read_package(twice, "it")["word/comments.xml"].decode()
    assert ["0", "1", "2", "3", "4"] == re.findall(r'<w:comment w:id="(\d+)"', comments)


def test_word_would_open_the_annotated_copy(validated, tmp_path):
    """
    A validator of the file format finds nothing.
    """
    problems = check_template(faulty(), "own.docx", SHAPE)
    made = tmp_path / "annotated.docx"
    made.write_bytes(annotated(faulty(), "own.docx", problems))

    assert [] == validated(made)


# -- previews ------------------------------------------------------------------------


def test_a_preview_shows_every_branch(papers):
    """
    Both arms of a question, loops and what stands for an empty one, examples of every name.
    """
    body = (
        TITLE + line("{% if day %}dated {{ day }}{% else %}undated{% endif %}", "BodyText")
        + line("{%p for n in notices %}", "BodyText") + line("notice {{ n }}", "BodyText")
        + line("{%p else %}", "BodyText") + line("no notices", "BodyText") + line("{%p endfor %}", "BodyText")
        + line("{%p if section.summary is defined %}", "BodyText") + line("{{ section.summary.heading }}", "Heading2")
        + line("{{p section.summary.body }}", "BodyText") + line("{%p elif chair %}", "BodyText")
        + line("by {{ chair }}", "BodyText") + line("{%p endif %}", "BodyText")
        + table(row("Action", "Owner", header=True), row("{%tr for a in tables.actions.rows %}", ""),
                row("{{ a.do.text }}", "{% if loop.first %}first{% else %}later{% endif %}"), row("{%tr endfor %}", ""))
        + line("{%p for s in sections recursive %}", "BodyText") + line("{{p s.head }}", "Heading2")
        + line("{{p s.body }}", "BodyText") + line("{{p loop(s.sections) }}", "BodyText") + line("{%p endfor %}", "BodyText")
    )  # fmt: skip

    found = papers.texts(preview(build(body), "own.docx", SHAPE))

    assert {"dated 2022-02-14undated", "notice Draft", "no notices", "Summary", "by A councillor",
            "Action", "first", "later", "a counted item", "A quotation."} <= set(found)  # fmt: skip
    assert 1 < found.count("The heading of a section")


def test_a_template_of_no_paper_is_filled_with_what_it_seems_to_want(papers):
    """
    Names are guessed from how they are used.
    """
    body = (
        line("{{ letter.title }}", "Heading1") + line("Dear {{ letter.to }},", "BodyText")
        + line("{% for line in letter.lines %}{{ line.text }} {{ line.number + 1 }} {% endfor %}.", "BodyText")
        + line("{{p letter.rest }}", "BodyText") + line("{{r letter.signed }}", "BodyText")
    )  # fmt: skip

    found = papers.texts(preview(build(body, header="", footer=""), "own.docx", None))

    assert {"title", "Dear to,", "text 3 text 3 .", "What rest stands for."} <= set(found)


def test_a_preview_of_the_base_template_is_valid(validated, tmp_path):
    """
    A validator of the file format finds nothing, although everything is in it.
    """
    made = tmp_path / "preview.docx"
    made.write_bytes(preview(build(BODY, header=HEADER, footer=FOOTER), "base.docx", SHAPE))

    assert [] == validated(made)


# -- which paper ---------------------------------------------------------------------


@pytest.mark.parametrize("with_property", [True, False])
def test_a_template_can_be_made_to_say_its_paper(with_property):
    """
    Whether it has such a property or not; nothing else of it changes.
    """
    package = read_package(build(), "it")
    if not with_property:
        del package["docProps/custom.xml"]
        for part in ("[Content_Types].xml", "_rels/.rels"):
            package[part] = re.sub(rb"<[^<>]*custom[^<>]*/>", b"", package[part])
    content = write_package(package)

    copy = labelled(content, "minutes & notes")

    assert "minutes & notes" == paper_of_template(copy, "it")
    assert () == check_template(copy, "own.docx", SHAPE)
    after = read_package(copy, "it")
    changed = {name for name in after if after[name] != package.get(name)}
    assert changed <= {"docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"}
    assert digest(copy) == digest(labelled(content, "minutes & notes"))


def test_a_checked_template_is_drawn():
    """
    What check lets through, draws.
    """
    content = build(TITLE + line("For {{ chair }}", "BodyText"), header="", footer="")

    assert () == check_template(content, "own.docx", SHAPE)
    assert draw_names(prepare(content, "own.docx"), {"title": "T", "chair": "C"})


@pytest.mark.parametrize(
    ("tag", "words", "mend"),
    [
        ("{{ loop.index }}", "“loop” is known inside", "Put the tag into a loop."),
        ("{% elseif title %}", "There is no tag “elseif”", "Did you mean “elif”?"),
    ],
)
def test_what_is_not_there_is_found_without_data(tag, words, mend):
    """
    Where a loop is can be told in one only, and another language's words are not ours.
    """
    content = build(
        TITLE + line("Northmere " + tag, "BodyText"), header="", footer=line("x", "Footer")
    )

    (found,) = check_template(content, "own.docx", SHAPE)

    assert words in found.message
    assert mend == found.mend


@pytest.mark.parametrize("tag", ["{% cellbg ground %}x", "{% colspan width %}x"])
def test_a_preview_fills_tags_of_cells(tag):
    """
    A name that colours or widens a cell stands for what can.
    """
    content = build(
        TITLE + table(row(tag)) + line("Northmere", "BodyText"),
        header="", footer=line("x", "Footer"),
    )  # fmt: skip

    assert preview(content, "own.docx", None)


@pytest.mark.parametrize(
    "comments", ["<w:comments {}/>", "<z:comments {}></z:comments>"], ids=["empty", "other prefix"]
)
def test_notes_join_comments_however_they_are_written(comments):
    """
    Word writes neither, and other programs do.
    """
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    prefix = comments[1]
    package = read_package(
        build(TITLE + line("{{ x ", "BodyText"), header="", footer=line("x", "Footer")), "it"
    )
    package["word/comments.xml"] = comments.format(f'xmlns:{prefix}="{space}"').encode()
    package["[Content_Types].xml"] = package["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.comments+xml"/></Types>',
    )
    content = write_package(package)
    problems = check_template(content, "own.docx", None)

    noted = read_package(annotated(content, "own.docx", problems), "it")

    assert len(problems) == noted["word/comments.xml"].count(b":comment ")


# -- sections by their keys, and templates for any paper -----------------------------

WHATEVER = Shape(
    (*own_names(), *section_names("*", "any", "x", optional=True), *field_names("*", "any", "x"))
)
KEYED = (
    "{{ section.KEY.heading }} {{ section.KEY.level }} {{ section.KEY.key }}",
    "{{p section.KEY.head }}",
    "{%p for s in section.KEY.sections %}",
    "{{p s.head }}",
    "{%p endfor %}",
)


def names_told(shape, *lines):
    body = BODY + "".join(line(one, "BodyText") for one in lines)
    return [one.message for one in check_template(build(body), "it.docx", shape)]


@pytest.mark.parametrize(("shape", "key"), [(SHAPE, "purpose"), (WHATEVER, "anything")])
def test_a_section_by_its_key_has_what_one_of_the_list_has(shape, key):
    """
    Papers have it, so a template may use it.
    """
    assert [] == names_told(shape, *(one.replace("KEY", key) for one in KEYED))


def test_any_paper_may_have_sections_inside_sections():
    """
    A paper that is known has those that it says.
    """
    deep = "{{ section.one.section.two.heading }}{{ section.one.section.two.section.six.level }}"

    assert [] == names_told(WHATEVER, deep)
    assert names_told(SHAPE, "{{ section.purpose.section.two.heading }}")


@pytest.mark.parametrize(
    "tag",
    ["{{ chairs | default('') }}", "{% if chairs is defined %}{{ chairs }}{% endif %}", "{{ chairs.first | default('-') }}"],
)  # fmt: skip
def test_a_template_for_any_paper_may_ask_for_any_name(tag):
    """
    One of its papers may have it. Where the paper is known, a name it lacks is a slip.
    """
    assert [] == names_told(WHATEVER, tag)
    assert names_told(SHAPE, tag)
    assert names_told(WHATEVER, "{{ chairs }}")


GUESSED = {
    "{{ people | map(attribute='name') | join(', ') }}": "name, name",
    "{{ people | map(attribute='at.home') | join(' ') }}": "home home",
    "{% for n in range(count) %}x{% endfor %}": "xx",
    "{{ ages | sum }}": "4",
    "{{ people | sum(attribute='age') }}": "4",
    "{{ '%.2f of %s' | format(share, whole) }}": "2.00 of whole",
    "{{ people | groupby('town') | length }}": "1",
    "{{ (people | first).name }}": "name",
    "{{ people | selectattr('is_here') | map(attribute='name') | join('+') }}": "name+name",
    "{{ words | sort | join('/') }}": "words/words",
    "{{ text | first }}": "text",
}  # fmt: skip


@pytest.mark.parametrize(("tag", "expected"), GUESSED.items(), ids=GUESSED)
def test_a_preview_guesses_what_filters_want(tag, expected):
    """
    What no paper tells is told by how it is used.
    """
    data = preview(build(BODY + line(tag, "BodyText")), "own.docx", None)

    assert expected in texts(data)


ONE_SLIP = {
    "another end of a tag": (("x{% if title }}a{% endif %}",), "{% if title }}a{% endif %}: A tag that begins with {% ends with }}."),
    "another end of a print": (("{{ title %}",), "{{ title %}: A tag that begins with {{ ends with %}."),
    "blocks that cross": (
        ("{%p if title %}", "{%p for s in sections %}", "{{ s.key }}", "{%p endif %}", "{%p endfor %}"),
        "{%p for s in sections %}: It is still open where {%p endif %} stands.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), ONE_SLIP.values(), ids=ONE_SLIP)
def test_one_slip_is_told_once(lines, expected):
    """
    What follows from it would only hide it.
    """
    assert [expected] == names_told(SHAPE, *lines)
