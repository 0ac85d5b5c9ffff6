"""
Writes into the reference pages what the program itself declares.

A page marks a part with `<!-- generated: NAME -->` and `<!-- end: NAME -->`; all
between is made here from declarations, so that a page cannot fall behind them.
Kept out: what a declaration does not say; people write that around the parts.

Run it after a change to a declaration::

    python docs/_generate.py
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import attrs
import click

import peerkit
from peerkit import document, hookspecs
from peerkit.cli.exits import MEANINGS
from peerkit.cli.explaining import entries
from peerkit.cli.running import COMMANDS, group
from peerkit.config import CORE_SECTIONS, Configuration, DeclaredField
from peerkit.document import SCHEMES, Shape
from peerkit.document.parser import NESTING
from peerkit.files.limits import LIMITS
from peerkit.files.names import LONGEST_NAME
from peerkit.hookspecs import Offers
from peerkit.loading.converter import LONGEST, MOST_BRACKETS
from peerkit.loading.problems import PROBLEM_KINDS
from peerkit.model import FieldKind, FieldSpec, field_specs
from peerkit.plugins import find_plugins, gather
from peerkit_committee.papers.parts import PARTS
from peerkit_docx.context import OWN_NAMES
from peerkit_docx.packages import MAX_PART, MAX_PARTS, MAX_TOTAL
from peerkit_docx.sandbox import FILTERS, TESTS
from peerkit_docx.styles import STYLES

__all__ = ["DOCS", "filled", "main", "pages"]

DOCS = Path(__file__).parent
_OURS = frozenset(("peerkit-committee", "peerkit-docx"))
_PART = re.compile(r"(<!-- generated: (.+?) -->\n)(?:.*?\n)??(<!-- end: \2 -->)", re.DOTALL)
_TREE = (
    *(document.Document, document.Properties, document.Section),
    *(document.Heading, document.Paragraph, document.Bullets, document.Quote, document.Table),
    *(document.Column, document.Row, document.Fields, document.Field, document.Figure),
    *(document.Text, document.Strong, document.Emphasis, document.Link, document.Reference),
    document.Break,
)
_FUNCTIONS = (
    *(document.walk_sections, document.walk_blocks, document.walk_block),
    *(document.plain_text, document.texts_of_document, document.numbered),
    *(document.blocks_from_markdown, document.inlines_from_markdown),
    *(document.text_inlines, document.escape_markdown),
)

Rows = Iterable[tuple[str, ...]]


def main() -> int:
    """
    Write every page anew; return how many changed.
    """
    changed = [path for path, text in pages() if path.read_text("utf-8") != text]
    for path, text in pages():
        if path in changed:
            path.write_text(text, "utf-8", newline="\n")
            print(path.relative_to(DOCS.parent).as_posix())  # noqa: T201 - a script tells
    return len(changed)


def pages() -> Iterator[tuple[Path, str]]:
    """
    Yield every page that has generated parts, with the text it should have.
    """
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text("utf-8")
        if "<!-- generated: " in text:
            yield path, filled(text)


def filled(text: str) -> str:
    """
    Return the text of a page with every generated part made anew.
    """
    return _PART.sub(lambda part: f"{part[1]}\n{_made(part[2])}\n\n{part[3]}", text)


def _made(name: str) -> str:
    what, _, about = name.partition(" ")
    lines = _MAKERS[what](_Declared.known(), *([about] if about else []))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class _Declared:
    """
    What the core and our own plugins declare, and how the example configures it.
    """

    _known: _Declared | None = None

    @classmethod
    def known(cls) -> _Declared:
        if cls._known is None:
            cls._known = cls()
        return cls._known

    @cached_property
    def offers(self) -> Offers:
        others = [one.name for one in find_plugins() if one.distribution not in _OURS]
        return gather(without=others)

    @cached_property
    def configuration(self) -> Configuration:
        example = DOCS.parent / "examples" / "middlesbrough"
        return peerkit.load(example, offers=self.offers).configuration


# Markdown


def _table(head: tuple[str, ...], rows: Rows) -> Iterator[str]:
    yield ""
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |"
    yield ""


def _code(text: object) -> str:
    return f"`{text}`"


def _codes(several: Iterable[object]) -> str:
    return ", ".join(_code(one) for one in several)


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.strip("_")).capitalize()


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _doc(thing: object) -> str:
    return (inspect.getdoc(thing) or "").replace("``", "`")


def _first(doc: str) -> str:
    return " ".join(doc.partition("\n\n")[0].split())


# fields


def _holds(spec: FieldSpec) -> str:
    said = spec.kind.value
    if spec.kinds:
        kinds = " or ".join(_code(kind) for kind in spec.kinds)
        said = f"link{'s' if spec.kind is FieldKind.LINKS else ''} to {kinds}"
    elif spec.kind is FieldKind.CHOICE:
        said = f"one of {_codes(spec.choices)}"
    elif spec.inner is not None:
        heading = _words(spec.inner.__name__)
        said += f": [{heading.lower()}](#{_anchor(heading)})"
    notes = (
        (spec.required, "**required**"),
        (spec.by_position, "given by where the record stands"),
        (spec.may_be_absent, "or `none`, or `not applicable: reason`"),
        (spec.opens, "opens: what lies in it may be cited by its short id"),
        (spec.declared_in, f"a name under `{spec.declared_in}` in the configuration"),
        (spec.short, f"a text alone is its `{spec.short}`"),
    )
    return "; ".join([said, *(note for is_so, note in notes if is_so)])


def _fields(record: type, leaving_out: Iterable[str] = ()) -> Iterator[str]:
    rows = (
        (_code(spec.key), _holds(spec), spec.doc)
        for spec in field_specs(record)
        if spec.key not in leaving_out
    )
    yield from _table(("key", "holds", "meaning"), rows)


def _inner(record: type, told: set[type]) -> Iterator[str]:
    """
    Yield a part for every group of fields inside *record* that was not told before.
    """
    for spec in field_specs(record):
        if spec.inner is not None and spec.inner not in told:
            told.add(spec.inner)
            yield f"### {_words(spec.inner.__name__)}"
            yield ""
            yield _first(_doc(spec.inner))
            yield from _fields(spec.inner)
            yield from _inner(spec.inner, told)


# the parts


def _own_sections(declared: _Declared) -> Iterator[str]:
    sections = {one.name for one in (*CORE_SECTIONS, *declared.offers.config_sections.values())}
    known = entries(declared.offers, declared.configuration)
    found = (one for one in known if one.category == "section of peerkit.yaml")
    rows = ((_code(one.name), one.doc) for one in found if one.name not in sections)
    return _table(("key", "meaning"), rows)


def _sections(declared: _Declared, whose: str) -> Iterator[str]:
    core = {section.name: section for section in CORE_SECTIONS}
    several = core if whose == "core" else declared.offers.config_sections
    told: set[type] = set()
    for section in several.values():
        yield f"## `{section.name}`"
        yield ""
        yield section.doc + (" Under it, one group of fields for each name:" * section.by_name)
        yield from _fields(section.type)
        yield from _inner(section.type, told)


def _added(_declared: _Declared) -> Iterator[str]:
    return _fields(DeclaredField)


def _papers_keys(declared: _Declared) -> Iterator[str]:
    papers = declared.offers.papers.values()
    common = [{spec.key: spec for spec in field_specs(paper.configuration)} for paper in papers]
    shared = [key for key in common[0] if all(key in keys for keys in common)]
    yield "### Every paper"
    yield ""
    yield "These keys stand under each paper’s name."
    rows = ((_code(key), _holds(common[0][key]), common[0][key].doc) for key in shared)
    yield from _table(("key", "holds", "meaning"), rows)
    told: set[type] = set()
    for paper in papers:
        yield f"### `{paper.name}`"
        yield ""
        yield "Besides those of every paper:"
        yield from _fields(paper.configuration, shared)
    for paper in papers:
        yield from _inner(paper.configuration, told)


def _packs(declared: _Declared) -> Iterator[str]:
    rows = (
        (_code(name), pack.doc, "yes" if pack.starter else "no")
        for name, pack in declared.offers.packs.items()
    )
    return _table(("pack", "what it gives", "`peerkit new --from`"), rows)


def _kinds(declared: _Declared, whose: str) -> Iterator[str]:
    offers = declared.offers
    told: set[type] = set()
    for name, kind in offers.record_kinds.items():
        if (offers.origins["peerkit_record_kinds", name] == "builtin") is not (whose == "core"):
            continue
        yield f"## `{name}`"
        yield ""
        yield f"{_first(_doc(kind.record))} Several stand under `{kind.plural}`."
        if kind.scope:
            yield f"It belongs inside a `{kind.scope}`, within which its id is unique."
        if kind.short:
            yield f"A text alone, in place of a group, is its `{kind.short}`."
        for nest in kind.nests:
            under = f"under `{nest.key}`" if nest.key else "under the words of its review kind"
            yield f"It may hold records of the kind `{nest.kind}`, {under}."
        yield from _fields(kind.record, ("illustrative", "withheld"))
        facts = [fact for (of, _), fact in offers.facts.items() if of == name]
        yield "Facts that rules may ask of it:"
        rows = ((_code(fact.name), _codes(fact.answers), fact.doc) for fact in facts)
        yield from _table(("fact", "answers", "meaning"), rows)
        yield from _inner(kind.record, told)


def _every_record(_declared: _Declared) -> Iterator[str]:
    return _fields(peerkit.Record)


def _codes_of(offers: Offers, area: str) -> list[str]:
    loading = {kind.code for kind in PROBLEM_KINDS}
    core = {kind.code for check in _checks_of(offers, ours=True) for kind in check.finds}
    council = {kind.code for check in _checks_of(offers, ours=False) for kind in check.finds}
    reading = {
        code
        for code in offers.problem_kinds
        if code.startswith(("file-", "text-")) and code not in loading
    }
    yaml = {code for code in offers.problem_kinds if code.startswith("yaml-")}
    areas = {"files": reading, "yaml": yaml, "records": loading, "council": council}
    rest = offers.problem_kinds.keys() - set().union(*areas.values())
    return sorted({**areas, "reviews": core | rest}[area])


def _checks_of(offers: Offers, *, ours: bool) -> list[peerkit.Check]:
    return [
        check
        for name, check in offers.checks.items()
        if (offers.origins["peerkit_checks", name] == "builtin") is ours
    ]


def _problems(declared: _Declared, area: str) -> Iterator[str]:
    offers = declared.offers
    found_by = {kind.code: check.name for check in offers.checks.values() for kind in check.finds}
    for code in _codes_of(offers, area):
        kind = offers.problem_kinds[code]
        yield f"### `{code}`"
        yield ""
        check = f" Found by the check `{found_by[code]}`." if code in found_by else ""
        yield f"*{kind.severity.value.capitalize()}.* {kind.meaning}{check}"
        yield ""
        yield f"To mend it: {kind.mend[:1].lower()}{kind.mend[1:]}"
        yield ""


def _checks(declared: _Declared) -> Iterator[str]:
    rows = (
        (_code(check.name), check.doc, ", ".join(_to_problem(kind.code) for kind in check.finds))
        for check in declared.offers.checks.values()
    )
    return _table(("check", "what holds if it finds nothing", "problems"), rows)


def _to_problem(code: str) -> str:
    return f"[`{code}`](#{_anchor(code)})"


def _command(_declared: _Declared, name: str) -> Iterator[str]:
    context = click.Context(group, info_name="peerkit")
    command = group.get_command(context, name)
    assert command is not None, name  # noqa: S101 - the page names only what there is
    inner = click.Context(command, info_name=f"peerkit {name}", parent=None)
    usage = " ".join(command.get_usage(inner).removeprefix("Usage: ").split())
    yield "```text"
    yield usage
    yield "```"
    yield ""
    yield from (" ".join(part.split()) + "\n" for part in _doc(command.callback).split("\n\n"))
    # --help is click's own, and not in every version a parameter of the command.
    options = [one for one in command.params if isinstance(one, click.Option)]
    options = [one for one in options if "--help" not in one.opts]
    rows = []
    for option in options:
        record = option.get_help_record(inner)
        if record is not None and option.name != "help":
            rows.append((_code(record[0]), " ".join(record[1].split())))
    yield from _table(("option", "meaning"), rows)


def _exits(_declared: _Declared) -> Iterator[str]:
    rows = ((str(int(code)), said) for code, said in MEANINGS.items())
    return _table(("code", "meaning"), rows)


def _command_names(_declared: _Declared) -> Iterator[str]:
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None, name  # noqa: S101 - the group lists only what there is
        yield f"- [`peerkit {name}`](#peerkit-{name}): {_first(_doc(command.callback))}"


def _hook(_declared: _Declared, name: str) -> Iterator[str]:
    doc = _doc(getattr(hookspecs, name)).replace("Returns:\n    ", "Returns: ")
    yield doc


def _attributes(_declared: _Declared, name: str) -> Iterator[str]:
    cls = getattr(peerkit, name, None) or getattr(peerkit.errors, name)
    yield _doc(cls).replace("Raises:\n    ", "Raises ").partition("\n\n>>>")[0]
    rows = ((_code(one.name), _code(one.type), _default(one.default)) for one in attrs.fields(cls))
    yield from _table(("attribute", "type", "if left out"), rows)


def _tree(_declared: _Declared) -> Iterator[str]:
    rows = []
    for cls in _TREE:
        names = _codes(one.name for one in attrs.fields(cls) if one.name != "address")
        rows.append((_code(cls.__name__), names or "nothing", _one_line(_doc(cls))))
    return _table(("part", "holds", "meaning"), rows)


def _tree_functions(_declared: _Declared) -> Iterator[str]:
    rows = []
    for function in _FUNCTIONS:
        names = ", ".join(inspect.signature(function).parameters)
        rows.append((_code(f"{function.__name__}({names})"), _first(_doc(function))))
    return _table(("function", "gives"), rows)


def _one_line(doc: str) -> str:
    return " ".join(doc.split())


def _default(value: object) -> str:
    if value is attrs.NOTHING:
        return "required"
    if isinstance(value, Mapping):
        return "nothing"
    if isinstance(value, str | tuple | bool | int) or value is None:
        return _code(repr(value))
    if callable(value):
        return "none"
    return _code(value)


def _names(declared: _Declared, paper: str) -> Iterator[str]:
    if paper == "common":
        names = [*Shape(()).names, *OWN_NAMES]
    else:
        configuration = declared.configuration
        shape = declared.offers.papers[paper].shape(configuration, configuration.papers[paper])
        names = list(shape.own)
    rows = (
        (_code(one.path), one.meaning, one.example, "yes" if one.optional else "") for one in names
    )
    return _table(("name", "what it gives", "such as", "may be missing"), rows)


def _styles(_declared: _Declared) -> Iterator[str]:
    rows = ((_code(one.name), one.kind, one.use) for one in STYLES)
    return _table(("style", "kind", "what for"), rows)


def _filters(_declared: _Declared) -> Iterator[str]:
    yield f"Filters: {_codes(sorted(FILTERS))}."
    yield f"Tests: {_codes(sorted(TESTS))}."


def _paper(declared: _Declared, name: str) -> Iterator[str]:
    paper, parts = declared.offers.papers[name], PARTS[name]
    yield f"{paper.doc} It is about one `{paper.subject}`."
    yield ""
    yield f"- Its front sheet can show: {_codes(parts.fields)}."
    yield f"- Its sections can show: {_codes(parts.sections)}."
    for table, columns in parts.columns.items():
        yield f"- Its `{table}` can show: {_codes(columns)}."


def _formats(declared: _Declared) -> Iterator[str]:
    offers = declared.offers
    rows = (
        (
            _code(name),
            one.doc,
            _code(one.suffix),
            "yes" if one.takes_template else "no",
            offers.origins["peerkit_formats", name].replace("builtin", "peerkit"),
        )
        for name, one in offers.formats.items()
    )
    return _table(("format", "what it gives", "file", "fills a template", "comes with"), rows)


def _schemes(_declared: _Declared) -> Iterator[str]:
    return _table(("numbering", "meaning"), ((_code(k), v) for k, v in SCHEMES.items()))


def _limits(_declared: _Declared) -> Iterator[str]:
    more = (
        (LONGEST, "Characters in one text of a record."),
        (MOST_BRACKETS, "Opening square brackets in one paragraph."),
        (NESTING, "Lists, quotes and emphasis inside one another in a text."),
        (LONGEST_NAME, "Characters in the name of a file that peerkit writes."),
        (MAX_PARTS, "Parts in one Word file."),
        (MAX_PART, "Bytes in one part of a Word file, unpacked."),
        (MAX_TOTAL, "Bytes in all parts of a Word file together, unpacked."),
    )
    limits = [*((one.value, one.meaning) for one in LIMITS.values()), *more]
    return _table(("at most", "of what"), ((f"{value:,}", said) for value, said in limits))


_MAKERS: Mapping[str, Callable[..., Iterable[str]]] = {
    "added-fields": _added,
    "attributes": _attributes,
    "checks": _checks,
    "command": _command,
    "commands": _command_names,
    "every-record": _every_record,
    "exit-codes": _exits,
    "filters": _filters,
    "formats": _formats,
    "hook": _hook,
    "limits": _limits,
    "names": _names,
    "own-sections": _own_sections,
    "packs": _packs,
    "paper": _paper,
    "papers": _papers_keys,
    "problems": _problems,
    "kinds": _kinds,
    "schemes": _schemes,
    "sections": _sections,
    "styles": _styles,
    "tree": _tree,
    "tree-functions": _tree_functions,
}


if __name__ == "__main__":
    main()
    sys.exit(0)
