"""
Templates with tags outside of plain paragraphs: headers, notes, boxes, controls, properties.
"""

from __future__ import annotations

from .lines import BOLD
from .markup import (
    Part,
    Template,
    cell,
    control,
    para,
    paras,
    picture,
    root,
    row,
    run,
    section,
    table,
    text_box,
)
from .values import Lines, Rich, png

CREST = Part(name="word/media/crest.png", content=png(8, 8), relation="rId90", kind="image")
BACK = '<w:bookmarkStart w:id="3" w:name="_GoBack"/><w:bookmarkEnd w:id="3"/>'
NOTE = '<w:footnoteReference w:id="2"/>'


def footnotes(*notes):
    """
    A part of footnotes, as Word writes it, with *notes* as markup.
    """
    marks = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    said = "".join(
        f'<w:footnote w:id="{at}">{one}</w:footnote>' for at, one in enumerate(notes, start=2)
    )
    return Part(
        name="word/footnotes.xml",
        content=root("footnotes", marks + said),
        relation="rId80",
        kind="footnotes",
    )


def core(**said):
    """
    Core properties.
    """
    spaces = {
        "title": "dc",
        "subject": "dc",
        "creator": "dc",
        "description": "dc",
        "language": "dc",
        "identifier": "dc",
    }
    inside = "".join(
        f"<{spaces.get(name, 'cp')}:{name}>{text}</{spaces.get(name, 'cp')}:{name}>"
        for name, text in said.items()
    )
    return {
        "docProps/core.xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</cp:coreProperties>'
    }


def headers(**kinds):
    """
    Parts of headers and footers by name, such as header2, and what stands in them.
    """
    return tuple(
        Part(
            name=f"word/{name}.xml",
            content=root("hdr" if name.startswith("header") else "ftr", inside),
            relation=f"rId{name}",
            kind=name.rstrip("0123456789"),
        )
        for name, inside in kinds.items()
    )


def link(relation, *runs):
    """
    A link of *runs*.
    """
    return f'<w:hyperlink r:id="{relation}">{"".join(runs)}</w:hyperlink>'


def marked(number, name, inside):
    """
    A bookmark round *inside*.
    """
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def field(code, shown):
    """
    A field as runs.
    """
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


