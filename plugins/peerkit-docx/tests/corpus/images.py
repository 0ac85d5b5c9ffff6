"""
Templates about pictures that data brings.
"""

from __future__ import annotations

from .markup import Template, cell, paras, table
from .values import Image, jpeg, png

SMALL = png(30, 20)

TEMPLATES = (
    Template(
        name="picture",
        body=paras("{{ picture }}", "a {{ picture }} z"),
        names={"picture": Image(content=SMALL, width=20, height=10)},
    ),
    Template(
        name="pictures of one measure",
        body=paras("{{ wide }}", "{{ high }}", "{{ as_is }}"),
        names={"wide": Image(content=png(33, 21), width=20), "high": Image(content=png(37, 22), height=13), "as_is": Image(content=png(31, 23))},
    ),
    Template(
        name="pictures that say their dots to the inch",
        body=paras("{{ a }}", "{{ b }}", "{{ c }}", "{{ d }}", "{{ e }}"),
        names={
            "a": Image(content=png(96, 48, dots=3780)),
            "b": Image(content=jpeg(80, 40)),
            "c": Image(content=jpeg(80, 41, unit=1, dots=96)),
            "d": Image(content=jpeg(80, 42, unit=2, dots=118)),
            "e": Image(content=png(97, 49, dots=11811), width=7),
        },
    ),
    Template(
        name="picture of a camera",
        body=paras("{{ a }}"),
        names={"a": Image(content=jpeg(160, 80, exif=300))},
    ),
    Template(
        name="pictures that lead somewhere",
        body=paras("{{ a }} {{ b }}"),
        names={
            "a": Image(content=SMALL, width=10, leads="https://northmere.example/a?b=1&c=2"),
            "b": Image(content=png(4, 4), width=10, leads="https://northmere.example/a?b=1&c=2"),
        },
    ),
    Template(
        name="the same picture twice",
        body=paras("{{ a }}{{ a }}", "{{ b }}", "{{ other }}"),
        names={"a": Image(content=SMALL, width=10), "b": Image(content=SMALL, width=20), "other": Image(content=png(30, 20, shade=9))},
    ),
    Template(
        name="pictures in cells, loops and questions",
        body=table(["{%tr for p in people %}", ""], [cell("{{ p.photo }}"), cell("{{ p.name }}{% if p.photo %} {{ p.photo }}{% endif %}")],
                   ["{%tr endfor %}", ""]) + paras("{% for p in people %}{{ p.photo }}{% endfor %}"),
        names={"people": [{"name": "Ada", "photo": Image(content=SMALL, width=5)}, {"name": "Bob", "photo": Image(content=png(9, 9), width=5)}]},
    ),
    Template(
        name="picture in header and footer",
        body=paras("body"),
        header=paras("{{ logo }} Northmere"),
        footer=paras("{{ logo }}", "{{ other }}"),
        names={"logo": Image(content=SMALL, width=5), "other": Image(content=png(6, 5), height=5, leads="https://northmere.example/")},
    ),
    Template(
        name="picture wider than the page",
        body=paras("{{ a }}"),
        names={"a": Image(content=png(900, 90))},
        wrong="The picture runs over the edge of the page.",
    ),
)  # fmt: skip
