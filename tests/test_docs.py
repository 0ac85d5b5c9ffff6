"""
The docs keep up with the program: everything a user can name is on its page.
"""

import importlib.util
import inspect
import itertools
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import peerkit
from peerkit import hookspecs
from peerkit.cli.exits import MEANINGS
from peerkit.cli.running import COMMANDS, group
from peerkit.config import CORE_SECTIONS, OWN_KEYS, Configuration, DeclaredField, KindRules
from peerkit.facts import axis_fact, closed_facts
from peerkit.files.limits import LIMITS
from peerkit.history.occasions import FREE_TEXTS, SOURCE, Entry, Seal
from peerkit.lifecycle.drawing import mermaid, table_rows
from peerkit.loading.history import OccasionFile
from peerkit.model import field_specs
from peerkit.plugins import find_plugins, gather

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
OURS = ("peerkit-committee", "peerkit-docx")
OFFERS = gather(without=[one.name for one in find_plugins() if one.distribution not in OURS])
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    ROOT / "changelog.d" / "README.md",
    *sorted(ROOT.glob("plugins/*/README.md")),
    *sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts),
)
HOOKS = {name: value for name, value in vars(hookspecs).items() if name.startswith("peerkit_")}


def page(name):
    return (DOCS / name).read_text("utf-8")


def id_of(path):
    return path.relative_to(ROOT).as_posix()


def section(text, heading):
    """
    Return the part of a page under one heading, up to the next of its level or above.
    """
    level = heading.partition(" ")[0]
    _, found, rest = f"\n{text}".partition(f"\n{heading}\n")
    assert found, f"there is no heading “{heading}”"
    ends = re.search(rf"^#{{1,{len(level)}}} ", without_code(rest), re.MULTILINE)
    return rest[: ends.start()] if ends else rest


def without_code(text):
    """
    Return *text* of the same length, its fenced blocks blanked out.
    """
    return re.sub(
        r"^(`{3,}).*?^\1`*$",
        lambda found: re.sub(r"[^\n]", " ", found[0]),
        text,
        flags=re.MULTILINE | re.DOTALL,
    )


def fields_of(record):
    """
    Yield every field of *record* and of the groups inside it, each class once.
    """
    classes = [record]
    for cls in classes:
        for spec in field_specs(cls):
            yield spec
            if spec.inner is not None and spec.inner not in classes:
                classes.append(spec.inner)


def commands(group=group, around=""):
    """
    Yield every command with its name, and those inside it.
    """
    for word in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), word)
        yield f"{around}{word}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{around}{word} ")


def options():
    for name, command in commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option) and "--help" not in parameter.opts:
                yield from ((name, option) for option in parameter.opts)


def rules_of(pack, folder):
    """
    Return the rules of a register that extends *pack* and says no more.
    """
    (folder / "peerkit.yaml").write_text(f"extends: {pack}\n", "utf-8")
    return peerkit.load(folder).configuration.rules


def run(*arguments, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "peerkit", *arguments],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env=None,
        check=False,
    )