TEMPLATES = (
    Template(
        name="header and footer",
        body=paras("{{ title }}"),
        header=paras("{{ title }}", "{%p for n in notices %}", "{{ n }}", "{%p endfor %}"),
        footer=para(run("{{ title | upper }}", BOLD), run("<w:tab/>"), run("{% if draft %}Draft{% else %}Final{% endif %}")),
        names={"title": "Review of R&D", "notices": ["Exempt", "<Private>"], "draft": True},
    ),
    Template(
        name="headers of several kinds and sections",
        body=para("{{ title }} one", properties=section(("header", "default", "rIdheader2"), ("header", "first", "rIdheader3"), more="<w:titlePg/>"))
        + paras("{{ title }} two"),
        parts=headers(header2=para("First section {{ title }}"), header3=para("Cover {{ title }}"), header4=para("Even {{ title }}"),
                      footer2=para("First foot {{ n }}")),
        last=section(("header", "default", "rId10"), ("header", "even", "rIdheader4"), ("footer", "default", "rId11"), ("footer", "first", "rIdfooter2"),
                     more="<w:titlePg/>"),
        header=para("Other sections {{ title }}"),
        names={"title": "Plan", "n": 3},
    ),
    Template(
        name="tables and rows in a header",
        body=paras("body"),
        header=table(["{{ title }}", cell("{{ n }}")], ["{%tr for x in xs %}", ""], ["{{ x }}", "{{ loop.index }}"], ["{%tr endfor %}", ""]) + paras(""),
        names={"title": "T", "n": 1, "xs": ["a", "b"]},
    ),
    Template(
        name="header whose paragraphs are all left out",
        body=paras("body"),
        header=paras("{%p if exempt %}", "Exempt", "{%p endif %}"),
        footer=paras("{%p for x in xs %}", "{{ x }}", "{%p endfor %}"),
        names={"exempt": False, "xs": []},
    ),
    Template(
        name="line breaks, listings and rich text in a header",
        body=paras("body"),
        header=para(run("{{ text }}", BOLD)) + paras("{{ lines }}", "{{r rich }}"),
        names={"text": "a\nb\tc", "lines": Lines("x\ay"), "rich": Rich(("z", {"bold": True}))},
    ),
    Template(
        name="footnotes",
        body=para("Text", run(NOTE), " of {{ name }}"),
        parts=(footnotes(para(run("<w:footnoteRef/>"), run(" See {{ name }}{% if more %}, {{ more }}{% endif %}."))),),
        names={"name": "R&D", "more": "page 3"},
    ),
    Template(
        name="footnotes in loops",
        body=paras("{%p for x in xs %}") + para("{{ x }}", run(NOTE)) + paras("{%p endfor %}"),
        parts=(footnotes(paras("{%p for x in xs %}", "{{ x }}", "{%p endfor %}", "end"), para(run("{{ xs[0] }} x", "<w:i/>"))),),
        names={"xs": ["a", "b\nc"]},
    ),
    Template(
        name="core properties",
        body=paras("{{ title }}"),
        replaced=core(title="{{ title }}", subject="About {{ subject }}", creator="{{ who }}{% if team %} of {{ team }}{% endif %}",
                      description="{{ note | upper }}", identifier="{{ number }}", language="en-GB"),
        names={"title": "Peer review", "subject": "schools", "who": "Ada", "team": "Northmere", "note": "draft", "number": 7},
    ),
    Template(
        name="text boxes",
        body=para("Before ", text_box(para("Box {{ name }} {% if yes %}yes{% endif %}") + para(run("{{ other }}", BOLD)))) + paras("after {{ name }}"),
        names={"name": "A & B", "other": "x", "yes": True},
    ),
    Template(
        name="loops in text boxes",
        body=para(text_box(paras("{%p for x in xs %}", "{{ x }}", "{%p endfor %}", "last"))) + paras("after"),
        names={"xs": ["a", "b"]},
    ),
    Template(
        name="text boxes in loops",
        body=paras("{%p for x in xs %}") + para(text_box(para("{{ x }}"))) + paras("{{ x }} again", "{%p endfor %}"),
        names={"xs": ["a", "b"]},
    ),
    Template(
        name="content controls",
        body=control(paras("{{ title }}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}"))
        + para("a ", control(run("{{ title }}", BOLD), "inline"), " z")
        + table(row(cell(control(para("{{ title }}"))), "b")) + paras(""),
        names={"title": "T", "xs": ["1", "2"]},
    ),
    Template(
        name="content controls in loops",
        body=paras("{%p for x in xs %}") + control(para("{{ x }}")) + para("x ", control(run("{{ loop.index }}"))) + paras("{%p endfor %}"),
        names={"xs": ["1", "2"]},
    ),
    Template(
        name="bookmarks in loops",
        body=paras("{%p for x in xs %}") + para(marked(4, "place", run("{{ x }}")), marked(5, "_Toc1", run(" more")))
        + paras("{%p endfor %}") + para('<w:hyperlink w:anchor="place"><w:r><w:t>up</w:t></w:r></w:hyperlink>'),
        names={"xs": ["a", "b"]},
    ),
    Template(
        name="links in loops",
        body=paras("{%p for x in xs %}") + para("See ", link("rId95", run("{{ x }}", "<w:b/>")), ".") + paras("{%p endfor %}")
        + para(link("rId95", run("{% if xs %}some{% endif %}"))),
        links={"rId95": "https://northmere.example/a?b=1&c=2"},
        names={"xs": ["a", "b"]},
    ),
    Template(
        name="pictures of the template in loops",
        body=paras("{%p for x in xs %}") + para("{{ x }} ", picture("rId90", "Crest of Northmere")) + paras("{%p endfor %}")
        + table(["{%tr for x in xs %}", ""], [cell(para(picture("rId90", "Crest", 10))), "{{ x }}"], ["{%tr endfor %}", ""]) + paras(""),
        parts=(CREST,),
        names={"xs": ["a", "b"]},
    ),
    Template(
        name="alternative text filled",
        body=para(picture("rId90", "Crest of {{ town }}")) + paras("{{ town }}"),
        parts=(CREST,),
        names={"town": "Northmere <East> & West"},
    ),
    Template(
        name="fields beside tags",
        body=para("{{ title }}, page ", field("PAGE", "1"), " of ", field("NUMPAGES", "1"), " {{ title }}")
        + para('<w:fldSimple w:instr=" TITLE "><w:r><w:t>{{ title }}</w:t></w:r></w:fldSimple>'),
        names={"title": "T"},
    ),
    Template(
        name="breaks and sections left alone",
        body=para("{{ a }}", run('<w:br w:type="page"/>'), "{{ b }}", run("<w:lastRenderedPageBreak/>"), run("<w:noBreakHyphen/>"), run('<w:sym w:font="Wingdings" w:char="F0FC"/>'))
        + para("x", properties=section(size='<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>')) + paras("{{ b }}"),
        names={"a": "1", "b": "2"},
    ),
    Template(
        name="ids of Word's own",
        body=paras("{%p for x in xs %}")
        + '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00112233">'
        + run("{{ x }}") + "</w:p>" + paras("{%p endfor %}"),
        names={"xs": ["a", "b"]},
    ),
    Template(
        name="bookmarks round loops and rows",
        body=para('<w:bookmarkStart w:id="1" w:name="round"/>', "a") + paras("{%p for x in xs %}", "{{ x }}", "{%p endfor %}") + para("b", '<w:bookmarkEnd w:id="1"/>')
        + table(["{%tr for x in xs %}", ""], '<w:bookmarkStart w:id="2" w:name="row"/>' + row("{{ x }}", "") + '<w:bookmarkEnd w:id="2"/>', ["{%tr endfor %}", ""])
        + paras(""),
        names={"xs": [1, 2]},
    ),
    Template(
        name="delimiters kept apart where no tags are",
        body=paras("{_{ x }_}"),
        header=paras("{_{ x }_}"),
        footer=paras("{_% x %_} {{ n }}"),
        parts=(footnotes(para("{_{ x }_}")),),
        names={"n": 1},
    ),
    Template(
        name="link whose field is filled",
        body=para("See ", field('HYPERLINK "{{ url }}"', "{{ words }}"), field("REF {{ mark }} \\h", "x")),
        names={"url": "https://northmere.example/?a=1&b=2", "words": "the plan", "mark": "place"},
    ),
    Template(
        name="tooltips and captions of tables",
        body=para(f'<w:hyperlink r:id="rId95" w:tooltip="to {{{{ a }}}}">{run("x")}</w:hyperlink>')
        + table(["a", "b"]).replace("<w:tblPr>", '<w:tblPr><w:tblCaption w:val="T {{ a }}"/><w:tblDescription w:val="{{ a }}"/>') + paras(""),
        links={"rId95": "https://northmere.example/"},
        names={"a": 'R&D "x" <y>'},
    ),
    Template(
        name="text box in formatted text",
        body=para(run("before", BOLD), text_box(para(run("{{ x }}")))),
        names={"x": "a\tb"},
    ),
    Template(
        name="several texts in a run",
        body=para("<w:r><w:rPr><w:b/></w:rPr><w:t>{{ a }}</w:t><w:tab/><w:t>x {{ a }}</w:t><w:br/><w:t>{{ a }} y</w:t></w:r>"),
        names={"a": "1\t2\n3"},
    ),
    Template(
        name="tags over line breaks and tabs",
        body=para("<w:r><w:t>{{ a</w:t><w:br/><w:t> }} y</w:t></w:r>") + para("<w:r><w:t>{% if a</w:t><w:tab/><w:t> %}z{% endif %}</w:t></w:r>"),
        names={"a": "1"},
    ),
    Template(
        name="tags in smart tags and moved text",
        body=para(f'<w:smartTag w:element="x">{run("{{ a }}")}{run("{{r rich }}")}</w:smartTag>', f'<w:moveTo w:id="1" w:author="A">{run("{{ a }}")}</w:moveTo>'),
        names={"a": "1\t2", "rich": Rich("x")},
    ),
    Template(
        name="tracked insertions",
        body=para('<w:ins w:id="3" w:author="A" w:date="2024-01-01T00:00:00Z"><w:r><w:t>{{ x }}</w:t></w:r></w:ins>', "{{ x }}"),
        names={"x": "new"},
    ),
    Template(
        name="tabs set in paragraphs",
        body=para(run("{{ a }}"), run("<w:tab/>"), run("{{ b }}"), properties='<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>'),
        names={"a": "x\ty", "b": "z"},
    ),
)  # fmt: skip
