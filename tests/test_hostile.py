"""
What peerkit does when it is handed something bad; each test bears its case's number.
"""

import datetime as dt
import importlib
import importlib.util
import io
import json
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import peerkit
from peerkit.cli import main
from peerkit.errors import Severity
from peerkit.files.reading import read_yaml
from peerkit.model import DayError, field_specs, parse_day
from peerkit.verbs import offers_here

EXAMPLE = Path(__file__).parent.parent / "examples" / "middlesbrough"
REVIEW = "review: libraries\ntitle: Libraries\nkind: peer review\n"

# A ‹ stands where a problem is expected; it is not written.
CASES = [
    pytest.param("[" * 32 + "‹" + "[" * 100_000, ["yaml-depth"], "deeply", id="01 brackets"),
    pytest.param(
        "‹lol: ‹&a [x, x]\nmore: ‹&b [‹*a, ‹*a]\n",
        ["unknown-key", "yaml-anchor", "yaml-anchor", "yaml-alias", "yaml-alias"],
        "&a",
        id="02 billion laughs",
    ),
    pytest.param(
        REVIEW + "cost: ‹!!python/object/apply:os.system touch pwned\n",
        ["yaml-tag"],
        "tags are not allowed",
        id="03 a tag that runs something",
    ),
    pytest.param(
        REVIEW + "cost: a\n‹cost: b\n",
        ["yaml-duplicate-key"],
        "line 4 and again in line 5",
        id="05 a key twice",
    ),
    pytest.param(
        "title: Review‹: a report\n",
        ["yaml-colon"],
        "Put quotes round text that contains a colon",
        id="06 a second colon",
    ),
    pytest.param(
        REVIEW + "team: ‹VSH\n", ["wrong-shape"], "A list is needed", id="07 text for a list"
    ),
    pytest.param(
        REVIEW + "visit: ‹2022-02-30\n", ["not-a-day"], "has 28 days", id="08 no such day"
    ),
    pytest.param(
        REVIEW + "visit: ‹03/02/2022\n", ["not-a-day"], "2022-02-03", id="08 a day in two ways"
    ),
    pytest.param(REVIEW + "cost: a‹\x00b\n", ["text-control-character"], "U+0000 NUL", id="28 NUL"),
    pytest.param(REVIEW + "cost: a‹\x1bb\n", ["text-control-character"], "U+001B ESC", id="28 ESC"),
    pytest.param(REVIEW + "cost: a‹\x07b\n", ["text-control-character"], "U+0007 BEL", id="28 BEL"),
    pytest.param(REVIEW + "cost: a‹\x0cb\n", ["text-control-character"], "U+000C FF", id="28 FF"),
    pytest.param(
        REVIEW + "cost: a‹\uffffb\n", ["text-control-character"], "U+FFFF", id="28 U+FFFF"
    ),
    pytest.param(
        REVIEW + 'cost: "a‹\\ud800b"\n', ["yaml-escape"], "backslash", id="28 a lone surrogate"
    ),
    pytest.param(
        REVIEW + "context: ‹" + "x" * 100_001, ["text-too-long"], "100,001", id="29 too long"
    ),
    pytest.param(
        REVIEW + "context: ‹a" + "[" * 501, ["text-too-long"], "“[”", id="29 too many brackets"
    ),
    pytest.param(
        REVIEW + "context: ‹|\n" + "  x\n" * 50_001,
        ["text-too-long"],
        "100,002",
        id="29 too many lines",
    ),
    pytest.param(REVIEW + "team:\n‹\tname: b\n", ["yaml-tab"], "tab", id="49 a tab"),
    pytest.param(
        REVIEW + "context: Answer recommendation ‹#3 by July\n",
        ["yaml-comment"],
        "would be dropped",
        id="50 a comment",
    ),
    pytest.param(
        REVIEW + "cost: ‹[Employment, training and skills]\n",
        ["prose-in-brackets"],
        "quotes round the whole",
        id="50 brackets",
    ),
    pytest.param(
        REVIEW + "themes:\n  t:\n    title: T\n    questions:\n      - ‹How good is it:\n",
        ["text-became-group"],
        "How good is it",
        id="50 a bullet that ends in a colon",
    ),
    pytest.param(
        REVIEW + "strengths: {S1: {text: Books, ‹tapes and films, ref: a}}\n",
        ["prose-in-brackets"],
        "tapes and films",
        id="50 a comma in a group",
    ),
]


