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
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import click

import peerkit
from peerkit import document, hookspecs
from peerkit.builtin import happenings
from peerkit.cli.exits import MEANINGS
from peerkit.cli.explaining import entries
from peerkit.cli.running import COMMANDS, group
from peerkit.config import CORE_SECTIONS, Configuration, DeclaredField, KindRules
from peerkit.document import SCHEMES, Shape
from peerkit.document.parser import NESTING
from peerkit.facts import Fact, axis_fact, closed_facts
from peerkit.files.limits import LIMITS
from peerkit.files.names import LONGEST_NAME
from peerkit.history import problems as history_problems
from peerkit.history.occasions import FREE_TEXTS, SOURCE, Entry, Seal
from peerkit.hookspecs import Offers
from peerkit.lifecycle import Lifecycle, drawing
from peerkit.lifecycle import problems as lifecycle_problems
from peerkit.loading.history import OccasionFile
from peerkit.loading.problems import PROBLEM_KINDS
from peerkit.loading.values import LONGEST, MOST_BRACKETS
from peerkit.model import FieldKind, FieldSpec, field_specs
from peerkit.plugins import find_plugins, gather
from peerkit.rules import Cells, RatingTable, StatusTable
from peerkit.rules import problems as rule_problems
from peerkit.rules.combinations import MOST
from peerkit_committee.configuration import deadline_rules_of
from peerkit_committee.papers.parts import PARTS
from peerkit_docx.drawing.context import OWN_NAMES
from peerkit_docx.filling.filters import FILTERS
from peerkit_docx.filling.questions import TESTS
from peerkit_docx.markup.styles import STYLES
from peerkit_docx.word.packages import MAX_PART, MAX_PARTS, MAX_TOTAL

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
    *(document.walk_sections, document.walk_blocks, document.walk_block, document.inner_blocks),
    *(document.plain_text, document.texts_of_document, document.numbered),
    *(document.blocks_from_markdown, document.inlines_from_markdown),
    *(document.text_inlines, document.escape_markdown, document.list_label),
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
    defaults = {one.name: one.default for one in attrs.fields(record)}
    rows = (
        (_code(spec.key), _holds(spec) + _if_left_out(defaults[spec.name]), spec.doc)
        for spec in field_specs(record)
        if spec.key not in leaving_out
    )
    yield from _table(("key", "holds", "meaning"), rows)


def _if_left_out(default: object) -> str:
    is_told = isinstance(default, str | int) and not isinstance(default, bool) and default
    return f"; {_code(default)} if left out" if is_told else ""


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


def _deadline_sources(declared: _Declared) -> Iterator[str]:
    return _offered(declared.offers, "peerkit_deadlines", declared.offers.deadlines)


def _exports(declared: _Declared) -> Iterator[str]:
    return _offered(declared.offers, "peerkit_exports", declared.offers.exports)


def _offered(offers: Offers, hook: str, several: Mapping[str, Any]) -> Iterator[str]:
    rows = ((_code(name), one.doc, _origin(offers, hook, name)) for name, one in several.items())
    return _table(("name", "what it gives", "comes with"), rows)


def _packs(declared: _Declared) -> Iterator[str]:
    rows = (
        (
            f"[{_code(name)}](#{_anchor(name)})",
            pack.doc,
            "yes" if pack.starter else "no",
            _origin(declared.offers, "peerkit_packs", name),
        )
        for name, pack in declared.offers.packs.items()
    )
    return _table(("pack", "what it gives", "`peerkit new --from`", "comes with"), rows)


def _packs_in_full(declared: _Declared) -> Iterator[str]:
    parts: dict[str, Mapping[str, list[str]]] = {}
    configurations = {name: _extending(name, declared.offers) for name in declared.offers.packs}
    for name, configuration in configurations.items():
        parts[name] = dict(_rule_parts(configuration))
    for name, pack in declared.offers.packs.items():
        below = [one.name for one in configurations[name].packs if one.name != name]
        known = [parts[one] for one in below]
        yield f"## `{name}`"
        yield ""
        yield pack.doc + (f" It extends {_codes(below)}." if below else "")
        yield ""
        own = {
            heading: lines
            for heading, lines in parts[name].items()
            if not any(one.get(heading) == lines for one in known)
        }
        for heading, lines in own.items():
            yield f"### {heading}"
            yield from lines
        if not own:
            yield "It states no stages, statuses or ratings of its own."
            yield ""


