"""
Templates about a line of text: printing, questions, names given, filters, comments.
"""

from __future__ import annotations

from .markup import Template, para, paras, run

HARD = "R&D <5%> \"quoted\" & 'single' &amp; — ¼ “curly” 中文 😀"
BOLD = '<w:rFonts w:ascii="Arial"/><w:b/><w:color w:val="123A52"/><w:sz w:val="28"/>'
PEOPLE = [
    {"name": "Ada", "age": 36, "team": "B", "active": True},
    {"name": "Bob", "age": 19, "team": "A", "active": False},
    {"name": "Cyd", "age": 54, "team": "B", "active": True},
]

TEMPLATES = (
    Template(
        name="print",
        body=paras("Dear {{ name }}, of {{ place.town }}, {{ list[1] }}.", "{{name}}{{ place['town'] }}"),
        names={"name": "Ada", "place": {"town": "Northmere"}, "list": ["a", "b"]},
    ),
    Template(
        name="print in formatted runs",
        body=para(run("{{ name }}", BOLD), run(" and ", "<w:i/>"), run("{{ other }}", '<w:u w:val="single"/>')),
        names={"name": "Ada", "other": "Bob"},
    ),
    Template(
        name="one tag over runs of different looks",
        body=para(run("Dear {{ na", "<w:b/>"), run("me", "<w:i/>"), run(" }} and {", ""), run("{ other }}!", BOLD)),
        names={"name": "Ada", "other": "Bob"},
    ),
    Template(
        name="hard characters in data",
        body=paras("{{ text }}", "Before {{ text }} after") + para(run("{{ text }}", BOLD)),
        names={"text": HARD},
    ),
    Template(
        name="unicode in data",
        body=paras(*(f"{{{{ x{at} }}}}" for at in range(6))),
        names={
            f"x{at}": text
            for at, text in enumerate(
                ("naïve café", "שלום", "日本語テキスト", "👩‍👧 family", "e\u0301 \u00ad soft", "\u2028 \u00a0nbsp")
            )
        },
    ),
    Template(
        name="hard characters in the template",
        body=paras('R&D <5% "x" {{ name }} > & <', "{{ '<b>' }} {{ \"it's\" }} {{ 'a < b > c' }}"),
        names={"name": "&lt;"},
    ),
    Template(
        name="line breaks and tabs in data",
        body=paras("{{ text }}", "a {{ text }} z")
        + para(run("x {{ text }} y", BOLD), properties='<w:pStyle w:val="Quote"/><w:jc w:val="center"/>')
        + para(run("{{ text }}", "<w:rtl/>"), run(" plain {{ text }}")),
        names={"text": "one\ntwo\tthree\n\n\tfour"},
    ),
    Template(
        name="spaces at the ends",
        body=para("{{ name }}", run(" and "), "{{ name }}", run("  ")) + paras("  {{ name }}  {{ name }}  "),
        names={"name": " a  b "},
    ),
    Template(
        name="numbers and yes or no",
        body=paras("{{ whole }} {{ less }} {{ part }} {{ small }} {{ big }}", "{{ yes }} {{ no }}",
                   "{{ whole + 1 }} {{ whole * part }} {{ 7 // 2 }} {{ 7 % 2 }} {{ 7 / 2 }} {{ -whole }}"),
        names={"whole": 42, "less": -7, "part": 2.5, "small": 1e-7, "big": 12345678901, "yes": True, "no": False},
    ),
    Template(
        name="question in a line",
        body=paras("Town{% if urban %} of {{ name }}{% endif %}.", "{% if urban %}a{% else %}b{% endif %}",
                   "{% if n == 1 %}one{% elif n == 2 %}two{% elif n > 2 %}many{% else %}none{% endif %}",
                   "{% if n < 3 and n >= 2 %}two{% endif %} {% if not urban or n <= 1 %}no{% endif %}"),
        names={"urban": False, "name": "X", "n": 2},
    ),
    Template(
        name="nothing asked for",
        body=paras("{% if x is none %}nothing{% else %}{{ x }}{% endif %}", "{{ x or 'none' }}", "{{ y if y else '-' }}",
                   "{% if z is defined %}z{% else %}no z{% endif %}", "{{ z | default('none') }} {{ x | default('n', true) }}"),
        names={"x": None, "y": ""},
    ),
    Template(
        name="choice in a tag",
        body=paras("{{ 'yes' if a else 'no' }}, {{ a and b }}, {{ b or a }}, {{ not a }}, {{ 'x' in b }}, {{ 1 in [1, 2] }}"),
        names={"a": True, "b": "xyz"},
    ),
    Template(
        name="joining with a tilde",
        body=paras("{{ a ~ ' + ' ~ n ~ '<' }} {{ a + b }} {{ (xs + xs) | length }}"),
        names={"a": "A&B", "b": "<c>", "n": 3, "xs": [1, 2]},
    ),
    Template(
        name="set",
        body=paras("{% set greeting = 'Hello' %}{{ greeting }}, {{ name }}", "{%p set many = [1, 2, 3] %}",
                   "{{ many | length }}: {{ many[0] }}", "{% set a, b = 1, 2 %}{{ a + b }}"),
        names={"name": "Ada"},
    ),
    Template(
        name="with",
        body=paras("{% with who = name, n = 2 %}{{ who }} {{ n }}{% endwith %}", "{%p with other = name %}", "{{ other }}!",
                   "{%p endwith %}"),
        names={"name": "Ada"},
    ),
    Template(
        name="filters of text",
        body=paras("{{ s | upper }} {{ s | lower }} {{ s | title }} {{ s | capitalize }} {{ s | length }} {{ s | trim }}",
                   "{{ s | replace('a', 'o') }} {{ s | truncate(9) }} {{ s | truncate(9, true, '…', 0) }}",
                   "[{{ s | center(30) }}] {{ s | reverse }} {{ s | first }} {{ s | last }} {{ s | e }} {{ s | string }}",
                   "{{ '%s has %d' | format(s, 3) }} {{ 'a\\nb' | indent }} {{ s | default('x') | upper | lower }}"),
        names={"s": "  banana & <apple> pie "},
    ),
    Template(name="words counted", body=paras("{{ s | wordcount }}"), names={"s": "don't stop"}),
    Template(name="yes or no as numbers", body=paras("{{ yes | int }} {{ yes | float }} {{ no | int(5) }}"), names={"yes": True, "no": False}),
    Template(name="yes or no joined", body=paras("{{ several | join(', ') }} {{ 'a' ~ yes }}"), names={"several": [True, False], "yes": True}),
    Template(name="large numbers", body=paras("{{ n }} {{ n | int }}"), names={"n": 10**20}),
    Template(
        name="filters of numbers",
        body=paras("{{ n | round }} {{ n | round(1) }} {{ n | round(1, 'floor') }} {{ n | int }} {{ m | abs }} {{ m | float }}",
                   "{{ '12' | int + 1 }} {{ 'x' | int(7) }} {{ '1.5' | float }} {{ '%.2f' | format(n) }} {{ '%05d' | format(7) }}"),
        names={"n": 3.14159, "m": -4},
    ),
    Template(
        name="filters of lists",
        body=paras("{{ xs | join(', ') }} {{ xs | sort | join }} {{ xs | first }} {{ xs | last }} {{ xs | length }}",
                   "{{ ns | sum }} {{ ns | max }} {{ ns | min }} {{ xs | unique | join('-') }} {{ xs | reverse | join }}",
                   "{{ people | map(attribute='name') | join(', ') }} {{ people | sum(attribute='age') }}",
                   "{{ people | selectattr('active') | map(attribute='name') | join('; ') }}",
                   "{{ people | rejectattr('active') | map(attribute='name') | list | first }}",
                   "{{ people | selectattr('team', 'eq', 'B') | map(attribute='name') | map('upper') | join('/') }}",
                   "{{ ns | select('odd') | join(' ') }} {{ ns | reject('gt', 2) | join(' ') }} {{ xs | sort(reverse=true) | join }}",
                   "{{ xs | join(' < ') }} {{ people | join(', ', attribute='name') }} {{ xs[1:] | join }} {{ xs[-1] }}"),
        names={"xs": ["b&", "<a>", "c", "b&"], "ns": [3, 1, 2], "people": PEOPLE},
    ),
    Template(
        name="tests",
        body=paras("{% if n is even %}even{% endif %}{% if n is divisibleby 3 %} three{% endif %}{% if s is string %} s{% endif %}",
                   "{% if s is in ['a', 'b'] %}in{% endif %}{% if n is number and xs is iterable %} it{% endif %}",
                   "{{ n is odd }} {{ d is mapping }} {{ s is lower }} {{ x is undefined }} {{ n is ge 6 }} {{ none is none }}"),
        names={"n": 6, "s": "a", "xs": [], "d": {}},
    ),
    Template(
        name="comments in a line",
        body=paras("a{# a comment, not printed #}b", "{# {% if %} #}{{ name }}{# & < 'x {{ y }} #}z"),
        names={"name": "Ada"},
    ),
    Template(
        name="comments that are paragraphs",
        body=paras("first", "{#p this is said to authors #}", "{{ name }}", "{#p and this: R&D 5 < 6 #}"),
        names={"name": "Ada"},
    ),
    Template(
        name="text merged over paragraphs",
        body=paras("My house is located", "{%- if town -%}", "\u00a0in an urban area", "{%- else -%}",
                   "\u00a0in the countryside", "{%- endif -%}", "\u00a0and I love {{ it }}."),
        names={"town": False, "it": "it"},
    ),
    Template(
        name="text merged over runs and breaks",
        body=para(run("Before"), run("<w:br/>"), run("{%- if town -%}", "<w:b/>"), run("<w:br/>"), run("in town", "<w:i/>"),
                  run("<w:br/>"), run("{%- endif -%}"), run("<w:br/>"), run("after.")),
        names={"town": True},
    ),
    Template(
        name="text merged over bookmarks",
        body=paras("before", "{%- if yes -%}") + para('<w:bookmarkStart w:id="1" w:name="_Toc1"/>', "kept", '<w:bookmarkEnd w:id="1"/>')
        + paras("{%- endif -%}", "after"),
        names={"yes": True},
    ),
    Template(
        name="space taken away",
        body=paras("a   {{- name }}   b", "a   {{ name -}}   b", "a   {{- name -}}   b  {{- name -}}  {{ name }}"),
        names={"name": "Ada"},
    ),
    Template(
        name="delimiters kept apart",
        body=paras("{_{ not a tag }_} {_% nor this %_} {{ name }}", "{_{ {{ name }} }_}") + para(run("{_% x %_}", BOLD)),
        names={"name": "Ada"},
    ),
    Template(
        name="curly quotes in tags",
        body=paras("{{ d[‘key’] }} {% if name == “Ada” %}yes{% endif %} {{ ‘it’ }} “outside” stays"),
        names={"d": {"key": "v"}, "name": "Ada"},
    ),
    Template(
        name="signs in texts of tags",
        body=paras("{{ '100%' }} {{ 'a}b' }} {{ '#' }} {{ name }}",
                   "{% if name == '50%' %}half{% endif %}"),
        names={"name": "50%"},
    ),
    Template(
        name="run tags",
        body=para(run("a "), run("{%r if yes %}", "<w:b/>"), run("kept", "<w:i/>"), run("{%r else %}"), run("left out"),
                  run("{%r endif %}"), run(" z"))
        + para(run("{%r for x in xs %}"), run("{{ x }};", BOLD), run("{%r endfor %}")),
        names={"yes": True, "xs": ["1", "2"]},
    ),
    Template(
        name="tags without spaces",
        body=paras("{{name}}{%if yes%}y{%else%}n{%endif%}{{ d.a }}{{d['b']}}"),
        names={"name": "Ada", "yes": False, "d": {"a": 1, "b": 2}},
    ),
    Template(
        name="data that looks like tags",
        body=paras("{{ a }} {{ b }} {{ c }} {{ d }}"),
        names={"a": "{{ 7 * 7 }}", "b": "{% raw %}", "c": "{# x #}", "d": "}} %} #}"},
    ),
)  # fmt: skip