@pytest.mark.parametrize(("text", "codes", "said"), CASES)
def test_bad_text_is_refused_where_it_stands(council, monkeypatch, text, codes, said):
    """
    Each is a located problem in plain words, quickly, and nothing is raised or run.
    """
    monkeypatch.chdir(council.folder)
    council.write({"a.yaml": text})
    started = time.perf_counter()
    problems = council.problems()
    taken = time.perf_counter() - started

    assert codes == council.codes()
    assert said in " ".join(f"{one.message} {one.advice}" for one in problems)
    assert all(one.message.endswith(".") and one.advice for one in problems)
    assert 2 > taken
    assert not Path("pwned").exists()


def test_01_brackets_do_not_end_the_process(tmp_path):
    """
    A parser that recurses would end the whole process, where nothing can catch it.
    """
    (tmp_path / "peerkit.yaml").write_text("peerkit: 1\n")
    (tmp_path / "a.yaml").write_text("[" * 100_000)
    code = (
        "import peerkit, sys, datetime as dt\n"
        "found = peerkit.check(peerkit.load(sys.argv[1]), on=dt.date(2024, 1, 1))\n"
        "print([f'{one.place} {one.code}' for one in found])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ("['a.yaml:1:33 yaml-depth']\n", 0) == (done.stdout, done.returncode), done.stderr


@pytest.mark.parametrize(
    ("written", "title", "flag"),
    [("No", "No", False), ("yes", "yes", True), ("Yes", "Yes", True), ("false", "false", False)],
)
def test_04_no_is_text_in_a_text_and_no_in_a_flag(council, written, title, flag):
    """
    The field alone tells what a word is.
    """
    text = f"review: r\nkind: peer review\ntitle: {written}\nillustrative: {written}\n"
    review = council.load({"a.yaml": text}).get("review", "r")

    assert (title, flag) == (review.title, review.illustrative)


@pytest.mark.parametrize("written", ["1.10", "012", "1:30", "1e3", "0x1F", "2022-02-30", ".inf"])
def test_04_what_looks_like_a_number_stays_as_typed(council, written):
    """
    No digit is dropped or added.
    """
    text = REVIEW + f"cost: {written}\nstrengths: {{S1: {{text: x, ref: {written}}}}}\n"
    register = council.load({"a.yaml": text})

    assert written == register.get("review", "libraries").cost
    assert written == register.get("finding", "libraries/S1").ref


@pytest.mark.parametrize(
    "mark", ["\x0b", "\x85", "\u2028", "\u2029"], ids=["VT", "NEL", "LS", "PS"]
)
def test_28_line_breaks_of_every_kind_are_line_breaks(council, mark):
    """
    They are read as ordinary ones, and the officer is told.
    """
    (problem,) = council.problems({"a.yaml": REVIEW + f"context: One{mark}two\n"})

    assert ("text-line-break", Severity.ADVICE) == (problem.code, problem.severity)
    assert "One\ntwo" == council.load().get("review", "libraries").context


def test_29_a_long_text_arrives_unchanged(council):
    """
    50,000 ordinary characters are no problem.
    """
    text = "word " * 9_999 + "words"

    assert (
        text
        == council.load({"a.yaml": REVIEW + f"context: {text}\n"})
        .get("review", "libraries")
        .context
    )


ENCODINGS = [
    pytest.param("utf-8-sig", "\n", [], id="UTF-8 with its mark"),
    pytest.param("utf-16", "\n", [], id="UTF-16"),
    pytest.param("utf-16", "\r\n", [], id="UTF-16 from Windows"),
    pytest.param("utf-8", "\r\n", [], id="CRLF"),
    pytest.param("utf-8", "\r", [], id="CR"),
    pytest.param("cp1252", "\n", ["text-encoding"], id="Windows-1252"),
    pytest.param("utf-16-le", "\n", ["text-encoding"], id="UTF-16 without its mark"),
    pytest.param("utf-32", "\n", ["text-encoding"], id="UTF-32"),
]


@pytest.mark.parametrize(("encoding", "line_break", "codes"), ENCODINGS)
def test_49_a_file_is_read_or_its_encoding_named(council, encoding, line_break, codes):
    """
    No letter is ever guessed.
    """
    text = (REVIEW + "cost: £2,500 – all of it\n").replace("\n", line_break)
    problems = council.problems({"a.yaml": text.encode(encoding)})

    assert codes == [one.code for one in problems if one.severity is Severity.FAULT]
    if not codes:
        assert "£2,500 – all of it" == council.load().get("review", "libraries").cost


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the names are one file there")
def test_52_names_that_differ_by_case_are_told(council):
    """
    What another computer could not hold apart is told, and is read all the same.
    """
    files = {"plans/a.yaml": "plan: a\ntitle: A\n", "plans/A.yaml": "plan: b\ntitle: B\n"}
    (problem,) = council.problems(files)

    assert ("file-case", Severity.WARNING) == (problem.code, problem.severity)
    assert {"a", "b"} == {*council.load().records["plan"]}


@pytest.mark.skipif(sys.platform == "win32", reason="no such file can be there")
def test_52_a_device_is_not_read_as_a_file(council):
    """
    A name that is a device on Windows is told; links into it are no second problem.
    """
    files = {
        "CON.yaml": "plan: a\ntitle: A\n",
        "b.yaml": "actions: {a/A1: Do it.}\n",
        "c.yaml": "plan: c\ntitle: C\nlead: head\n",
    }
    problems = council.problems(files)

    assert ["CON.yaml"] == [one.place.file for one in problems]
    assert "Windows" in problems[0].message


def test_52_a_long_path_is_read(council):
    """
    Folders deep inside one another are followed.
    """
    name = "/".join(["a" * 60] * 5) + "/plan.yaml"

    assert [] == council.codes({name: "plan: p\ntitle: P\n"})
    assert council.load().get("plan", "p")


committee = pytest.mark.skipif(
    importlib.util.find_spec("peerkit_committee") is None, reason="peerkit-committee is absent"
)
FORMATS = ["md", "json"]
FORMATS += ["docx"] if importlib.util.find_spec("peerkit_docx") else []

TEXTS = {
    "26 the end of a paragraph": "</w:t></w:r></w:p><w:p>",
    "26 the end of a section": "a ]]> b",
    "26 ampersand": "R&D & more",
    "26 comment": "<!-- not a comment -->",
    "26 entity": "&#60;b&#62; &amp;",
    "27 sum": "{{ 7*7 }}",
    "27 raw": "{% raw %} x {% endraw %}",
    "27 sum in disguise": "{_{ x }_}",
    "27 opened comment": "x {# y",
}


@pytest.fixture(name="papers", scope="module")
def _papers(tmp_path_factory):
    """
    Makes the papers of a register that holds one text in every field.
    """
    offers = offers_here()

    def papers(text, name):
        quoted = "'" + text.replace("'", "''") + "'"
        folder = tmp_path_factory.mktemp("northmere")
        files = {
            "peerkit.yaml": "extends: navsh-peer-review\norganisation: {name: T, notices: T}\n",
            "review.yaml": "review: libraries\ntitle: T\nkind: NAVSH peer review\nhost: head\n"
            "context: T\nmethod: T\noverall: T\nsource: T\ncost: T\nteam: [{name: T, post: T}]\n"
            "themes: {t: {title: T, questions: [T, T], strengths: {S1: T}, development: {D1: T}}}\n",
            "plan.yaml": "plan: plan\ntitle: T\nanswers: libraries\nintroduction: T\nlead: head\n"
            "actions: {A1: {do: T, ref: T, answers: D1, owner: head, due: July 2022, success: T}}\n",
            "parties.yaml": "parties: {head: {is: post, name: T}}\n",
        }
        for file, content in files.items():
            words = [quoted if word == "T" else word for word in re.split(r"\b(T)\b", content)]
            (folder / file).write_text("".join(words), encoding="utf-8")
        register = peerkit.load(folder)
        assert () == peerkit.check(register, on=dt.date(2024, 1, 1))
        snapshot = peerkit.judge(register, on=dt.date(2024, 1, 1))
        for paper, subject in (("review-report", "libraries"), ("action-plan", "plan")):
            content = peerkit.render(snapshot, paper, subject, format=name)
            yield content, offers.formats[name].texts(content)

    return papers


def _paragraphs(content, name):
    if name == "md":
        return sum(not line.strip() for line in content.decode().split("\n"))
    if name == "json":
        return content.count(b'"paragraph"')
    docx = importlib.import_module("docx")
    return len(docx.Document(io.BytesIO(content)).element.body.xpath(".//w:p"))


@committee
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_is_printed_as_it_was_typed(papers, text, name):
    """
    In every field and format it appears as often as any words would, and adds nothing.
    """
    plain = "Entirely ordinary words"
    for (content, texts), (other, others) in zip(
        papers(text, name), papers(plain, name), strict=True
    ):
        found = sum(one.count(text) for one in texts)

        assert sum(one.count(plain) for one in others) == found > 5
        assert _paragraphs(other, name) == _paragraphs(content, name)


@committee
@pytest.mark.skipif("docx" not in FORMATS, reason="peerkit-docx is absent")
def test_26_a_title_is_not_escaped_twice(papers):
    """
    The title in a file's properties is the title that was typed.
    """
    docx = importlib.import_module("docx")
    text = "R&D </w:p> &amp; more"

    for content, _ in papers(text, "docx"):
        assert text in docx.Document(io.BytesIO(content)).core_properties.title


@pytest.fixture(name="example")
def _example(tmp_path):
    """
    A copy of the example, to be broken.
    """
    return Path(shutil.copytree(EXAMPLE, tmp_path / "middlesbrough"))


# In each file: what is replaced, by what, and the code of the problem at the ‹.
TEN = [
    ("peerkit.yaml", "organisation:\n", "‹organization: {}\norganisation:\n", "unknown-key"),
    ("peerkit.yaml", "{regime: executive}}\n", "{regime: ‹exective}}\n", "unknown-answer"),
    ("parties.yaml", "held_by: smiles", "held_by: ‹smile", "dangling-link"),
    ("parties.yaml", "dunn: {is: person", "dunn: {is: ‹man", "not-a-choice"),
    ("plans/virtual-school-plan.yaml", "due: July 2022", "due: ‹31 June 2022", "not-a-day"),
    ("plans/virtual-school-plan.yaml", "answers: D4", "answers: ‹D44", "dangling-link"),
    ("plans/virtual-school-plan.yaml", "answers: D1", "‹anwsers: D1", "unknown-key"),
    ("reports/virtual-school-peer-review.yaml", "key_decision: no", "key_decision: ‹perhaps", "not-yes-or-no"),
    ("reviews/virtual-school-2021.yaml", "      S2:\n", "      ‹S1:\n", "duplicate-id"),
    ("reviews/virtual-school-2021.yaml", "cost: £2,500", "cost: ‹[£2,500]", "prose-in-brackets"),
]  # fmt: skip


@committee
def test_ten_mistakes_are_told_in_one_run(example, council, tmp_path, monkeypatch, capsys):
    """
    Each has its file, line and column; the command ends with 2 and no paper is written.
    """
    breaking = attrs.evolve(council, folder=example, marked=[])
    for name in {row[0] for row in TEN}:
        text = (example / name).read_text(encoding="utf-8")
        for file, old, new, _ in TEN:
            if file == name:
                assert old in text
                text = text.replace(old, new, 1)
        breaking.write({name: text})
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    code = main(["check", "middlesbrough", "--on", "2022-02-14", "--json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    wanted = {row[3] for row in TEN}

    assert (2, 10) == (code, len(TEN))
    assert breaking.marked == sorted(
        (
            one["file"].removeprefix("middlesbrough/"),
            one["line"],
            one["column"],
        )
        for one in problems
    )
    assert wanted == {one["code"] for one in problems}
    assert 2 == main(["render", "middlesbrough"])
    assert before == sorted(tmp_path.rglob("*"))


_FILES = {
    path.relative_to(EXAMPLE).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(EXAMPLE.rglob("*.yaml"))
}
_CHARACTERS = (
    *("\x00", "\x07", "\u2028", "\ufeff", "\t", "\r", "'", '"', "{", "}", "[", "]", ":", ": "),
    *("#", " # ", "&a ", "*a", "!", "|", ">", "-", "- ", "~", "%", "@", "`", ",", "²", "١", "🎓"),
    *("/", "..", "<<: ", "? ", "e\u0301", "\ud83c", "not applicable", "null"),
)
_VALUES = (
    *("[a]", "{a: b}", "[]", "{}", "''", "no", "~", "|", "x", "2022-02-30", "[[a]]", "{a, b}"),
    *("{a: {b: c}}", "- a", "not applicable", "{not applicable: }", "none", "a/b/c", "²", "1"),
    *("D1", "smiles", "virtual-school-2021", "[{a: b}, c]", "[one, two three]"),
)


def _mutated(rng):
    files = dict(_FILES)
    for _ in range(rng.randint(1, 4)):
        name = rng.choice([*files])
        lines = files[name].split("\n")
        index = rng.randrange(len(lines))
        line = lines[index]
        key, colon, value = line.partition(":")
        at = rng.randint(0, len(line))
        other = rng.choice(rng.choice([*files.values()]).split("\n"))
        lines[index : index + 1] = rng.choice(
            [
                [],
                [line, line],
                [other],
                [line, other],
                [line[:at] + rng.choice(_CHARACTERS) + line[at:]],
                [f"{key}{colon} {rng.choice(_VALUES)}"],
                [f"{key}{colon}{other.partition(':')[2]}"],
                [f"{other.partition(':')[0]}{colon}{value}"],
                [f"  {line}"],
                [line[2:]],
            ]
        )
        files[name] = "\n".join(lines)
    return files


@pytest.fixture(name="victim", scope="module")
def _victim(tmp_path_factory):
    """
    A copy of the example that may be broken again and again.
    """
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("fuzz") / "middlesbrough"))


def _leaves(value):
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, str):
        yield value


