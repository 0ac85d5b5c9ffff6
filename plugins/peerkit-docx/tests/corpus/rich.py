"""
Templates about rich text, paragraphs of it, and listings.
"""

from __future__ import annotations

from .lines import BOLD, HARD
from .markup import Template, cell, para, paras, run, table
from .values import Lines, Rich, RichParagraphs

KINDS = (
    "single",
    "double",
    "thick",
    "dotted",
    "dash",
    "dotDash",
    "dotDotDash",
    "wave",
    True,
    "other",
)
SIGNS = "one\ntwo\tthree\afour\ffive\n\n\t\ax"

TEMPLATES = (
    Template(
        name="rich text",
        body=paras("a {{r said }} z", "{{r said }}") + para(run("x "), run("{{r said }}", BOLD), run(" y", "<w:i/>")),
        names={"said": Rich("plain ", ("bold", {"bold": True}), (" italic", {"italic": True}), (" both", {"bold": True, "italic": True}))},
    ),
    Template(
        name="rich text with every setting",
        body=paras("{%p for one in several %}", "{{r one }}", "{%p endfor %}"),
        names={"several": [
            Rich((str(given), given))
            for given in (
                {"style": "Strong"}, {"color": "B00020"}, {"color": "#b00020"}, {"highlight": "ffff00"}, {"highlight": "#FFFF00"},
                {"size": 24}, {"subscript": True}, {"superscript": True}, {"bold": True}, {"italic": True}, {"strike": True},
                {"font": "Courier New"}, {"font": "eastAsia:微软雅黑"}, {"lang": "fr-FR"}, {"rtl": True}, {"rtl": True, "bold": True, "italic": True},
                {"style": "Emphasis", "color": "000000", "highlight": "EEEEEE", "size": 40, "superscript": True, "bold": True,
                 "italic": True, "underline": "double", "strike": True, "font": "Arial", "lang": "de-DE"},
                {"bold": False, "italic": False, "underline": False},
            )
        ]},
    ),
    Template(
        name="rich text underlined",
        body=paras("{{r said }}"),
        names={"said": Rich(*((str(one), {"underline": one}) for one in KINDS))},
    ),
    Template(
        name="fonts of regions",
        body=paras("{{r said }}"),
        names={"said": Rich(*((one, {"font": f"{one}:Arial"}) for one in ("ascii", "hAnsi", "cs", "eastAsia")))},
        wrong="It writes an attribute twice for ascii, hAnsi and cs, and the body is cut off there.",
        shows=("asciihAnsicseastAsia",),
    ),
    Template(
        name="links in rich text",
        body=paras("See {{r said }}.", "{{r said }}"),
        names={"said": Rich("the ", ("plan", {"url": "https://northmere.example/plan?a=1&b=2"}), " or ",
                            ("write", {"url": "mailto:a@b.example", "color": "0000FF", "underline": True}))},
    ),
    Template(
        name="rich text with hard characters and signs",
        body=paras("{{r hard }}", "{{r signs }}") + para(run("a"), run("{{r signs }}"), properties='<w:pStyle w:val="Quote"/>'),
        names={"hard": Rich((HARD, {"bold": True})), "signs": Rich((SIGNS, {"color": "123456"}), SIGNS)},
    ),
    Template(
        name="rich text in rich text",
        body=paras("{{r said }}"),
        names={"said": Rich("a ", Rich(("b", {"bold": True}), " c"), (5, {"size": 18}), ("", {"bold": True}))},
    ),
    Template(
        name="rich text in loops, questions and cells",
        body=paras("{%p for one in several %}", "{% if loop.first %}first: {% endif %}{{r one }}", "{%p endfor %}",
                   "{% for one in several %}{{r one }}, {% endfor %}")
        + table(["{%tr for one in several %}", ""], [cell("{{r one }}"), cell("{% if one %}{{r one }}{% endif %}")], ["{%tr endfor %}", ""])
        + paras(""),
        names={"several": [Rich(("a & b", {"bold": True})), Rich("plain")]},
    ),
    Template(
        name="rich text in a question in formatted text",
        body=para(run("{% if no %}{{r rich }}{% endif %}{{ text }}", "<w:b/>")) + para(run("{% for x in none_there %}{{r rich }}{% endfor %}{{ text }}", "<w:b/>")),
        names={"no": False, "none_there": [], "rich": Rich("x"), "text": "a\tb\nc"},
    ),
    Template(
        name="new lines in links of rich text",
        body=paras("{{r said }}"),
        names={"said": Rich(("a\nb\tc", {"url": "https://northmere.example/", "bold": True}))},
    ),
    Template(
        name="several rich texts in a line",
        body=paras("{{r a }}{{r b }} and {{r a }}"),
        names={"a": Rich(("a", {"bold": True})), "b": Rich(("b", {"italic": True}))},
    ),
    Template(
        name="paragraphs of rich text",
        body=paras("before", "{{p said }}", "after") + table(["a", cell("{{p said }}")]) + paras(""),
        names={"said": RichParagraphs(("Heading", "Heading2"), (Rich("a ", ("bold", {"bold": True})), "BodyText"), (Rich(HARD), ""), ("", "Quote"))},
    ),
    Template(
        name="paragraphs of rich text in loops",
        body=paras("{%p for one in several %}", "{{p one }}", "{%p endfor %}"),
        names={"several": [RichParagraphs(("x", "ListBullet")), RichParagraphs(("y", ""), ("z", ""))]},
    ),
    Template(
        name="signs in paragraphs of rich text",
        body=paras("{{p said }}"),
        names={"said": RichParagraphs((Rich((SIGNS, {"bold": True})), "Quote"))},
    ),
    Template(
        name="listing",
        body=paras("{{ said }}", "a {{ said }} z"),
        names={"said": Lines("first\nsecond & <third>\a\tnew paragraph\fnew page")},
    ),
    Template(
        name="listing in formatted text",
        body=para(run("x {{ said }} y", BOLD), run(" tail", "<w:i/>"), properties='<w:pStyle w:val="Quote"/><w:jc w:val="center"/>'),
        names={"said": Lines(SIGNS)},
    ),
    Template(
        name="listing in cells and loops",
        body=paras("{%p for one in several %}", "- {{ one }}", "{%p endfor %}") + table(["{{ several[0] }}", "b"]) + paras(""),
        names={"several": [Lines("a\ab"), Lines("c\nd"), Lines("")]},
    ),
    Template(
        name="listing with a page break in a table's neighbour",
        body=para(run("{{ a }}"), run("{{ b }}", "<w:b/>"), properties="<w:keepNext/><w:rPr><w:b/></w:rPr>"),
        names={"a": Lines("x\fy"), "b": Lines("\a\a")},
    ),
)  # fmt: skip
