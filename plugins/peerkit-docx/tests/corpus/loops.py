"""
Templates about loops and questions that paragraphs are repeated or left out by.
"""

from __future__ import annotations

from .lines import PEOPLE
from .markup import Template, para, paras, run

TREE = [
    {
        "title": "One",
        "below": [{"title": "One one", "below": []}, {"title": "One two", "below": []}],
    },
    {"title": "Two", "below": []},
]

TEMPLATES = (
    Template(
        name="loop in a line",
        body=paras("{% for x in xs %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}.",
                   "{% for x in none_there %}{{ x }}{% else %}nobody{% endfor %}"),
        names={"xs": ["a&b", "c", "d"], "none_there": []},
    ),
    Template(
        name="loop of paragraphs",
        body=paras("before", "{%p for x in xs %}", "{{ loop.index }}. {{ x }}", "and more", "{%p endfor %}", "after"),
        names={"xs": ["one", "two & <three>"]},
    ),
    Template(
        name="loop variables",
        body=paras("{%p for x in xs %}",
                   "{{ loop.index }} {{ loop.index0 }} {{ loop.revindex }} {{ loop.revindex0 }} {{ loop.length }} {{ loop.depth }}",
                   "{{ loop.first }} {{ loop.last }} {{ loop.cycle('odd', 'even') }} {{ loop.previtem | default('-') }} "
                   "{{ loop.nextitem | default('-') }} {{ loop.changed(x) }}",
                   "{%p endfor %}"),
        names={"xs": ["a", "b", "b"]},
    ),
    Template(
        name="loop that goes through nothing",
        body=paras("before", "{%p for x in xs %}", "{{ x }}", "{%p else %}", "There are none.", "{%p endfor %}", "after"),
        names={"xs": []},
    ),
    Template(
        name="loops in loops",
        body=paras("{%p for team in teams %}", "Team {{ team.name }} ({{ loop.index }})", "{%p for one in team.people %}",
                   "{{ one }}: {{ loop.index }} of {{ loop.length }}{% if loop.first %}, first{% endif %}",
                   "{%p endfor %}", "{%p endfor %}"),
        names={"teams": [{"name": "A", "people": ["x", "y"]}, {"name": "B", "people": []}]},
    ),
    Template(
        name="question of paragraphs",
        body=paras("{%p if n == 1 %}", "one", "{%p elif n == 2 %}", "two {{ n }}", "second paragraph", "{%p else %}", "many",
                   "{%p endif %}", "{%p if not n %}", "none", "{%p endif %}"),
        names={"n": 2},
    ),
    Template(
        name="questions in loops",
        body=paras("{%p for p in people %}", "{%p if p.active %}", "{{ p.name }} is active{% if p.age > 50 %} and old{% endif %}",
                   "{%p else %}", "{{ p.name }} rests", "{%p endif %}", "{%p endfor %}"),
        names={"people": PEOPLE},
    ),
    Template(
        name="loop with a question of its own",
        body=paras("{%p for p in people if p.active %}", "{{ loop.index }}/{{ loop.length }} {{ p.name }}", "{%p endfor %}"),
        names={"people": PEOPLE},
    ),
    Template(
        name="groups of names",
        body=paras("{%p for key, value in d.items() %}", "{{ key }}: {{ value }}", "{%p endfor %}",
                   "{% for key in d %}{{ key }} {% endfor %}", "{% for value in d.values() %}{{ value }} {% endfor %}",
                   "{% for key in d.keys() %}{{ key }} {% endfor %}",
                   "{% for key, value in d | dictsort %}{{ key }}={{ value }} {% endfor %}",
                   "{% for key, value in d | items %}{{ key }}={{ value }} {% endfor %}"),
        names={"d": {"b": 1, "a": "x & y", "c": 3.5}},
    ),
    Template(
        name="grouped",
        body=paras("{%p for team, those in people | groupby('team') %}", "Team {{ team }}", "{%p for p in those %}", "{{ p.name }}",
                   "{%p endfor %}", "{%p endfor %}", "{%p for group in people | groupby('team') %}",
                   "{{ group.grouper }}: {{ group.list | length }}", "{%p endfor %}"),
        names={"people": PEOPLE},
    ),
    Template(
        name="sorted, chosen, in batches",
        body=paras("{%p for p in people | sort(attribute='age', reverse=true) %}", "{{ p.name }}", "{%p endfor %}",
                   "{%p for some in xs | batch(2, '-') %}", "{{ some | join(' | ') }}", "{%p endfor %}",
                   "{% for n in range(3) %}{{ n }}{% endfor %}{% for n in range(1, 9, 4) %}{{ n }}{% endfor %}"),
        names={"people": PEOPLE, "xs": ["a", "b", "c"]},
    ),
    Template(name="in slices", body=paras("{%p for some in xs | slice(2) %}", "{{ some | join(' | ') }}", "{%p endfor %}"), names={"xs": ["a", "b", "c"]}),
    Template(name="groups asked for a part", body=paras("{{ people | groupby('team') | map(attribute='grouper') | join(', ') }}"), names={"people": PEOPLE}),
    Template(
        name="block over paragraphs",
        body=paras("a{% if no %}", "b", "c{% endif %}d", "{% for x in xs %}{{ x }}", "-{% endfor %}z"),
        names={"no": False, "xs": ["1", "2"]},
    ),
    Template(
        name="loop that calls itself in a line",
        body=paras("{% for x in tree recursive %}{{ x.title }}{% if x.below %} ({{ loop(x.below) }}){% endif %}; {% endfor %}"),
        names={"tree": TREE},
    ),
    Template(
        name="loop that calls itself in paragraphs",
        body=paras("{%p for x in tree recursive %}", "{{ loop.depth }} {{ x.title }}", "{{p loop(x.below) }}", "{%p endfor %}"),
        names={"tree": TREE},
    ),
    Template(
        name="set in loops",
        body=paras("{%p for p in people %}", "{%p set said = p.name ~ ', ' ~ p.age %}", "{{ said }}", "{%p endfor %}",
                   "{% set n = 1 %}{% for x in [1, 2] %}{% set n = n + x %}{{ n }}{% endfor %}{{ n }}"),
        names={"people": PEOPLE},
    ),
    Template(
        name="styles and lists in loops",
        body=paras("{%p for x in xs %}")
        + para(run("{{ x }}", "<w:b/>"), properties='<w:pStyle w:val="ListBullet"/><w:spacing w:after="0"/>')
        + para(run("on ", "<w:i/>"), run("{{ loop.index }}"), properties='<w:pStyle w:val="ListNumber"/>')
        + paras("{%p endfor %}"),
        names={"xs": ["a\nb", "c"]},
    ),
    Template(
        name="loop over a text and numbers",
        body=paras("{% for c in word %}{{ c }}-{% endfor %}", "{% for n in ns %}{{ n * 2 }} {% endfor %}",
                   "{% for a, b in pairs %}{{ a }}{{ b }} {% endfor %}"),
        names={"word": "ab&", "ns": [1, 2.5], "pairs": [["a", 1], ["b", 2]]},
    ),
    Template(
        name="everything in a question is left out",
        body=paras("{%p if no %}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}", "{%p endif %}", "{% if no %}{{ xs }}{% endif %}x"),
        names={"no": False, "xs": [1]},
    ),
)  # fmt: skip
