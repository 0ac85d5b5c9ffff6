from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from peerkit.errors import PeerkitError
from peerkit_docx import draw_names, prepare
from peerkit_docx.basefile import build, line

# Whatever reaches for Python, for the disk, for endless text or for unescaped markup.
PAYLOADS = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum(9) }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{{ namespace(a=1) }}",
    "{% set ns = namespace() %}",
    "{{ joiner() }}",
    "{{ cycler('a', 'b') }}",
    "{{ dict(a=1) }}",
    "{{ dict.mro() }}",
    "{{ title.__class__ }}",
    "{{ title.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__base__.__subclasses__()[0] }}",
    "{{ ()|attr('__class__')|attr('__base__') }}",
    "{{ title['__class__'] }}",
    "{{ title['__class__']['__base__'] }}",
    "{{ title|attr('__class__') }}",
    "{{ title|attr('upper')() }}",
    "{{ title.format(1) }}",
    "{{ title['format'] }}",
    "{{ '{0.__class__}'.format(title) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(title) }}",
    "{{ '{a.__class__}'.format_map(items[0]) }}",
    "{{ '%(a)s'|format(a=1) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '%s'|format(items) }}",
    "{{ items|map('format', '{0.__class__}') }}",
    "{{ items|map(attribute='__class__')|list }}",
    "{{ items|map('attr', '__class__')|list }}",
    "{{ items|map(title)|list }}",
    "{{ items|select(title)|list }}",
    "{{ items|selectattr('a', title)|list }}",
    "{{ items|groupby('__class__') }}",
    "{{ items|sort(attribute='__class__') }}",
    "{{ items|sum(start=title) }}",
    "{{ items|join(attribute='__init__') }}",
    "{{ items|random }}",
    "{{ items.append(1) }}",
    "{{ items.clear() }}",
    "{{ items[0].update(a=2) }}",
    "{{ items[0].pop('a') }}",
    "{{ items[0].get('a') }}",
    "{{ items[0].items.__call__() }}",
    "{{ rich.add('x') }}",
    "{{ rich._runs }}",
    "{{ rich.__init__.__globals__ }}",
    "{{ rich.as_runs }}",
    "{{ picture.content }}",
    "{{ title|string|attr('__class__') }}",
    "{{ loop }}",
    "{{ loop.cycle.__globals__ }}",
    "{% for x in items %}{{ loop._recurse }}{% endfor %}",
    "{% for x in items %}{{ loop.cycle.__globals__ }}{% endfor %}",
    "{% for x in items %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for x in items %}{{ loop(items) }}{% endfor %}",
    "{% for x in items recursive %}{{ loop(items) }}{% endfor %}",
    "{{ 'a' * 100000000 }}",
    "{{ title * 100 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ [[title]] * 9 }}",
    "{{ title|indent(1000000000) }}",
    "{{ title|center(1000000000) }}",
    "{{ items|batch(0) }}",
    "{{ items|batch(1000000000, 'x') }}",
    "{{ items|slice(1000000000) }}",
    "{{ range(999999999) }}",
    "{% for x in range(999999999) %}{% endfor %}",
    "{{ title|pprint }}",
    "{{ title|tojson }}",
    "{{ title|safe }}",
    "{{ '<w:p/>'|safe }}",
    "{{ title|forceescape }}",
    "{{ title|urlize }}",
    "{{ title|xmlattr }}",
    "{{ title|wordwrap(1) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends 'x' %}",
    "{% macro m() %}{% endmacro %}",
    "{% call title() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set x %}y{% endset %}",
    "{% block b %}{% endblock %}",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    "{% debug %}",
    "{% do title %}",
    "{% raw %}{{ title }}{% endraw %}",
    "{% set title.x = 1 %}",
    "{{ {}['a'] }}",
    "{{ ''.join([title]) }}",
    "{{ title() }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ config.__class__ }}",
    "{{ request }}",
    "{{ super() }}",
    "{{ caller() }}",
    "{{ 1 / 0 }}",
    "{{ 1 // 0 }}",
    "{{ 1 % 0 }}",
    "{{ -title }}",
    "{{ title % 1 }}",
    "{{ None }}",
    "{{ items }}",
    "{{ items[0] }}",
]  # fmt: skip
PLACES = ("body", "header", "footnote", "property", "text box")
HARMLESS = [
    "{{ title | e }}", "{{ [title] | map('upper') | join }}", "{{ title | replace('a', 'b') }}",
    "{{ '%5.1f' | format(1.25) }}", "{{ title ~ 1 }}", "{% with a = 1 %}{{ a }}{% endwith %}",
    "{% for x in items %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for key, value in items[0].items() %}{{ key }}{% endfor %}",
    "{% for x in range(3) %}{{ x }}{% endfor %}", "{{ 7 / 2 }}", "{{ 7 // 2 }}", "{{ 7 % 2 }}",
    "{{ {'a': 'x'}['a'] }}",
]  # fmt: skip

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    "<w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