def generator():
    spec = importlib.util.spec_from_file_location("_generate", DOCS / "_generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# hooks


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_has_a_section_headed_by_its_signature(name):
    """
    A hook is described under its signature, with an example that implements it.
    """
    signature = str(inspect.signature(HOOKS[name])).replace("'", "")

    told = section(page("reference/hooks.md"), f"## `{name}{signature}`")

    assert f"def {name}(" in told
    assert "@hookimpl" in told


@pytest.mark.parametrize("name", peerkit.__all__)
def test_every_public_name_is_documented(name):
    """
    What `import peerkit` gives is told of on some page for those who write Python.
    """
    told = page("reference/hooks.md") + page("how-to/use-the-library.md")

    assert re.search(rf"\b{re.escape(name)}\b", told)


# problems, checks and rules


@pytest.mark.parametrize("code", sorted(OFFERS.problem_kinds))
def test_every_problem_code_is_documented(code):
    """
    Each code says its severity, what it means and how to mend it.
    """
    kind = OFFERS.problem_kinds[code]

    told = section(page("reference/problems.md"), f"### `{code}`")

    assert kind.meaning in told
    assert kind.mend[1:] in told
    assert f"*{kind.severity.value.capitalize()}.*" in told


@pytest.mark.parametrize("name", OFFERS.checks)
def test_every_check_is_documented(name):
    """
    Each check says what holds if it finds nothing.
    """
    assert f"| `{name}` | {OFFERS.checks[name].doc} |" in page("reference/problems.md")


@pytest.mark.parametrize(("kind", "name"), OFFERS.facts)
def test_every_fact_is_documented_with_its_answers(kind, name):
    """
    A fact stands under the kind of record it is asked of, and is named with that record.
    """
    fact = OFFERS.facts[kind, name]
    like = f"every answer of `{fact.like[1]}` of `{fact.like[0]}`, " if fact.like else ""
    answers = like + ", ".join(f"`{answer}`" for answer in fact.answers)
    told = section(page("reference/facts.md"), f"### `{kind}`")

    assert f"| `{name}` | {answers} | {fact.doc} |" in told
    assert fact.source in told
    assert f"`{name}`" in section(page("reference/records.md"), f"## `{kind}`")


def test_every_pair_of_answers_that_never_occurs_is_documented():
    """
    Whoever writes a table knows which rows it does not need.
    """
    pairs = [
        (kind, f"`{name}: {answer}` never occurs beside `{other}: ")
        for (kind, name), fact in OFFERS.facts.items()
        for answer, others in fact.never.items()
        for other in others
    ]

    assert pairs
    assert [] == [
        said
        for kind, said in pairs
        if said not in section(page("reference/facts.md"), f"### `{kind}`")
    ]


def test_every_fact_that_rules_bring_is_documented():
    """
    What may be asked of any record that has rules stands on the page.
    """
    facts = closed_facts(Configuration(rules={"record": KindRules()}), {})
    told = section(page("reference/facts.md"), "## Facts of whatever has rules")

    assert facts
    assert [] == [
        fact.name
        for fact in facts.values()
        if f"| `{fact.name}` |" not in told or fact.doc not in told
    ]


@pytest.mark.parametrize("name", ["stage", axis_fact("status"), axis_fact("impact")])
def test_every_fact_that_configuration_makes_is_documented(name):
    """
    Stages, statuses and ratings are facts by the names that the page gives.
    """
    told = section(page("reference/facts.md"), "## Facts that your configuration makes")

    assert f"| `{name}` |" in told


# commands


def test_the_page_lists_every_command():
    """
    What peerkit lists, the page lists.
    """
    told = page("reference/commands.md")

    assert [] == [
        name for name in COMMANDS if f"- [`peerkit {name}`](#peerkit-{name}):" not in told
    ]


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented(name):
    """
    Each command has a section of its own, those inside another too.
    """
    assert section(page("reference/commands.md"), f"## `peerkit {name}`").strip()


@pytest.mark.parametrize(("name", "option"), [*options()])
def test_every_option_is_documented(name, option):
    """
    Each option stands in the section of its command.
    """
    told = section(page("reference/commands.md"), f"## `peerkit {name}`")

    assert re.search(rf"`[^`]*{re.escape(option)}\b[^`]*`", told)


@pytest.mark.parametrize("code", MEANINGS)
def test_every_exit_code_is_documented(code):
    """
    Each exit code is told with its meaning.
    """
    assert f"| {int(code)} | {MEANINGS[code]} |" in page("reference/commands.md")


@pytest.fixture
def register(tmp_path):
    """
    A copy of the example that may be changed, and its last occasion.
    """
    folder = tmp_path / "register"
    shutil.copytree(ROOT / "examples" / "middlesbrough", folder)
    return folder


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check", ["FOLDER"]),
        ("status", ["FOLDER"]),
        ("diff", ["FOLDER", "--from", "2022-05-01", "--to", "2022-09-13"]),
        ("calendar", ["FOLDER", "--on", "2022-09-13"]),
        ("record", ["FOLDER", "A2", "--note", "It goes on.", "--by", "clerk", "--dry-run"]),
        ("history log", ["FOLDER"]),
        ("history verify", ["FOLDER"]),
        ("history seal", ["FOLDER"]),
        ("history erase", ["FOLDER", "2022-05-09-progress-round", "A1", "note", "--yes"]),
        ("explain", ["review"]),
        ("plugins", []),
        ("render", ["FOLDER", "action-plan", "--as", "md", "--out", "OUT"]),
    ],
)
def test_every_key_of_a_json_answer_is_documented(name, arguments, register, tmp_path):
    """
    A program can rely on the page for what an answer holds.
    """
    places = {"FOLDER": str(register), "OUT": str(tmp_path / "out")}
    given = [places.get(one, one) for one in arguments]
    answer = json.loads(run(*name.split(), *given, "--json").stdout)
    told = section(page("reference/commands.md"), f"## `peerkit {name}`")

    assert not answer["peerkit"].startswith("error"), answer
    assert f"`{answer['peerkit']}`" in told
    assert [] == [key for key in answer if f"`{key}`" not in told]


