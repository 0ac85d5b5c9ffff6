"""
Templates about tables: rows and cells repeated, joined and coloured.
"""

from __future__ import annotations

from .lines import BOLD, PEOPLE
from .markup import Template, cell, para, paras, row, run, table

HEADED = "<w:tblHeader/>"
SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="DDDDDD"/>'

TEMPLATES = (
    Template(
        name="loop of rows",
        body=table(
            row("Name", "Age", properties=HEADED),
            ["{%tr for p in people %}", ""],
            ["{{ p.name }}", "{{ p.age }}"],
            ["{%tr endfor %}", ""],
            ["Total", "{{ people | sum(attribute='age') }}"],
        ) + paras(""),
        names={"people": PEOPLE},
    ),
    Template(
        name="loop of rows with else",
        body=table(
            row("Name", "Age", properties=HEADED),
            ["{%tr for p in people %}", ""],
            ["{{ loop.index }} {{ p.name }}", "{{ p.age }}"],
            ["{%tr else %}", ""],
            ["Nobody", "-"],
            ["{%tr endfor %}", ""],
        ) + paras(""),
        names={"people": []},
    ),
    Template(
        name="loop of no rows under a header row",
        body=table(row("Name", "Age", properties=HEADED), ["{%tr for p in people %}", ""], ["{{ p.name }}", "{{ p.age }}"],
                   ["{%tr endfor %}", ""]) + paras(""),
        names={"people": []},
    ),
    Template(
        name="questions of rows",
        body=table(
            ["Name", "Age"],
            ["{%tr for p in people %}", ""],
            ["{%tr if p.active %}", ""],
            [cell("{{ p.name }}", properties=SHADED), "{{ p.age }}"],
            ["{%tr elif p.age < 20 %}", ""],
            ["young {{ p.name }}", ""],
            ["{%tr endif %}", ""],
            ["{%tr endfor %}", ""],
        ) + paras(""),
        names={"people": PEOPLE},
    ),
    Template(
        name="loop in cells",
        body=table(["{% for p in people %}{{ p.name }} {% endfor %}", cell("{%p for p in people %}", "{{ p.name }}", "{%p endfor %}")],
                   [cell("{%p if yes %}", "shown", "{%p endif %}", "always"), "{% if yes %}a{% endif %}"]) + paras(""),
        names={"people": PEOPLE, "yes": True},
    ),
    Template(
        name="cell whose paragraphs are all left out",
        body=table(["a", cell("{%p for p in people %}", "{{ p }}", "{%p endfor %}")]) + paras(""),
        names={"people": []},
    ),
    Template(
        name="more columns than the grid has",
        body=table(["Name", "{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"],
                   ["{%tr for r in rows %}", "", "", ""],
                   ["{{ r.name }}", "{%tc for c in r.cells %}", "{{ c }}", "{%tc endfor %}"],
                   ["{%tr endfor %}", "", "", ""], columns=4) + paras(""),
        names={"columns": list("abcde"), "rows": [{"name": "x", "cells": [1, 2, 3, 4, 5]}, {"name": "y", "cells": [6, 7, 8, 9, 0]}]},
    ),
    Template(
        name="fewer columns than the grid has",
        body=table(["Name", "{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"], widths=(1000, 2001, 1502, 1500)) + paras(""),
        names={"columns": ["a"]},
    ),
    Template(
        name="rows of different numbers of cells",
        body=table(["{%tr for r in rows %}", "", ""], ["{%tc for c in r %}", "{{ c }}", "{%tc endfor %}"], ["{%tr endfor %}", "", ""],
                   widths=(900, 1000, 1100)) + paras(""),
        names={"rows": [["a"], ["b", "c", "d", "e"], ["f", "g"]]},
    ),
    Template(
        name="questions of cells",
        body=table(["Name", "{%tc if wide %}", "Age", "{%tc else %}", "Old", "{%tc endif %}"], ["a", "{%tc if not wide %}", "b", "{%tc endif %}"],
                   columns=6) + paras(""),
        names={"wide": False},
    ),
    Template(
        name="colspan",
        body=table([cell("{% colspan columns | length %}All of them")], ["{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"],
                   columns=3) + paras(""),
        names={"columns": ["a", "b", "c", "d"]},
    ),
    Template(
        name="colspan in place of another",
        body=table([cell("{% colspan n %}{{ said }}", properties='<w:gridSpan w:val="2"/>')], ["a", "b", "c"], columns=3) + paras(""),
        names={"n": 3, "said": "wide"},
    ),
    Template(
        name="cellbg",
        body=table(["{%tr for p in people %}", ""],
                   [cell("{% cellbg p.colour %}{{ p.name }}"), cell("{% cellbg p.colour %}again", properties=SHADED)],
                   ["{%tr endfor %}", ""]) + paras(""),
        names={"people": [{"name": "Ada", "colour": "C6E0B4"}, {"name": "Bob", "colour": "FFFF00"}]},
    ),
    Template(
        name="cellbg and colspan",
        body=table([cell("{% cellbg colour %}{% colspan 2 %}both")], [cell("{% cellbg 'FF0000' if bad else '00FF00' %}x"), "y"]) + paras(""),
        names={"colour": "AABBCC", "bad": True},
    ),
    Template(
        name="cells merged downwards",
        body=table(["{%tr for p in people %}", ""], [cell("{% vm %}Team"), "{{ p.name }}"], ["{%tr endfor %}", ""]) + paras(""),
        names={"people": PEOPLE},
    ),
    Template(
        name="cells merged downwards in groups",
        body=table(["{%tr for team, those in people | groupby('team') %}", ""], ["{%tr for p in those %}", ""],
                   [cell("{% vm %}{{ team }}"), "{{ p.name }}"], ["{%tr endfor %}", ""], ["{%tr endfor %}", ""]) + paras(""),
        names={"people": PEOPLE},
    ),
    Template(
        name="cells merged sideways",
        body=table(["{%tc for c in columns %}", cell("{% hm %}Heading"), "{%tc endfor %}"],
                   ["{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"], columns=3) + paras(""),
        names={"columns": ["a", "b", "c"]},
    ),
    Template(
        name="cells merged sideways that span already",
        body=table(["{%tc for c in columns %}", cell("{% hm %}Wide", properties='<w:gridSpan w:val="2"/>'), "{%tc endfor %}"],
                   ["{%tc for c in columns %}", "{{ c }}", "b", "{%tc endfor %}"], columns=4) + paras(""),
        names={"columns": ["a", "c"]},
    ),
    Template(
        name="tables in loops",
        body=paras("{%p for t in tables %}", "{{ t.name }}") + table(["Ref", "What"], ["{%tr for r in t.rows %}", ""],
                   ["{{ r[0] }}", "{{ r[1] }}"], ["{%tr endfor %}", ""]) + paras("{%p endfor %}", "end"),
        names={"tables": [{"name": "T1", "rows": [["a", "b"], ["c", "d"]]}, {"name": "T2", "rows": []}]},
    ),
    Template(
        name="tables in cells",
        body=table(["outer {{ name }}", cell(table(["{%tr for x in xs %}", ""], ["{{ x }}", "in {{ loop.index }}"], ["{%tr endfor %}", ""]), "")],
                   ["{%tr for x in xs %}", ""], ["{{ x }}", cell(table(["{{ x }}", "y"]), "")], ["{%tr endfor %}", ""]) + paras(""),
        names={"name": "table", "xs": ["a", "b"]},
    ),
    Template(
        name="comments that are rows and cells",
        body=table(["a", "b"], ["{#tr a row for authors #}", ""], ["c", "{#tc a cell for authors #}", "d"], columns=2) + paras(""),
    ),
    Template(
        name="formatted cells",
        body=table(["{%tr for p in people %}", ""],
                   [cell(para(run("{{ p.name }}", BOLD), properties='<w:pStyle w:val="TableText"/>'), properties=SHADED + '<w:vAlign w:val="center"/>'),
                    cell(para(run("{{ p.age }}", BOLD), properties='<w:jc w:val="right"/>'))],
                   ["{%tr endfor %}", ""]) + paras(""),
        names={"people": PEOPLE},
    ),
    Template(
        name="a row that is only a loop in a line",
        body=table(["{% for p in people %}{{ p.name }}{% endfor %}", "{{ people[0].name }}"], [cell("{{ a }}", "{{ b }}"), ""]) + paras(""),
        names={"people": PEOPLE, "a": "x\ny", "b": "\t"},
    ),
    Template(
        name="block over cells and rows",
        body=table(["a{% for x in xs %}{{ x }}", "b{% endfor %}d"], ["{% for x in xs %}{{ x }}", "e"], ["f", "{% endfor %}g"]) + paras(""),
        names={"xs": [1, 2]},
    ),
    Template(
        name="rows in content controls",
        body=table("<w:sdt><w:sdtContent>" + row("{%tr for x in xs %}", "") + row("{{ x }}", "") + row("{%tr endfor %}", "") + "</w:sdtContent></w:sdt>",
                   ["a", "b"]) + paras(""),
        names={"xs": [1, 2]},
    ),
    Template(
        name="table that is left out",
        body=paras("{%p if people %}") + table(["{%tr for p in people %}", ""], ["{{ p.name }}", ""], ["{%tr endfor %}", ""])
        + paras("{%p else %}", "There is nobody.", "{%p endif %}"),
        names={"people": []},
    ),
)  # fmt: skip