def with_payload(payload, place):
    """
    Return a template that holds *payload* in one place.
    """
    from peerkit_docx.word.packages import read_package, write_package  # noqa: PLC0415 - run alone

    body = line("{{ title }}", "Heading1")
    if place == "body":
        body += line(payload, "BodyText")
    elif place == "text box":
        body += _BOX.format(line(payload, "BodyText"))
    header = line(payload if place == "header" else "x", "Header")
    package = read_package(build(body, header=header, footer=line("x", "Footer")), "it")
    if place == "property":
        package["docProps/core.xml"] = package["docProps/core.xml"].replace(
            b"peerkit template", payload.replace("&", "&amp;").replace("<", "&lt;").encode()
        )
    if place == "footnote":
        note = line(payload, "BodyText")
        package["word/footnotes.xml"] = (
            f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="2">{note}</w:footnote></w:footnotes>'
        ).encode()
        package["[Content_Types].xml"] = package["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
            b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
        )
    return write_package(package)


def names():
    from peerkit_docx import Picture, RichText  # noqa: PLC0415 - run alone

    return {
        "title": "A title",
        "items": [{"a": 1, "b": "two"}, {"a": 2, "b": "three"}],
        "rich": RichText("rich"),
        "picture": Picture(content=b"", alternative="x"),
    }


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("place", PLACES)
def test_a_template_cannot_do_more_than_print(payload, place):
    """
    Whatever reaches further is refused, with the place where it stands.
    """
    where = {"property": "properties", "text box": "body", "footnote": "footnotes"}.get(
        place, place
    )

    with pytest.raises(PeerkitError, match=f"^own.docx, {where}"):
        draw_names(prepare(with_payload(payload, place), "own.docx"), names(), origin="own.docx")


@pytest.mark.parametrize("tag", HARMLESS)
def test_what_only_prints_is_let_through(tag):
    """
    The walls do not keep out what templates are for.
    """
    draw_names(prepare(with_payload(tag, "body"), "own.docx"), names(), accessible=False)


_WATCHED = """
import json, sys
sys.path.insert(0, {folder!r})
import test_docx_sandbox as tests
from peerkit.errors import PeerkitError
from peerkit_docx import draw_names, prepare

def draw(payload, place):
    try:
        draw_names(prepare(tests.with_payload(payload, place), "own.docx"), tests.names())
    except PeerkitError:
        return "refused"
    return "drawn"

for place in tests.PLACES:  # whatever is imported late is imported now
    draw("{{{{ title }}}}", place)
    draw("{{{{ nothing }}}}", place)
    draw("{{{{ title + }}}}", place)
for payload in tests.PAYLOADS:
    for place in tests.PLACES:
        draw(payload, place)

seen, run = [], []
WATCHED = ("open", "os.", "subprocess.", "socket.", "shutil.", "urllib.", "ctypes.", "import",
           "marshal.", "pickle.", "tempfile.", "glob.")

def hook(event, arguments):
    if event == "exec":
        run.append(arguments[0].co_filename)
    elif event.startswith(WATCHED):
        seen.append([event, repr(arguments)[:200]])

sys.addaudithook(hook)
outcomes = [draw(payload, place) for payload in tests.PAYLOADS for place in tests.PLACES]
print(json.dumps({{"seen": seen, "run": sorted(set(run)), "outcomes": outcomes}}))
"""


def test_no_payload_touches_anything():
    """
    Told by Python's own audit: no file, no network, no program, no import, in five places.
    """
    script = _WATCHED.format(folder=str(Path(__file__).parent))
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )

    told = json.loads(done.stdout.splitlines()[-1])
    assert 60 <= len(PAYLOADS)
    assert len(PAYLOADS) * len(PLACES) == len(told["outcomes"])
    assert [] == told["seen"]
    # What Jinja makes of templates, and of tracebacks into them.
    assert {"<template>", "<unknown>"} == set(told["run"])
    assert {"refused"} == set(told["outcomes"])


@pytest.mark.parametrize("text", [*PAYLOADS, "{{ 7*7 }}", "{_{ x }_}", "{% raw %}", "{#"])
def test_the_same_strings_as_data_print_as_they_are(papers, text):
    """
    In the body, a header, a footnote that three sections could render thrice, and properties.
    """
    tagged = "{{ said }}"
    section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    body = line("{{ title }}", "Heading1") + 2 * (line(tagged, "BodyText") + section)
    template = build(
        body + line(tagged, "BodyText"), header=line(tagged, "Header"), footer=line("x", "Footer")
    )
    package = papers.package(template)
    with_note = papers.package(with_payload(tagged, "footnote"))
    package["word/footnotes.xml"] = with_note["word/footnotes.xml"]
    package["[Content_Types].xml"] = with_note["[Content_Types].xml"]
    package["docProps/core.xml"] = papers.package(with_payload(tagged, "property"))[
        "docProps/core.xml"
    ]

    data = draw_names(
        prepare(papers.packed(package), "own.docx"), {"said": text, "title": "T"}, accessible=False
    )

    assert 6 == papers.texts(data).count(text)