def _told(history):
    for occasion in history.occasions:
        yield from (occasion.name, occasion.title, occasion.source, occasion.by)
        for (_, record_id), entry in occasion.entries.items():
            yield record_id
            for spec in field_specs(type(entry)):
                value = getattr(entry, spec.name)
                yield from value if isinstance(value, tuple) else (str(value),)
        for seal in occasion.seals.values():
            yield from (*seal.after, seal.record, seal.digest)
            yield from _leaves({**seal.texts, **seal.erased})


def _is_day(text):
    try:
        parse_day(text)
    except DayError:
        return False
    return True


@committee
@settings(
    max_examples=200,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)
@given(st.integers(min_value=0, max_value=2**32))
def test_a_register_broken_at_random_gives_located_problems(victim, seed):
    """
    Whatever is typed into the files, checking them lists problems and raises nothing;
    and where there is no fault, every sentence typed is held by a record.
    """
    for name, text in _mutated(random.Random(seed)).items():  # noqa: S311 - no secret
        (victim / name).write_bytes(text.encode(errors="surrogatepass"))
    register = peerkit.load(victim)
    problems = peerkit.check(register, on=dt.date(2024, 1, 1))

    assert all(one.place and one.message and one.advice for one in problems)
    assert all(1_500 > len(one.message) for one in problems)
    assert [one.order for one in problems] == sorted(one.order for one in problems)
    if register.is_whole:
        snapshot = peerkit.judge(register, on=dt.date(2024, 1, 1))
        rows = [snapshot.rows(kind.plural) for kind in register.kinds.values()]
        held = "\n".join((*_leaves(rows), *_told(register.history)))
        for name in _FILES.keys() - {"peerkit.yaml"}:
            for leaf in _leaves(read_yaml(victim, name).root or {}):
                assert leaf in held or " " not in leaf or _is_day(leaf)