@pytest.mark.parametrize("one", [*OFFERS.deadlines.values(), *OFFERS.exports.values()])
def test_every_source_of_deadlines_and_every_export_is_documented(one):
    """
    Whoever reads of the command learns what it tells and what it can write.
    """
    told = section(page("reference/commands.md"), "## `peerkit calendar`")

    assert f"| `{one.name}` | {one.doc} |" in told


@pytest.mark.parametrize("state", peerkit.DeadlineState)
def test_every_state_of_a_deadline_is_documented(state):
    """
    Those who write a source and those who read its answer know the same words.
    """
    told = section(page("reference/hooks.md"), "### Deadline")

    assert f"| `{state.name}` | `{state.value}` |" in told
    assert f"`{state.value}`" in section(page("reference/commands.md"), "## `peerkit calendar`")


@pytest.mark.parametrize("variable", ["PEERKIT_NO_AUTOLOAD", "NO_COLOR"])
def test_every_variable_is_documented(variable):
    """
    Each variable of the environment that peerkit looks at is told of.
    """
    assert f"| `{variable}` |" in page("reference/commands.md")


# configuration and records


@pytest.mark.parametrize(
    "one", [*CORE_SECTIONS, *OFFERS.config_sections.values()], ids=lambda one: one.name
)
def test_every_section_of_the_configuration_is_documented_with_its_keys(one):
    """
    Each key of a section stands in that section of the page, with its meaning.
    """
    told = section(page("reference/configuration.md"), f"## `{one.name}`")

    assert one.doc in told
    assert [] == [
        spec.key
        for spec in fields_of(one.type)
        if f"| `{spec.key}` |" not in told or f"| {spec.doc} |" not in told
    ]


@pytest.mark.parametrize("key", OWN_KEYS)
def test_every_own_key_of_the_configuration_is_documented(key):
    """
    The keys that belong to no section are told of too.
    """
    assert f"| `{key}` |" in section(
        page("reference/configuration.md"), "## Keys of the register itself"
    )


def test_every_key_of_a_declared_field_is_documented():
    """
    What an organisation may say of a field it adds is on the page.
    """
    told = section(page("reference/configuration.md"), "## `fields`")

    assert [] == [
        spec.key for spec in field_specs(DeclaredField) if f"| `{spec.key}` |" not in told
    ]


@pytest.mark.parametrize("name", OFFERS.papers)
def test_every_key_of_a_paper_is_documented(name):
    """
    Each key under `papers` stands in that section of the page, with its meaning.
    """
    told = section(page("reference/configuration.md"), "## `papers`")

    assert f"### `{name}`" in told
    assert [] == [
        spec.key
        for spec in fields_of(OFFERS.papers[name].configuration)
        if f"| `{spec.key}` |" not in told or f"| {spec.doc} |" not in told
    ]


@pytest.mark.parametrize("name", OFFERS.record_kinds)
def test_every_kind_of_record_is_documented_with_its_fields(name):
    """
    Each field stands under its kind of record, or under what all records have.
    """
    text = page("reference/records.md")
    # Groups that several kinds share are told of once, with the first of them.
    told = section(text, f"## `{name}`") + section(text, "## Every record")

    assert f"`{OFFERS.record_kinds[name].plural}`" in told
    assert [] == [
        spec.key
        for spec in fields_of(OFFERS.record_kinds[name].record)
        if f"| `{spec.key}` |" not in text or f"| {spec.doc} |" not in text
    ]
    assert [] == [
        spec.key
        for spec in field_specs(OFFERS.record_kinds[name].record)
        if f"| `{spec.key}` |" not in told
    ]