def _deadline_rules(declared: _Declared) -> Iterator[str]:
    told: dict[str, tuple[str, ...]] = {}
    for pack in declared.offers.packs:
        for key, rule in deadline_rules_of(_extending(pack, declared.offers)).items():
            begins, done = _code(rule.counted_from), _codes(rule.done) or "—"
            when = _asked(rule.when, "") if rule.when else ""
            told.setdefault(
                key,
                (
                    _code(key),
                    _code(rule.of),
                    rule.what,
                    f"{rule.count} {begins}",
                    done,
                    when or (", ".join(rule.kinds) if rule.kinds else "always"),
                    rule.source,
                    _code(pack),
                ),
            )
    heads = ("rule", "of", "what is to be done", "by when", "met by", "where", "source", "pack")
    return _table(heads, told.values())


def _told_days(declared: _Declared) -> Iterator[str]:
    rows = (
        (_code(kind), _code(name), day.doc) for (kind, name), day in declared.offers.days.items()
    )
    return _table(("of", "day", "what it is"), rows)


def _extending(pack: str, offers: Offers) -> Configuration:
    """
    Return the configuration of a register that extends *pack* and says no more.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "peerkit.yaml").write_text(f"extends: {pack}\n", "utf-8")
        register = peerkit.load(folder, offers=offers)
        assert register.is_whole, (pack, register.problems)  # noqa: S101 - what we ship is sound
        return register.configuration


def _rule_parts(configuration: Configuration) -> Iterator[tuple[str, list[str]]]:
    """
    Yield the heading and the lines of every lifecycle and every table.
    """
    for kind, rules in configuration.rules.items():
        said = kind.replace("_", " ")
        if rules.lifecycle is not None:
            yield f"Stages of a {said}".replace("a a", "an a"), [*_lifecycle(rules.lifecycle)]
        for axis, table in rules.tables:
            of = f"{axis.capitalize()} of a {said}".replace("a a", "an a")
            yield of, [*_status_table(table)]


def _lifecycle(lifecycle: Lifecycle) -> Iterator[str]:
    yield ""
    yield f"It begins at “{lifecycle.first}”. {_finals(lifecycle)}"
    yield ""
    for stage, field in lifecycle.dated.items():
        yield f"- “{stage}” is brought about by the day in `{field}`."
    for stage in lifecycle.verifying:
        yield f"- “{stage}” says that somebody accepted the evidence."
    if lifecycle.removed:
        yield f"- A granted removal leads to “{lifecycle.removed}”."
    yield from _table(drawing.COLUMNS, drawing.table_rows(lifecycle))
    yield "```mermaid"
    yield drawing.mermaid(lifecycle)
    yield "```"
    yield ""


def _finals(lifecycle: Lifecycle) -> str:
    if not lifecycle.final:
        return "No stage is final."
    are = "is" if len(lifecycle.final) == 1 else "are"
    return f"Final {are} {_in_words([f'“{one}”' for one in lifecycle.final], 'and')}."


def _status_table(table: StatusTable | RatingTable) -> Iterator[str]:
    rows = (
        (str(number), row[table.result][0], _asked(row, table.result))
        for number, row in enumerate(table.rows, start=1)
    )
    yield from _table(("row", table.result, "if"), rows)
    if table.key:
        meanings = ((word, table.key.get(word, "")) for word in table.words)
        yield from _table((f"{table.result}, the worst first", "meaning"), meanings)
    if table.cases:
        cases = ((_asked(case, "is"), case["is"][0]) for case in table.cases)
        yield from _table(("worked example", "is"), cases)


def _asked(cells: Cells, result: str) -> str:
    said = (f"{fact} is {_in_words(each)}" for fact, each in cells.items() if fact != result)
    return " and ".join(said) or "in any other case"


def _in_words(words: Sequence[str], joining: str = "or") -> str:
    *others, last = words
    return f"{', '.join(others)} {joining} {last}" if others else last


def _origin(offers: Offers, hook: str, name: str) -> str:
    return offers.origins[hook, name].replace("builtin", "peerkit")


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
            known = [one for one in kind.scopes if one in offers.record_kinds]
            inside = " or ".join(f"a `{one}`" for one in known)
            yield f"It belongs inside {inside}, within which its id is unique."
        if kind.short:
            yield f"A text alone, in place of a group, is its `{kind.short}`."
        for nest in kind.nests:
            under = f"under `{nest.key}`" if nest.key else "under the words of its review kind"
            yield f"It may hold records of the kind `{nest.kind}`, {under}."
        yield from _fields(kind.record, ("illustrative", "withheld"))
        facts = [fact.name for (of, _), fact in offers.facts.items() if of == name]
        yield f"[Facts](facts.md#{_anchor(name)}) that rules may ask of it: {_codes(facts)}."
        if kind.days:
            days = f"Days of it that other records tell, which lifecycles may name: {_codes(kind.days)}."
            yield ""
            yield days
        yield ""
        yield from _inner(kind.record, told)


def _facts(declared: _Declared) -> Iterator[str]:
    """
    Yield a table of facts for each kind of record that has any.
    """
    offers = declared.offers
    for kind in offers.record_kinds:
        facts = [fact for (of, _), fact in offers.facts.items() if of == kind]
        if facts:
            yield f"### `{kind}`"
            yield from _fact_table(facts, lambda fact: _fact_origin(fact, offers))
            yield from _never(facts)


def _fact_table(facts: Iterable[Fact], origin: Callable[[Fact], str]) -> Iterator[str]:
    rows = ((_code(fact.name), _answers(fact), fact.doc, origin(fact)) for fact in facts)
    return _table(("fact", "answers", "meaning", "source"), rows)


def _answers(fact: Fact) -> str:
    if fact.like is None:
        return _codes(fact.answers)
    kind, name = fact.like
    return f"every answer of {_code(name)} of {_code(kind)}, {_codes(fact.answers)}"


def _fact_origin(fact: Fact, offers: Offers) -> str:
    record = offers.record_kinds[fact.kind].record
    notes = [_origin(offers, "peerkit_facts", f"{fact.name} of {fact.kind}")]
    if any(spec.key == fact.name and spec.doc == fact.doc for spec in field_specs(record)):
        notes.append("the field of that name")
    if fact.rests_on:
        notes.append("asks " + _in_words([f"{_code(b)} of {_code(a)}" for a, b in fact.rests_on]))
    if fact.source:
        notes.append(fact.source)
    return "; ".join(notes)


def _never(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        for answer, others in fact.never.items():
            for other, answers in others.items():
                yield (
                    f"- `{fact.name}: {answer}` never occurs beside `{other}: "
                    f"{_in_words(answers)}`."
                )
    yield ""


def _facts_of_rules(_declared: _Declared) -> Iterator[str]:
    """
    Yield the facts that every kind of record with rules has.
    """
    facts = closed_facts(Configuration(rules={"record": KindRules()}), {})
    return _fact_table(facts.values(), lambda _fact: "what was recorded")


def _made_facts(_declared: _Declared) -> Iterator[str]:
    """
    Yield the facts that configuration makes, by what makes them.
    """
    rules = KindRules(
        lifecycle=Lifecycle(stages=("agreed", "done")),
        status=StatusTable(statuses=("Late", "Fine"), rows=({"status": ("Fine",)},)),
        ratings={"impact": RatingTable(scale=("Low", "High"), title="Impact")},
    )
    fields = {
        "register": DeclaredField(type="one of", doc="", choices=("kept", "not kept")),
        "urgent": DeclaredField(type="yes or no", doc=""),
        "per_cent": DeclaredField(type="whole number", doc=""),
    }
    given = Configuration(rules={"action": rules}, fields={"action": fields})
    made = closed_facts(given, {})
    sources = {
        "stage": ("a lifecycle", "`stage`", "its stages"),
        "status": ("a status table", "`status`", "its statuses"),
        axis_fact("impact"): (
            "a rating, such as `impact`",
            f"`{axis_fact('impact')}`",
            "the words of its scale",
        ),
        "register": ("a field of the type `one of`", "the field’s own name", "its choices"),
        "urgent": ("a field of the type `yes or no`", "the field’s own name", ""),
        "per_cent": (
            "a field of the type `whole number`",
            "the field’s own name",
            "the bands between the edges that any rule names",
        ),
    }
    rows = []
    for name, (what, called, answers) in sources.items():
        rest = [one for one in made["action", name].answers if one not in _own_words(given, name)]
        said = "; ".join(filter(None, (answers, _codes(rest))))
        rows.append((what, called, said))
    return _table(("made by", "fact", "answers"), rows)


def _own_words(configuration: Configuration, name: str) -> tuple[str, ...]:
    rules = configuration.rules["action"]
    words = {name: field.choices for name, field in configuration.fields["action"].items()}
    words |= {axis_fact(axis): table.words for axis, table in rules.tables}
    words["per_cent"] = (_ANY_FIGURE,)
    return words.get(name, rules.lifecycle.stages if rules.lifecycle and name == "stage" else ())


# history


def _occasion_keys(_declared: _Declared) -> Iterator[str]:
    specs = sorted(field_specs(OccasionFile), key=lambda spec: spec.key != "day")
    rows = [(_code(spec.key), _holds(spec), spec.doc) for spec in specs]
    rows += [
        ("`records`", "group of fields for each name: [entry](#entry); **required**", _RECORDS),
        ("`sealed`", "group of fields for each name: [seal](#seal)", _SEALED),
    ]
    return _table(("key", "holds", "meaning"), rows)


_ANY_FIGURE = "any figure"
_RECORDS = "What happened to which record, by id, short inside `within`."
_SEALED = "The seals of the entries, which peerkit adds at the end of the file."


def _entry_keys(_declared: _Declared) -> Iterator[str]:
    added = "What [added fields](configuration.md#fields) of the record hold from that day on."
    rows = [(_code(spec.key), _holds(spec), spec.doc) for spec in field_specs(Entry)]
    return _table(("key", "holds", "meaning"), [*rows, ("`more`", "fields by name", added)])


def _seal_keys(_declared: _Declared) -> Iterator[str]:
    return _fields(Seal)


def _free_texts(_declared: _Declared) -> Iterator[str]:
    yield f"{_codes(FREE_TEXTS)} of an entry, and {_code(SOURCE)} of an occasion."


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
    of_rules = (*rule_problems.PROBLEM_KINDS, *lifecycle_problems.PROBLEM_KINDS)
    rules = {kind.code for kind in of_rules}
    happened = {kind.code for kind in history_problems.PROBLEM_KINDS}
    happened |= {kind.code for check in happenings.CHECKS for kind in check.finds} - rules
    word = {
        code for code in offers.problem_kinds if code.startswith(("word-", "template-", "access-"))
    }
    areas = {
        "word": word,
        "files": reading,
        "yaml": yaml,
        "rules": rules,
        "history": happened,
        "records": loading - rules - happened,
        "council": council,
    }
    rest = (core | offers.problem_kinds.keys()) - set().union(*areas.values())
    return sorted({**areas, "reviews": rest}[area])


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
        (
            _code(check.name),
            check.doc,
            ", ".join(_to_problem(kind.code) for kind in check.finds)
            or "those that begin with `history-`",
        )
        for check in declared.offers.checks.values()
    )
    return _table(("check", "what holds if it finds nothing", "problems"), rows)


def _to_problem(code: str) -> str:
    return f"[`{code}`](#{_anchor(code)})"


def _command(_declared: _Declared, name: str) -> Iterator[str]:
    command = _found(name)
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
    if rows:
        yield from _table(("option", "meaning"), rows)
    for path in _paths(name, command):
        if path != name:
            yield f"- [`peerkit {path}`](#peerkit-{path.replace(' ', '-')}): {_told(path)}"


def _found(name: str) -> click.Command:
    """
    Return the command of that *name*, or of those words.
    """
    command: click.Command | None = group
    for word in name.split():
        assert isinstance(command, click.Group), name  # noqa: S101 - pages name what there is
        command = command.get_command(click.Context(command), word)
    assert command is not None, name  # noqa: S101 - pages name what there is
    return command


def _paths(name: str, command: click.Command) -> Iterator[str]:
    yield name
    if isinstance(command, click.Group):
        for word in command.list_commands(click.Context(command)):
            yield from _paths(f"{name} {word}", _found(f"{name} {word}"))


def _told(path: str) -> str:
    return _first(_doc(_found(path).callback))


def _exits(_declared: _Declared) -> Iterator[str]:
    rows = ((str(int(code)), said) for code, said in MEANINGS.items())
    return _table(("code", "meaning"), rows)


def _command_names(_declared: _Declared) -> Iterator[str]:
    for name in COMMANDS:
        yield f"- [`peerkit {name}`](#peerkit-{name}): {_told(name)}"


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
    if parts.boxes:
        yield "- Its `boxes` can show the same."
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
            _origin(offers, "peerkit_formats", name),
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
        (MOST, "Ways in which the facts that one table names can be combined."),
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
    "deadline-rules": _deadline_rules,
    "deadline-sources": _deadline_sources,
    "entry-keys": _entry_keys,
    "every-record": _every_record,
    "exit-codes": _exits,
    "exports": _exports,
    "facts": _facts,
    "facts-made": _made_facts,
    "facts-of-rules": _facts_of_rules,
    "filters": _filters,
    "formats": _formats,
    "free-texts": _free_texts,
    "hook": _hook,
    "limits": _limits,
    "names": _names,
    "occasion-keys": _occasion_keys,
    "own-sections": _own_sections,
    "packs": _packs,
    "packs-in-full": _packs_in_full,
    "paper": _paper,
    "papers": _papers_keys,
    "problems": _problems,
    "kinds": _kinds,
    "schemes": _schemes,
    "seal-keys": _seal_keys,
    "sections": _sections,
    "styles": _styles,
    "told-days": _told_days,
    "tree": _tree,
    "tree-functions": _tree_functions,
}


if __name__ == "__main__":
    main()
    sys.exit(0)
