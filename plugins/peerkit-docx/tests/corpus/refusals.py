"""
Templates that our engine refuses, each with where the fault is and words of the reason.
"""

from __future__ import annotations

from .lines import PEOPLE
from .markup import Template, cell, control, para, paras, row, section, table
from .places import CREST, NOTE, core, footnotes, headers, picture, root, text_box
from .tables import HEADED
from .values import Image, Lines, Rich, RichParagraphs, png

GIF = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SECOND = "body, paragraph 2"


def line(name, tag, reason, **names):
    """
    A template with *tag* in its second paragraph.
    """
    return Template(
        name=name, body=paras("first", tag, "last"), names=names, at=SECOND, refused=reason
    )


TEMPLATES = (
    # names and what is printed
    line("unknown name", "{{ nobody }}", "“nobody” is not known", somebody=1),
    line("unknown part of a name", "{{ d.nobody }}", "“d.nobody” is not known", d={"somebody": 1}),
    line("nothing printed", "{{ x }}", "this is nothing", x=None),
    line("list printed", "{{ x }}", "this is a list", x=[1]),
    line("group printed", "{{ x }}", "this is a group of names", x={"a": 1}),
    line("rich text in a line", "{{ x }}", "rich text, which cannot stand in a line", x=Rich("a")),
    line("paragraphs of rich text in a line", "{{ x }}", "paragraphs of rich text, which cannot stand in a line", x=RichParagraphs(("a", ""))),
    line("text as rich text", "{{r x }}", "Only rich text can be drawn by {{r", x="a"),
    line("text as a paragraph", "{{p x }}", "Only what is drawn whole", x="a"),
    line("listing as rich text", "{{r x }}", "a listing, which cannot stand as rich text", x=Lines("a")),
    line("new paragraph in a text", "{{ x }}", "U+0007", x="a\ab"),
    line("new page in a text", "{{ x }}", "U+000C", x="a\fb"),
    line("control character", "{{ x }}", "U+0001", x="a\x01b"),
    line("control character in a listing", "{{ x }}", "U+0001", x=Lines("a\x01b")),
    line("control character in rich text", "{{r x }}", "U+0001", x=Rich("a\x01b")),
    line("unknown style in rich text", "{{r x }}", "no character style named “Nope”", x=Rich(("a", {"style": "Nope"}))),
    line("unknown style of a paragraph", "{{p x }}", "no paragraph style named “Nope”", x=RichParagraphs(("a", "Nope"))),
    line("picture of another kind", "{{ x }}", "neither PNG nor JPEG", x=Image(content=GIF)),
    line("picture that is damaged", "{{ x }}", "is damaged", x=Image(content=png(4, 4)[:14])),
    # what templates may not say
    line("filter safe", "{{ x | safe }}", "no filter “safe”", x="a"),
    line("filter random", "{{ x | random }}", "no filter “random”", x="a"),
    line("filter unknown", "{{ x | wordwrap(20) }}", "no filter “wordwrap”", x="a"),
    line("question unknown", "{% if x is sameas x %}a{% endif %}", "no question “sameas”", x="a"),
    line("method of a text", "{{ x.upper() }}", "Calling is not allowed", x="a"),
    line("namespace", "{% set n = namespace(a=1) %}", "Calling is not allowed"),
    line("power", "{{ 2 ** 9 }}", "A power (**) is not allowed"),
    line("text times a number", "{{ x * 2 }}", "“*” is for numbers", x="a"),
    line("raw", "{% raw %}{{ x }}{% endraw %}", "{% raw %}", x=1),
    line("macro", "{% macro m() %}a{% endmacro %}{{ m() }}", "{% macro %} is not allowed"),
    line("filter block", "{% filter upper %}a{% endfilter %}", "{% filter %} is not allowed"),
    line("set with a block", "{% set y %}a{% endset %}{{ y }}", "is not allowed"),
    line("include", "{% include 'x' %}", "{% include %} is not allowed"),
    line("do", "{% do x %}", "There is no tag “do”", x=1),
    line("break", "{% for n in [1] %}{% break %}{% endfor %}", "There is no tag “break”"),
    line("too large a range", "{% for n in range(20000) %}{{ n }}{% endfor %}", "more than 10,000"),
    # what does not work
    line("divided by nothing", "{{ 1 / n }}", "divided by 0", n=0),
    line("text and number compared", "{% if x > 2 %}a{% endif %}", "cannot be compared", x="a"),
    line("loop through a number", "{% for n in x %}a{% endfor %}", "this is a number", x=5),
    line("loop with too many names", "{% for a, b in x %}a{% endfor %}", "another number of names", x=[1]),
    line("loop outside of one", "{{ loop.index }}", "“loop” is known inside"),
    line("nothing as a number", "{{ x | int }}", "The filter “int”", x=None),
    # how tags are typed
    line("tag never closed", "{{ x", "is never closed", x=1),
    line("tag never begun", "x }}", "closes a tag that never began"),
    line("too many braces", "{{{ x }}}", "3 braces", x=1),
    line("empty tag", "{{ }}", "Something is missing"),
    line("tag that says nothing", "{% %}", "does not say what it does"),
    line("two names in a tag", "{{ x y }}", "should end before “y”", x=1, y=1),
    line("dash for a hyphen", "{{ a – b }}", "An en dash", a=1, b=1),
    line("block never closed", "{% if x %}a", "never closed", x=1),
    line("block never begun", "{% endif %}", "closes nothing"),
    line("block closed by another's end", "{% if x %}{% for n in x %}{% endif %}{% endfor %}", "still open where {% endif %} stands", x=[1]),
    line("prefix apart", "{% p if x %}", "stands apart from the brace", x=1),
    line("prefixes that differ", "{% if x %}a{%p endif %}", "would be lost", x=1),
    # where tags stand
    line("text beside a p tag", "{%p if x %} lost", "would be lost", x=1),
    line("two p tags in a paragraph", "{%p if x %}a{%p endif %}", "Two p tags", x=1),
    line("tr tag outside of a table", "{%tr if x %}", "outside a table", x=1),
    Template(
        name="text beside a tr tag", body=table(["{%tr for x in xs %}", "lost"], ["{{ x }}", "b"], ["{%tr endfor %}", ""]) + paras(""),
        names={"xs": [1]}, at="body, table 1, row 1, column 1", refused="“lost”, would be lost",
    ),
    Template(
        name="two tr tags in a row", body=table(["{%tr if x %}", "{%tr endif %}"], ["a", "b"]) + paras(""),
        names={"x": 1}, at="body, table 1, row 1, column 2", refused="Two tr tags stand in one row",
    ),
    Template(
        name="picture beside a p tag", body=paras("{%p if x %}", "a") + para("{%p endif %}", picture("rId90")),
        parts=(CREST,), names={"x": 1}, at="body, paragraph 3", refused="A picture or note beside a p tag would be lost",
    ),
    Template(
        name="picture inside a tag", body=para("{{ x", picture("rId90"), " }}"), parts=(CREST,),
        names={"x": 1}, at="body, paragraph 1", refused="picture",
    ),
    Template(
        name="note inside a tag", body=para("{{ x", f"<w:r>{NOTE}</w:r>", " }}"), parts=(footnotes(para("n")),),
        names={"x": 1}, at="body, paragraph 1", refused="note",
    ),
    Template(
        name="p tag that ends a section", body=paras("{%p if x %}", "a") + para("{%p endif %}", properties=section()) + paras("b"),
        names={"x": 1}, at="body, paragraph 3", refused="the paragraph that ends a section",
    ),
    Template(
        name="loop into a table", body=paras("{% for x in xs %}") + table(["{{ x }}", "b{% endfor %}"]) + paras(""),
        names={"xs": [1, 2]}, at="body, paragraph 1", refused="ends in another place than it begins",
    ),
    Template(
        name="question into a link", body=para("a{% if x %}b", '<w:hyperlink w:anchor="a"><w:r><w:t>c{% endif %}</w:t></w:r></w:hyperlink>'),
        names={"x": 1}, at="body, paragraph 1", refused="ends in another place than it begins",
    ),
    Template(
        name="table that has no row", body=table(["{%tr for x in xs %}", ""], ["{{ x }}", ""], ["{%tr endfor %}", ""]) + paras(""),
        names={"xs": []}, at="body, table 1, row 3, column 1", refused="The table has no rows",
    ),
    Template(
        name="row that has no cell", body=table(["a", "b"], ["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]) + paras(""),
        names={"xs": []}, at="body, table 1, row 2", refused="The row has no cells",
    ),
    Template(
        name="tag in a link's target", body=para('<w:hyperlink r:id="rId95"><w:r><w:t>{{ x }}</w:t></w:r></w:hyperlink>'),
        links={"rId95": "https://northmere.example/{{ x }}"}, names={"x": 1}, at="word/_rels/document.xml.rels", refused="never filled",
    ),
    Template(
        name="table of comments", body=table(["{#tr for authors #}", ""]) + paras("{{ x }}"),
        names={"x": 1}, at="body, table 1", refused="The table has no rows",
    ),
    Template(
        name="deleted words", body=para('<w:del w:id="3" w:author="A"><w:r><w:delText>{{ x }}</w:delText></w:r></w:del>'),
        names={"x": 1}, at="body, paragraph 1", refused="where it cannot be filled",
    ),
    Template(
        name="tag in the styles", body=paras("x"), replaced={"word/fontTable.xml": root("fonts", '<w:font w:name="{{ x }}"/>')},
        names={"x": 1}, at="word/fontTable.xml", refused="in a part that is never filled",
    ),
    # cells
    Template(
        name="colour that is none", body=table(["a", "b"], [cell("{% cellbg c %}x"), "y"]) + paras(""),
        names={"c": "red"}, at="body, table 1, row 2, column 1", refused="“red” is not a colour",
    ),
    Template(
        name="cell over no columns", body=table(["a", cell("{% colspan n %}x")]) + paras(""),
        names={"n": 0}, at="body, table 1, row 1, column 2", refused="from 1 to 63 columns, not “0”",
    ),
    Template(
        name="colour behind a table in its cell", body=table([cell(table(["in"], columns=1), "{% cellbg c %}out"), "x"]) + paras(""),
        names={"c": "FF0000"}, at="body, table 1, row 1, column 1", refused="stands behind a table",
    ),
    Template(
        name="vm in no loop", body=table(["a", cell("{% vm %}x")]) + paras(""),
        at="body, table 1, row 1, column 2", refused="this is in none",
    ),
    # other places than the body
    Template(name="fault in a header", body=paras("x"), header=paras("a", "{{ nobody }}"), at="header1, paragraph 2", refused="not known"),
    Template(name="fault in a footer", body=paras("x"), footer=table(["a", "{{ nobody }}"]) + paras(""), at="footer1, table 1, row 1, column 2", refused="not known"),
    Template(name="fault in a first header", body=paras("x"), parts=headers(header7=para("{{ nobody }}")), at="header7, paragraph 1", refused="not known"),
    Template(name="fault in the properties", body=paras("x"), replaced=core(title="{{ nobody }}"), at="properties", refused="not known"),
    Template(name="fault in a footnote", body=paras("x"), parts=(footnotes(para("{{ nobody }}")),), at="footnotes, paragraph 3", refused="not known"),
    Template(name="fault in a text box", body=paras("a") + para(text_box(paras("b", "{{ nobody }}"))), at="body, paragraph 2, in a text box", refused="not known"),
    Template(
        name="fault under a heading",
        body=para("Findings", properties='<w:pStyle w:val="Heading2"/>') + paras("a", "{{ nobody }}"),
        at="body, paragraph 3, under “Findings”", refused="not known",
    ),
    Template(
        name="fault in a later row", body=table(row("Name", "Age", properties=HEADED), ["{%tr for p in people %}", ""],
                                                ["{{ p.name }}", "{{ p.nobody }}"], ["{%tr endfor %}", ""]) + paras(""),
        names={"people": PEOPLE}, at="body, table 1, row 3, column 2", refused="“p.nobody” is not known",
    ),
    Template(
        name="listing in properties", body=paras("x"), replaced=core(title="{{ x }}"), names={"x": Lines("a\nb")}, at="properties", refused="a listing",
    ),
    Template(
        name="picture in properties", body=paras("x"), replaced=core(title="{{ x }}"), names={"x": Image(content=png(4, 4))}, at="properties", refused="a picture",
    ),
    Template(
        name="new paragraph inside a link", body=para('<w:hyperlink w:anchor="a"><w:r><w:t>{{ x }}</w:t></w:r></w:hyperlink>'),
        names={"x": Lines("a\ab")}, at="body, paragraph 1", refused="A new paragraph cannot begin",
    ),
    Template(
        name="new paragraph inside a content control", body=para("a", control("<w:r><w:t>{{r x }}</w:t></w:r>"), "b"),
        names={"x": Rich("a\ab")}, at="body, paragraph 1", refused="A new paragraph cannot begin",
    ),
    Template(
        name="new paragraph in a link of rich text", body=paras("{{r x }}"),
        names={"x": Rich(("a\ab", {"url": "https://northmere.example/"}))}, at="body, paragraph 1", refused="A new paragraph cannot begin",
    ),
    Template(
        name="listing in a formula", body=para(f'<w:r/><m:oMath xmlns:m="{MATH}"><m:r><m:t>{{{{ x }}}}</m:t></m:r></m:oMath>'),
        names={"x": Lines("a\nb")}, at="body, paragraph 1", refused="a listing",
    ),
    Template(
        name="picture in a formula", body=para(f'<w:r/><m:oMath xmlns:m="{MATH}"><m:r><m:t>{{{{ x }}}}</m:t></m:r></m:oMath>'),
        names={"x": Image(content=png(4, 4))}, at="body, paragraph 1", refused="a picture",
    ),
)  # fmt: skip