# history


@pytest.mark.parametrize(
    ("heading", "cls", "more"),
    [
        ("## Occasion", OccasionFile, ["records", "sealed"]),
        ("## Entry", Entry, ["more"]),
        ("## Seal", Seal, []),
    ],
    ids=["occasion", "entry", "seal"],
)
def test_every_key_of_a_file_of_history_is_documented(heading, cls, more):
    """
    Each key that may stand in such a file stands on the page, with its meaning.
    """
    told = section(page("reference/history.md"), heading)

    assert [] == [key for key in more if f"| `{key}` |" not in told]
    assert [] == [
        spec.key
        for spec in field_specs(cls)
        if f"| `{spec.key}` |" not in told or f"| {spec.doc} |" not in told
    ]


@pytest.mark.parametrize("name", [*FREE_TEXTS, SOURCE])
def test_every_text_that_can_be_erased_is_documented(name):
    """
    Whoever asks for erasure learns what can be erased.
    """
    assert f"`{name}`" in section(page("reference/history.md"), "## Seal")
    assert f"`{name}`" in section(page("explanation/history.md"), "## Erasure")


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_is_documented(name):
    """
    Each bound is told with its value.
    """
    assert f"| {LIMITS[name].value:,} | {LIMITS[name].meaning} |" in page("reference/limits.md")


# papers, formats, packs, templates


@pytest.mark.parametrize("name", OFFERS.papers)
def test_every_paper_is_documented_with_the_parts_it_can_show(name):
    """
    Each paper says what it is and what its front sheet and sections can show.
    """
    told = section(page("reference/papers.md"), f"### `{name}`")
    settings = peerkit.load(ROOT / "examples" / "middlesbrough").configuration.papers[name]
    shown = {one.show or key for key, one in settings.sections.items()}
    shown |= {one.show or key for key, one in settings.front_sheet.fields.items()}

    assert OFFERS.papers[name].doc in told
    assert [] == [part for part in shown if f"`{part}`" not in told]


@pytest.mark.parametrize("name", OFFERS.papers)
def test_every_name_a_template_may_use_is_documented(name):
    """
    The names of the example's papers stand on the page, those of every paper included.
    """
    configuration = peerkit.load(ROOT / "examples" / "middlesbrough").configuration
    shape = OFFERS.papers[name].shape(configuration, configuration.papers[name])

    assert [] == [
        one.path for one in shape.names if f"| `{one.path}` |" not in page("reference/templates.md")
    ]


@pytest.mark.parametrize("name", OFFERS.formats)
def test_every_format_is_documented(name):
    """
    Each format says what it gives.
    """
    assert f"| `{name}` | {OFFERS.formats[name].doc} |" in page("reference/papers.md")


@pytest.mark.parametrize("name", OFFERS.packs)
def test_every_pack_is_documented(name):
    """
    Each pack says what it gives, and has a part of the page.
    """
    told = page("reference/packs.md")

    assert f"| [`{name}`](#{name}) | {OFFERS.packs[name].doc} |" in told
    assert OFFERS.packs[name].doc in section(told, f"## `{name}`")


@pytest.mark.parametrize("name", OFFERS.packs)
def test_every_rule_of_a_pack_is_documented(name, tmp_path):
    """
    Each lifecycle is there as a table and as a drawing, each table with its key.
    """
    told = page("reference/packs.md")
    for kind, rules in rules_of(name, tmp_path).items():
        if rules.lifecycle is not None:
            assert mermaid(rules.lifecycle) in told, kind
            for row in table_rows(rules.lifecycle):
                assert f"| {' | '.join(row)} |" in told, (kind, row)
        for axis, table in rules.tables:
            rows = enumerate(table.rows, start=1)
            words = [f"| {number} | {row[table.result][0]} |" for number, row in rows]
            words += [f"| {word} | {said} |" for word, said in table.key.items()]
            assert [] == [one for one in words if one not in told], (kind, axis)


