"""
Templates composed at random, and data for them, for Hypothesis.

Made of what the corpus is made of, in any order and depth. Left out is what docxtpl draws
wrongly; see `faults`.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st

from .markup import Template, cell, control, para, picture, row, run, table, text_box
from .places import CREST, NOTE, footnotes, link, marked
from .values import Image, Lines, Rich, RichParagraphs, png

TEXTS = st.text(st.sampled_from("ab é&<>\"'{}%#.\n\t中😀"), max_size=12)
WORDS = st.text(st.sampled_from("ab &<>\"'é."), min_size=1, max_size=6)
PROPERTIES = st.sampled_from(["", "", "<w:b/>", '<w:i/><w:color w:val="123A52"/>', "<w:rtl/>"])
STYLES = st.sampled_from(
    ["", "", '<w:pStyle w:val="Quote"/>', '<w:pStyle w:val="BodyText"/><w:jc w:val="center"/>']
)
FILTERS = (
    "",
    "",
    "",
    " | upper",
    " | lower",
    " | trim",
    " | title",
    " | replace('a', 'o')",
    " | truncate(5)",
    " | default('-')",
    " | e",
    " | length",
)
LIST_FILTERS = (
    " | join(', ')",
    " | length",
    " | join",
    " | sort | join('/')",
    " | reverse | join",
    " | unique | join(' ')",
)
SIGNED = st.text(st.sampled_from("ab &<\n\t\a\f"), max_size=8)


# -- data ----------------------------------------------------------------------------


@st.composite
def rich_texts(draw, *, linked=False):
    settings = st.fixed_dictionaries({}, optional={
        "bold": st.booleans(), "italic": st.booleans(), "strike": st.booleans(), "size": st.sampled_from([0, 18, 40]),
        "color": st.sampled_from(["", "FF0000", "#00ff00"]), "highlight": st.sampled_from(["", "FFFF00"]),
        "underline": st.sampled_from([False, True, "double"]), "font": st.sampled_from(["", "Arial"]), "style": st.sampled_from(["", "Strong"]),
        "rtl": st.booleans(), "lang": st.sampled_from(["", "fr-FR"]), "superscript": st.booleans(),
    })  # fmt: skip
    # Empty rich text counts as nothing with us, and as something with docxtpl.
    pieces = draw(st.lists(st.tuples(SIGNED.filter(len), settings), min_size=1, max_size=3))
    if linked:
        pieces.append((draw(WORDS), {"url": "https://a.example/?a=1&b=2"}))
    return Rich(*pieces)


PEOPLE = st.fixed_dictionaries({
    "name": TEXTS, "n": st.integers(-3, 3), "yes": st.booleans(), "tags": st.lists(TEXTS, max_size=3),
    "colour": st.sampled_from(["FFFFFF", "C6E0B4", "auto"]),
})  # fmt: skip

NAMES = st.fixed_dictionaries({
    "a": TEXTS, "b": TEXTS, "n": st.integers(-2, 4), "f": st.floats(-9, 9), "yes": st.booleans(), "no": st.just(False),
    "nothing": st.none(), "xs": st.lists(TEXTS, max_size=3), "ns": st.lists(st.integers(0, 9), max_size=3),
    "people": st.lists(PEOPLE, max_size=3),
    "groups": st.lists(st.lists(TEXTS, max_size=3), max_size=3), "d": st.dictionaries(WORDS, TEXTS, max_size=3),
    "lines": SIGNED.filter(len).map(Lines), "rich": rich_texts(), "linked": rich_texts(linked=True),
    "said": st.lists(st.tuples(rich_texts() | WORDS, st.sampled_from(["", "Quote"])), min_size=1, max_size=2).map(lambda made: RichParagraphs(*made)),
    "picture": st.builds(Image, content=st.sampled_from([png(4, 3), png(9, 5, dots=3780)]), width=st.sampled_from([0, 5]),
                         leads=st.sampled_from(["", "https://a.example/"])),
})  # fmt: skip


# -- what tags say ---------------------------------------------------------------------

CONDITIONS = (
    "yes", "no", "n > 1", "n == 2 or yes", "not a", "xs", "a in xs", "b is defined", "n is odd",
    "people | length > 1", "a == 'ab'",
)  # fmt: skip
SORTED = ("people | sort(attribute='n')", "people | selectattr('yes')")
NUMBERS = ("n", "f", "n + 1", "yes", "ns | sum", "n * 2 - 1", "f | round(1)", "'%.2f' | format(f)")
LOOPED = ("loop.index", "loop.revindex0", "loop.length", "loop.cycle('x', 'y')", "loop.first")
BRACES = (*[("{{ ", " }}")] * 6, ("{{", "}}"), ("{{- ", " }}"), ("{{ ", " -}}"))
WHOLE = {
    "lines": "{{ lines }}", "rich": "{{r rich }}", "linked": "{{r linked }}",
    "picture": "{{ picture }}",
}  # fmt: skip
# docxtpl does not keep white space beside a comment.
ASIDE = ("x{# said to authors #}y", "{% set w = 'set' %}{{ w }}", "{_{ x }_}", "{_% x %_}")
ALONE = ("{#p for authors #}", "{%p set w = a %}", "{{p said }}")
COLOURS = ("'FF0000'", "'DDDDDD' if yes else 'FFFFFF'")


# -- templates -----------------------------------------------------------------------


class Scope:
    """
    What names hold where a piece of template stands, by the kind of what they hold.
    """

    def __init__(
        self, depth=0, *, in_body=True, in_text=False, in_cell=False, is_set=False, **more
    ):
        self.depth = depth
        self.in_body = in_body
        self.in_text = in_text
        self.in_cell = in_cell
        self.is_set = is_set
        self.texts = ["a", "b"]
        self.lists = ["xs", "groups[0] | default([])"]
        self.people = []
        self.numbers = []
        self.loops = 0
        self.__dict__.update(more)

    def deeper(self, **more):
        """
        Return the scope inside of something, with *more* names or another flag.
        """
        made = Scope(**(self.__dict__ | {"depth": self.depth + 1}))
        for name, value in more.items():
            old = getattr(made, name)
            setattr(made, name, [*old, value] if isinstance(old, list) else value)
        return made


@st.composite
def conditions(draw, scope):
    asked = [*CONDITIONS]
    asked += [f"{one}.yes" for one in scope.people] + [f"{one}.n >= 1" for one in scope.people]
    if scope.loops:
        asked += ["loop.first", "not loop.last", "loop.index > 1", "loop.index is even"]
    return draw(st.sampled_from(asked))


@st.composite
def loops(draw, scope):
    """
    What stands behind `for`, and the scope inside.
    """
    name = f"v{scope.depth}"
    kind = draw(st.sampled_from(["text", "text", "person", "group", "number", "pair"]))
    if kind == "text":
        tagged_by = [f"{one}.tags" for one in scope.people]
        source = draw(st.sampled_from(["xs", "xs | sort", f"xs if {name}", *tagged_by]))
        return f"{name} in {source}", scope.deeper(texts=name, loops=scope.loops + 1)
    if kind == "person":
        source = draw(st.sampled_from(["people", f"people if {name}.yes", *SORTED]))
        return f"{name} in {source}", scope.deeper(
            texts=f"{name}.name", people=name, loops=scope.loops + 1
        )
    if kind == "group":
        return f"{name} in groups", scope.deeper(lists=name, loops=scope.loops + 1)
    if kind == "pair":
        source = draw(st.sampled_from(["d.items()", "d | dictsort", "d | items"]))
        return f"{name}, w{scope.depth} in {source}", scope.deeper(
            texts=f"w{scope.depth}", loops=scope.loops + 1
        )
    return f"{name} in range(n)", scope.deeper(texts=name, numbers=name, loops=scope.loops + 1)


@st.composite
def prints(draw, scope):
    kinds = ["text"] * 10 + ["number", "list", "choice", "joined", "amiss"]
    kinds += ["loop"] * bool(scope.loops)
    kinds += [] if scope.in_text else ["lines", "rich"]
    # docxtpl relates links and pictures to the body, wherever they stand.
    kinds += ["linked"] if scope.in_body and not scope.in_text else []
    # Behind a picture, docxtpl drops the properties of a run.
    kinds += ["picture"] if scope.in_body and not scope.in_text and not scope.is_set else []
    kind = draw(st.sampled_from(kinds))
    if kind in WHOLE:
        return WHOLE[kind]
    if kind == "amiss":
        return draw(st.sampled_from(["{{ nobody }}", "{{ nothing }}", "{{ xs }}"]))
    text = draw(st.sampled_from(scope.texts))
    if kind == "number":
        said = draw(st.sampled_from(NUMBERS))
    elif kind == "list":
        said = draw(st.sampled_from(scope.lists)) + draw(st.sampled_from(LIST_FILTERS))
    elif kind == "choice":
        said = f"{text} if {draw(conditions(scope))} else 'no'"
    elif kind == "joined":
        said = f"{text} ~ ' – ' ~ n"
    elif kind == "loop":
        said = draw(st.sampled_from(LOOPED))
    else:
        said = text + draw(st.sampled_from(FILTERS if text not in scope.numbers else ("",)))
    left, right = draw(st.sampled_from(BRACES))
    return left + said + right


@st.composite
def phrases(draw, scope):
    """
    Text with tags, that stands in one run.
    """
    kinds = ["print"] * 3 + ["words"] * 2 + ["aside"]
    kinds += ["if", "if", "for", "for"] * (scope.depth < 5)
    made = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(kinds))
        if kind == "words":
            made.append(draw(WORDS))
        elif kind == "print":
            made.append(draw(prints(scope)))
        elif kind == "aside":
            made.append(draw(st.sampled_from(ASIDE)))
        elif kind == "if":
            other = draw(st.sampled_from(["", "{% else %}", "{% elif n == 1 %}"]))
            inside = draw(phrases(scope.deeper()))
            if other:
                inside += other + draw(WORDS)
            made.append(f"{{% if {draw(conditions(scope))} %}}{inside}{{% endif %}}")
        else:
            said, inner = draw(loops(scope))
            other = draw(st.sampled_from(["", "{% else %}none"]))
            made.append(f"{{% for {said} %}}{draw(phrases(inner))}{other}{{% endfor %}}")
    return "".join(made)


@st.composite
def paragraphs(draw, scope):
    has_box = scope.in_body and not scope.in_text and draw(st.sampled_from([False] * 15 + [True]))
    if has_box:
        # docxtpl takes a paragraph that holds others for them.
        scope = scope.deeper(in_text=True)
    kinds = ["run"] * 10 + ["breaks", "control", "bookmark"]
    if scope.in_body:
        kinds += ["link", "picture"]
        kinds += [] if scope.in_text else ["r tags", "note"]
    runs = []
    for _ in range(draw(st.integers(1, 3))):
        properties = draw(PROPERTIES)
        one = run(draw(phrases(scope.deeper(is_set=bool(properties)))), properties)
        kind = draw(st.sampled_from(kinds))
        if kind in AROUND:
            one = AROUND[kind](one)
        elif kind == "picture":
            one += picture("rId90", draw(st.sampled_from(["Crest", "Crest of {{ n }}"])))
        elif kind == "r tags":
            one = run(f"{{%r if {draw(conditions(scope))} %}}") + one + run("{%r endif %}")
        runs.append(one)
    if has_box:
        # Behind a text box, docxtpl leaves line breaks as they are.
        runs.append(text_box(draw(paragraphs(scope.deeper()))))
    return para(*runs, properties=draw(STYLES))


AROUND = {
    "breaks": lambda one: one + run("<w:tab/>") + run("<w:br/>"),
    "control": control,
    "bookmark": lambda one: marked(7, "place", one),
    "link": lambda one: link("rId95", one),
    "note": lambda one: one + run(NOTE),
}


@st.composite
def blocks(draw, scope):
    """
    Paragraphs, tables, and loops and questions round them.
    """
    kinds = [paragraphs] * 4 + [alone]
    if scope.depth < 3:
        kinds += [asked, asked, looped, looped, merged, named, controlled]
        # docxtpl counts the cells of a table in a cell as those of the one around it.
        kinds += [] if scope.in_cell else [tables, tables]
    several = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3))
    return "".join(draw(one(scope)) for one in several)


def alone(scope):
    """
    A tag that stands for its paragraph, whatever is around it.
    """
    del scope
    return st.sampled_from(ALONE).map(para)


@st.composite
def asked(draw, scope):
    made = para(f"{{%p if {draw(conditions(scope))} %}}") + draw(blocks(scope.deeper()))
    if draw(st.booleans()):
        made += para(draw(st.sampled_from(["{%p else %}", "{%p elif n > 2 %}"])))
        made += draw(blocks(scope.deeper()))
    return made + para("{%p endif %}")


@st.composite
def looped(draw, scope):
    said, inner = draw(loops(scope))
    made = para(f"{{%p for {said} %}}") + draw(blocks(inner))
    if draw(st.sampled_from([False] * 3 + [True])):
        made += para("{%p else %}") + draw(blocks(scope.deeper()))
    return made + para("{%p endfor %}")


@st.composite
def merged(draw, scope):
    """
    Paragraphs that are joined, each tag in one of its own, as docxtpl asks for it.
    """
    begun, ended = f"{{%- if {draw(conditions(scope))} -%}}", "{%- endif -%}"
    lines = (draw(WORDS), begun, draw(WORDS), ended, draw(WORDS))
    return "".join(para(run(one)) for one in lines)


@st.composite
def named(draw, scope):
    name = f"u{scope.depth}"
    begun = para(f"{{%p with {name} = {draw(st.sampled_from(scope.texts))} %}}")
    return begun + draw(blocks(scope.deeper(texts=name, numbers=name))) + para("{%p endwith %}")


def controlled(scope):
    """
    Blocks in a content control.
    """
    return blocks(scope.deeper()).map(control)


@st.composite
def cells(draw, scope, width):
    """
    The cells of a row that is *width* wide.
    """
    kinds = ["paragraph"] * 6 + ["colour"] + ["merged"] * bool(scope.loops)
    kinds += ["blocks", "table"] * (scope.depth < 3 and not scope.in_cell)
    made, left = [], width
    while left:
        kind = draw(st.sampled_from([*kinds, "wide"] if left > 1 else kinds))
        left -= 2 if kind == "wide" else 1
        if kind == "wide":
            made.append(cell(draw(paragraphs(scope)), properties='<w:gridSpan w:val="2"/>'))
        elif kind == "colour":
            colour = draw(st.sampled_from([*COLOURS, *(f"{one}.colour" for one in scope.people)]))
            made.append(cell(para(f"{{% cellbg {colour} %}}" + draw(phrases(scope)))))
        elif kind == "merged":
            made.append(cell(para("{% vm %}" + draw(phrases(scope)))))
        elif kind == "blocks":
            made.append(cell(draw(blocks(scope.deeper(in_cell=True)))))
        elif kind == "table":
            made.append(cell(table([draw(paragraphs(scope.deeper()))], columns=1), ""))
        else:
            made.append(cell(draw(paragraphs(scope))))
    return "".join(made)


def tagged(tag, width):
    """
    A row that only holds *tag*.
    """
    return row(tag, *[""] * (width - 1))


@st.composite
def rows(draw, scope, width):
    kinds = ["row"] * 3 + ["comment"] + ["columns"] * scope.in_body
    kinds += ["for", "for", "if"] * (scope.depth < 4)
    made = []
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(kinds))
        if kind == "row":
            made.append(f"<w:tr>{draw(cells(scope, width))}</w:tr>")
        elif kind == "for":
            said, inner = draw(loops(scope))
            made.append(tagged(f"{{%tr for {said} %}}", width) + draw(rows(inner, width)))
            if draw(st.booleans()):
                made.append(tagged("{%tr else %}", width) + row(*["none"] * width))
            made.append(tagged("{%tr endfor %}", width))
        elif kind == "if":
            made.append(tagged(f"{{%tr if {draw(conditions(scope))} %}}", width))
            made.append(draw(rows(scope.deeper(), width)))
            made.append(tagged("{%tr endif %}", width))
        elif kind == "columns":
            said, inner = draw(loops(scope))
            joined = draw(st.sampled_from(["", "", "{% hm %}"])) + draw(phrases(inner))
            made.append(row(f"{{%tc for {said} %}}", cell(para(joined)), "{%tc endfor %}"))
        else:
            made.append(tagged("{#tr for authors #}", width))
    return "".join(made)


@st.composite
def tables(draw, scope):
    width = draw(st.integers(1, 3))
    has_head = draw(st.sampled_from([True] * 5 + [False]))
    head = row(*(f"h{at}" for at in range(width))) if has_head else ""
    inside = scope.deeper()
    return table(head, draw(rows(inside, width)), columns=width) + draw(paragraphs(inside))


@st.composite
def templates(draw):
    """
    A template with names, and where its runs are cut.
    """
    outside, sometimes = Scope(in_body=False), st.sampled_from([False] * 3 + [True])
    made = Template(
        name="composed",
        body=draw(blocks(Scope())),
        header=draw(blocks(outside)) if draw(sometimes) else para("head"),
        footer=draw(paragraphs(outside)) if draw(sometimes) else para("foot"),
        parts=(CREST, footnotes(draw(paragraphs(outside)) if draw(sometimes) else para("note"))),
        links={"rId95": "https://a.example/"},
        names=draw(NAMES),
    )
    often = draw(st.sampled_from([0, 0, 5, 30, 80]))
    return made, cutting(draw(st.integers(0, 99)), often) if often else None


def cutting(seed, often):
    """
    Where texts are cut: in *often* of a hundred places.
    """

    def cut(text):
        chance = random.Random(f"{seed} {text}")  # noqa: S311 - no secret
        return [at for at in range(1, len(text)) if chance.randrange(100) < often]

    return cut