def test_every_style_is_documented():
    """
    A council that restyles the template finds every style we draw through.
    """
    styles = pytest.importorskip("peerkit_docx.markup.styles").STYLES

    assert [] == [
        one.name for one in styles if f"| `{one.name}` |" not in page("reference/templates.md")
    ]


# pages as a whole


@pytest.mark.parametrize(
    "path", [path for path, _ in generator().pages()], ids=lambda path: path.stem
)
def test_a_generated_page_is_what_would_be_generated(path):
    """
    No page is behind the declarations; `python docs/_generate.py` mends it.
    """
    text = path.read_text("utf-8")

    assert generator().filled(text) == text


def anchors(text):
    """
    Return what a link into a page can name: every heading in letters, digits and dashes.
    """
    found = []
    for heading in re.findall(r"^#+ (.+)$", without_code(text), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found.append(slug if slug not in found else f"{slug}-{found.count(slug)}")
    return found


def links(path):
    text = re.sub(r"`[^`\n]*`", "", without_code(path.read_text("utf-8")))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?:|mailto:", target):
            yield target


@pytest.mark.parametrize("path", PAGES, ids=id_of)
def test_every_link_between_pages_resolves(path):
    """
    A reader never lands nowhere, on the web or in the folder.
    """
    lost = []
    for target in links(path):
        name, _, anchor = target.partition("#")
        wanted = (path.parent / name).resolve() if name else path
        if not wanted.exists() or (anchor and anchor not in anchors(wanted.read_text("utf-8"))):
            lost.append(target)

    assert [] == lost


@pytest.mark.parametrize("path", PAGES, ids=id_of)
def test_a_page_says_nothing_of_where_it_was_written(path):
    """
    Pages name no folder of anyone's computer and no server of packages.
    """
    text = path.read_text("utf-8")

    assert [] == re.findall(r"(?<![\w.:/<~*`])/[a-z]+/|pypi\.|\bTODO\b|\bFIXME\b", text)


@pytest.mark.parametrize("path", PAGES, ids=id_of)
def test_a_page_has_one_title_and_skips_no_level(path):
    """
    Headings are in order, as in the papers we make.
    """
    text = without_code(path.read_text("utf-8"))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("path", PAGES, ids=id_of)
def test_every_picture_has_alternative_text(path):
    """
    What a picture shows is told to those who cannot see it.
    """
    assert [] == re.findall(r"!\[\s*\]\([^)]*\)", path.read_text("utf-8"))


# the README


def fenced(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_command_of_the_readme_makes_the_paper_it_shows(tmp_path):
    """
    The first command ends in a run of peerkit that gives three files, and the excerpt is in one.
    """
    readme = (ROOT / "README.md").read_text("utf-8")
    first = fenced(readme, "sh")[0].rpartition("&&")[2]
    program, *arguments = shlex.split(first)

    made = run(*arguments, "--out", str(tmp_path))

    assert program == ".venv/bin/peerkit"
    assert made.returncode == 0, made.stderr
    assert {".docx", ".md", ".json"} == {path.suffix for path in tmp_path.iterdir()}
    (paper,) = tmp_path.glob("*.md")
    assert fenced(readme, "markdown")[0] in paper.read_text("utf-8")


def test_the_commands_of_the_readme_are_one_line_each():
    """
    Each can be copied whole, and Windows has its own forms.
    """
    readme = (ROOT / "README.md").read_text("utf-8")

    for language in ("sh", "powershell"):
        assert [1, 1] == [len(block.splitlines()) for block in fenced(readme, language)]


def test_developers_install_what_the_tests_need():
    """
    What plain pip installs for the tests is part of what developers work with.
    """
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]

    assert "peerkit[test]" in extras["dev"]
    assert any(one.startswith("sybil") for one in extras["test"])


def test_the_pages_build_without_a_warning(tmp_path):
    """
    Sphinx takes every warning for an error, and there is none.
    """
    for module in ("sphinx", "furo", "myst_parser"):
        pytest.importorskip(module, reason=f"{module} is not installed; the docs are not built")

    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", DOCS, tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (built.returncode, built.stderr) == (0, "")
