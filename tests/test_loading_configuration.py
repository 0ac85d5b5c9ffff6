import os
import shutil
import sys
from types import SimpleNamespace

import attrs
import pytest

import peerkit
from peerkit.config import Layers
from peerkit.files.text import decode
from peerkit.files.tree import Source
from peerkit.files.yaml import parse
from peerkit.plugins import NO_AUTOLOAD, gather

HEAD = "peerkit: 1\norganisation: {name: Northmere, notices: Illustrative}\n"
NOTE = "papers:\n  note:\n    heading: Note\n"


@pytest.fixture(name="installed")
def _installed(tmp_path, offers):
    """
    The offers, with packs installed: county, and borough that extends it.
    """
    packs = {
        "county": "organisation: {name: County, notices: Ring us.}\n"
        "papers:\n  note:\n    heading: County note\n    order: [a, b]\n"
        "    lines: {a: First, b: Second, c: Third}\n",
        "borough": "extends: county\norganisation: {name: Borough}\n",
        "circle": "extends: round\n",
        "round": "extends: circle\n",
    }
    folder = tmp_path / "installed"
    for name, text in packs.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "pack.yaml").write_text(text)
    found = {name: peerkit.Pack(name=name, doc="A pack.", folder=folder / name) for name in packs}
    return attrs.evolve(offers, packs={**offers.packs, **found})


@pytest.fixture(name="borough")
def _borough(council, installed):
    """
    Northmere's register, where packs are installed.
    """
    return attrs.evolve(council, offers=installed, marked=[])


def merged(*layers):
    found = Layers()
    for index, text in enumerate(layers):
        source = Source(f"{index}.yaml", text)
        found.add(parse(text, source.file).root, source)
    return found


MERGES = [
    pytest.param(["a: 1\nb: 2\n", "b: 3\n"], {"a": "1", "b": "3"}, id="a scalar is replaced"),
    pytest.param(
        ["a: {b: 1, c: 2}\n", "a: {c: 3, d: 4}\n"],
        {"a": {"b": "1", "c": "3", "d": "4"}},
        id="groups are merged by key",
    ),
    pytest.param(["a: [1, 2, 3]\n", "a: [4]\n"], {"a": ["4"]}, id="a list is replaced whole"),
    pytest.param(["a: {b: 1}\n", "a: [1]\n"], {"a": ["1"]}, id="a list takes a group's place"),
    pytest.param(["a: 1\n", "a: {b: 1}\n"], {"a": {"b": "1"}}, id="a group takes a text's place"),
    pytest.param(["a: 1\nb: 2\n", "a: null\n"], {"b": "2"}, id="null takes away"),
    pytest.param(["a: 1\nb: 2\n", "a:\n"], {"b": "2"}, id="nothing takes away"),
    pytest.param(
        ["a: {b: 1, c: 2}\n", "a: {b: ~}\n"], {"a": {"c": "2"}}, id="null takes away inside"
    ),
    pytest.param(["a: 1\n", "b: null\n"], {"a": "1"}, id="null of what was not there"),
    pytest.param(["a: {b: 1}\n", "a: null\n", "a: {c: 2}\n"], {"a": {"c": "2"}}, id="and again"),
]


@pytest.mark.parametrize(("layers", "expected"), MERGES)
def test_later_layers_win(layers, expected):
    """
    Groups are merged key by key; anything else is taken whole from the last that says it.
    """
    assert expected == merged(*layers).root


ORDERS = [
    (["a: 1\nb: 2\nc: 3\n", "c: 4\n"], "abc"),
    (["a: 1\nb: 2\nc: 3\n", "c: 4\nd: 5\n"], "abcd"),
    (["a: 1\nb: 2\nc: 3\n", "c: 3\nb: 2\na: 1\n"], "cba"),
    (["a: 1\nb: 2\n", "c: 3\nb: 2\na: 1\n"], "cba"),
    (["a: 1\nb: 2\nc: 3\n", "c: 3\nb:\na: 1\n"], "ca"),
]


@pytest.mark.parametrize(("layers", "expected"), ORDERS)
def test_keys_keep_their_order_unless_all_are_written(layers, expected):
    """
    A layer that names every key sets the order; one that names some changes none.
    """
    assert expected == "".join(merged(*layers).root)


def test_every_part_keeps_its_source():
    """
    After a merge it is known which file said what.
    """
    layers = merged("a: {b: 1, c: [x, y]}\n", "a: {b: 2}\nd: 1\n", "d: null\n")
    sources = {
        path: layers.source_of(path).file if layers.source_of(path) else None
        for path in [("a", "b"), ("a", "c"), ("a", "c", 1), ("a", "nothing"), ("d",)]
    }

    assert {
        ("a", "b"): "1.yaml",
        ("a", "c"): "0.yaml",
        ("a", "c", 1): "0.yaml",
        ("a", "nothing"): "1.yaml",
        ("d",): None,
    } == sources


def test_a_register_extends_packs(borough):
    """
    What the register says itself comes last; the rest comes from the packs.
    """
    register = borough.load({"peerkit.yaml": "extends: borough\norganisation: {language: cy}\n"})
    organisation = register.configuration.organisation

    assert () == register.problems
    assert ("Borough", ("Ring us.",), "cy") == (
        organisation.name,
        organisation.notices,
        organisation.language,
    )
    assert ["county", "borough"] == [pack.name for pack in register.configuration.packs]
    assert "County note" == register.configuration.papers["note"].heading


def test_the_register_changes_what_a_pack_says(borough):
    """
    A group is merged, a list replaced, a key with nothing behind it taken away.
    """
    own = "extends: county\npapers: {note: {order: [c], lines: {b: null, c: Last, d: New}}}\n"
    note = borough.load({"peerkit.yaml": own}).configuration.papers["note"]

    assert ("County note", ("c",)) == (note.heading, note.order)
    assert {"a": "First", "c": "Last", "d": "New"} == {
        key: line.label for key, line in note.lines.items()
    }


PLACES = [
    pytest.param(
        {"peerkit.yaml": "extends: county\norganisation: {‹nme: x}\n"}, "unknown-key", id="own"
    ),
    pytest.param(
        {
            "peerkit.yaml": "extends: packs/ours\norganisation: {name: x}\n",
            "packs/ours/pack.yaml": "organisation: {‹nme: x}\n",
        },
        "unknown-key",
        id="a pack in a folder",
    ),
    pytest.param(
        {
            "peerkit.yaml": "extends: ./packs/ours\n",
            "packs/ours/pack.yaml": "extends: inner/more\n",
            "packs/ours/inner/more/pack.yaml": "organisation: {‹nme: x}\n",
        },
        "unknown-key",
        id="a pack inside a pack",
    ),
    pytest.param(
        {
            "peerkit.yaml": "extends: packs/ours\npapers: {note: {lines: {a: {‹lable: x}}}}\n",
            "packs/ours/pack.yaml": NOTE + "    lines: {b: B}\n",
        },
        "unknown-key",
        id="the register's part of a group",
    ),
    pytest.param(
        {
            "peerkit.yaml": "extends: packs/ours\npapers: {note: {lines: {a: A}}}\n",
            "packs/ours/pack.yaml": NOTE + "    lines: {b: {‹lable: x}}\n",
        },
        "unknown-key",
        id="the pack's part of a group",
    ),
    pytest.param(
        {
            "peerkit.yaml": "extends: packs/ours\npapers: {note: {when: {illustrative: yes}}}\n",
            "packs/ours/pack.yaml": NOTE + "    when: {response: ‹acepted}\n",
        },
        "unknown-answer",
        id="an answer in a pack",
    ),
    pytest.param(
        {
            "peerkit.yaml": "extends: packs/ours\n",
            "packs/ours/pack.yaml": "a: b‹: c\n",
        },
        "yaml-colon",
        id="a pack that cannot be parsed",
    ),
]


@pytest.mark.parametrize(("files", "code"), PLACES)
def test_a_problem_is_told_in_the_file_it_stands_in(borough, files, code):
    """
    Merging loses no place: the file of the register or of the pack is named.
    """
    assert [code] == borough.codes(files)


PACKS = [
    pytest.param("‹borogh", "unknown-pack", "Did you mean “borough”?", id="misspelt"),
    pytest.param("[county, ‹zebra]", "unknown-pack", "Packs installed: ", id="nothing like it"),
    pytest.param("‹packs/none", "unknown-pack", "Name a folder", id="no such folder"),
    pytest.param("‹ours", "unknown-pack", "Did you mean “./ours”?", id="a folder without its ./"),
    pytest.param("‹../northmere2/ours", "file-outside", "", id="outside"),
    pytest.param("‹/etc/packs", "file-outside", "", id="from the root"),
    pytest.param("‹https://example.org/pack", "file-outside", "", id="an address"),
    pytest.param("‹packs/CON", "file-outside", "", id="a device"),
    pytest.param("‹{county: x}", "prose-in-brackets", "", id="a group"),
    pytest.param("[county, ‹[borough]]", "prose-in-brackets", "", id="a list in a list"),
]


@pytest.mark.parametrize(("extends", "code", "mend"), PACKS)
def test_a_pack_that_is_not_there_is_told(borough, extends, code, mend):
    """
    It is one problem: what the pack would declare is not missed as well.
    """
    files = {
        "peerkit.yaml": f"extends: {extends}\n",
        "ours/pack.yaml": "organisation: {name: x}\n",
        "a.yaml": "review: libraries\ntitle: L\nkind: county review\npraise: {P1: x}\n",
    }
    (borough.folder / "ours").mkdir()
    problems = borough.problems(files)
    here = [one for one in problems if one.place.file == "peerkit.yaml"]

    assert [code] == [one.code for one in here]
    assert borough.marked == [(one.place.file, one.place.line, one.place.column) for one in here]
    assert mend in here[0].advice


def test_a_pack_that_is_not_there_hides_what_it_would_declare(borough):
    """
    Kinds of review that no pack declares are no second problem while one is missing.
    """
    files = {
        "peerkit.yaml": "extends: ‹borogh\nfields: {review: {a: {type: day, doc: x}}}\n",
        "a.yaml": "review: libraries\ntitle: L\nkind: county review\npraise: {P1: x}\nmore: {b: x}\n",
    }

    assert ["unknown-pack"] == borough.codes(files)


BROKEN = {
    "a colon too many": "fields: a‹: b\n",
    "a character that cannot be printed": "review_kinds: {a‹\x07: {}}\n",
    "a pack that cannot be parsed": "extends: packs/a\n",
    "fields that are none": "fields: ‹x\nreview_kinds: {county review: {findings: {}}}\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_a_broken_configuration_would_declare_is_not_missed(council, text):
    """
    Kinds of review, findings and fields are no second problem while it cannot be read.
    """
    other = attrs.evolve(council, marked=[])
    files = {
        "peerkit.yaml": text,
        "packs/a/pack.yaml": "fields: a‹: b\n" if "packs" in text else "",
        "a.yaml": "review: libraries\ntitle: L\nkind: county review\nmore: {b: x}\n",
    }

    assert 1 == len(other.codes(files))


def test_a_folder_that_is_a_pack_holds_no_records(borough):
    """
    The files of a pack are configuration, wherever in the register its folder lies.
    """
    files = {
        "peerkit.yaml": "extends: ours/pack\n",
        "ours/pack/pack.yaml": "organisation: {name: x}\n",
        "ours/parties.yaml": "parties: {a: {is: person, name: A}}\n",
    }

    assert [] == borough.codes(files)
    assert 1 == len(borough.load().of_kind("party"))


def test_two_packs_may_hold_packs_of_one_name(borough):
    """
    A folder inside one pack is not that inside another.
    """
    files = {
        "peerkit.yaml": "extends: [packs/a, packs/b]\n",
        "packs/a/pack.yaml": "extends: more/x\n",
        "packs/a/more/x/pack.yaml": "organisation: {name: A}\n",
        "packs/b/pack.yaml": "extends: more/x\n",
        "packs/b/more/x/pack.yaml": "organisation: {notices: B}\n",
    }
    organisation = borough.load(files).configuration.organisation

    assert ("A", ("B",)) == (organisation.name, organisation.notices)


def test_packs_that_extend_one_another_are_told(borough):
    """
    A circle is told once, with the way round it.
    """
    (problem,) = borough.problems({"peerkit.yaml": "extends: circle\n"})

    assert ("pack-circle", "round/pack.yaml") == (problem.code, problem.place.file)
    assert "circle → round → circle" in problem.message


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_folder_that_leads_back_is_a_circle(borough):
    """
    Links make no endless pack.
    """
    borough.write({"packs/a/pack.yaml": "extends: again/a\n", "peerkit.yaml": "extends: packs/a\n"})
    (borough.folder / "packs/a/again").symlink_to(borough.folder / "packs")

    assert ["pack-circle"] == [one.code for one in borough.problems()]


def test_packs_are_not_nested_without_end(borough):
    """
    A chain of packs as long as no register needs is refused, and at once.
    """
    files = {
        f"{'packs/p/' * depth}{'pack.yaml' if depth else 'peerkit.yaml'}": "extends: packs/p\n"
        for depth in range(12)
    }
    borough.write(files)

    assert ["pack-circle"] == [one.code for one in borough.problems()]


@pytest.mark.parametrize("name", ["nope; rm -rf ~", "../x", "a b", "-r x"])
def test_a_plugin_s_name_is_a_name(borough, name):
    """
    No message offers a command line that a file has written.
    """
    borough.write({"peerkit.yaml": f'requires: "{name}"\n'})
    (problem,) = borough.problems()

    assert "unknown-word" == problem.code
    assert "install" not in problem.advice


def test_a_pack_without_its_file_is_told(borough):
    """
    A folder alone is no pack.
    """
    borough.write({"peerkit.yaml": "extends: packs/a\n"})
    (borough.folder / "packs" / "a").mkdir(parents=True)

    assert ["packs/a/pack.yaml:1:1 file-missing"] == [
        f"{one.place} {one.code}" for one in borough.problems()
    ]


def test_a_plugin_that_is_required_must_be_installed(borough):
    """
    It is named with the command that installs it, and is the only problem.
    """
    files = {
        "peerkit.yaml": HEAD
        + "requires: ‹northmere-trams\nextends: trams\ntram_stops: {a: b}\n"
        + "papers: {tram-report: {}}\nfields: {tram: {a: {type: day, doc: x}}}\n",
        "a.yaml": "trams: {t: {line: 4}}\n",
        "b.yaml": "tram: t2\nline: 5\n",
        "c.yaml": "review: r\ntitle: R\nkind: tram review\nmore: {a: b}\n",
        "d.yaml": "plan: p\ntitle: P\nactions: {A1: {do: x, owner: t2}}\n",
    }

    assert ["missing-plugin"] == borough.codes(files)
    (problem,) = borough.problems()
    assert "northmere-trams" in problem.message
    assert "python -m pip install northmere-trams" in problem.mend


@pytest.mark.parametrize("name", ["northmere-signs", "Northmere_Signs", "[northmere.signs]"])
def test_a_plugin_is_known_by_any_spelling_of_its_name(council, monkeypatch, name):
    """
    A distribution is the same with dashes, dots, underscores and capitals.
    """
    monkeypatch.setenv(NO_AUTOLOAD, "1")
    pack = peerkit.Pack(name="signs", doc="Signs.", folder=council.folder)
    plugin = SimpleNamespace(peerkit_packs=peerkit.hookimpl(lambda: [pack]))
    signs = gather(extra=[("northmere-signs", plugin)])
    other = attrs.evolve(council, offers=signs, marked=[])

    assert [] == other.codes({"peerkit.yaml": HEAD + f"requires: {name}\n"})


TEMPLATES = [
    ("../../secret/x.docx", "it leads up and out"),
    ("templates/../../x.docx", "it leads up and out"),
    ("/etc/passwd", "it does not begin in the folder"),
    ("~/x.docx", "it does not begin in the folder"),
    ("C:/x.docx", "it begins with the letter of a drive"),
    ("file:///etc/passwd", "it is an address"),
    ("https://example.org/x.docx", "it is an address"),
    ("templates/CON", "it is the name of a device"),
    ("'\\\\host\\share\\x.docx'", "it does not begin in the folder"),
    ("templates/none.docx", "it is not there"),
    ("templates", "it is not there"),
    ("templates/out.docx", "it is a link that leads out"),
]


@pytest.mark.parametrize("in_pack", [False, True], ids=["register", "pack"])
@pytest.mark.parametrize(("written", "reason"), TEMPLATES, ids=[row[0] for row in TEMPLATES])
def test_09_a_template_lies_inside_its_own_folder(borough, tmp_path, written, reason, in_pack):
    """
    A path that leads out of the register or pack that names it is refused where it stands.
    """
    own = borough.folder / "packs" / "a" if in_pack else borough.folder
    (own / "templates").mkdir(parents=True)
    (tmp_path / "secret.docx").write_bytes(b"secret")
    try:
        (own / "templates" / "out.docx").symlink_to(tmp_path / "secret.docx")
    except OSError:
        pytest.skip("links need a right of their own here")
    name = "packs/a/pack.yaml" if in_pack else "peerkit.yaml"
    files = {"peerkit.yaml": "extends: packs/a\n"}
    files[name] = NOTE + f"    template: ‹{written}\n"

    assert ["file-outside"] == borough.codes(files)
    assert reason in borough.problems()[0].message
    assert {} == borough.load().configuration.templates


def test_a_template_of_a_pack_lies_in_the_pack(borough):
    """
    A path is meant from the file it is written in, also after a merge.
    """
    files = {
        "peerkit.yaml": "extends: packs/a\npapers: {note: {heading: Ours}}\n",
        "packs/a/pack.yaml": NOTE + "    template: templates/x.docx\n",
        "packs/a/templates/x.docx": b"PK",
    }
    register = borough.load(files)
    home, relative = register.configuration.templates["note"]

    assert () == register.problems
    assert ("templates/x.docx", False) == (relative, home.is_own)
    assert (home.path / relative).is_file()


CONTENT = [
    pytest.param("‹organization: {name: x}\n", ["unknown-key"], "Did you mean “organisation”?", id="misspelt section"),
    pytest.param("‹zebra: x\n", ["unknown-key"], "Its sections are crest, extends, fields", id="unknown section"),
    pytest.param("organisation: ‹Northmere\n", ["wrong-shape"], "Its fields are name", id="text for a section"),
    pytest.param("organisation: {‹nmae: x}\n", ["unknown-key"], "Did you mean “name”?", id="misspelt key"),
    pytest.param("organisation: {name: ‹[Northmere, Borough of]}\n", ["prose-in-brackets"], "", id="a name in brackets"),
    pytest.param("organisation: {name: Northmere, ‹Borough of}\n", ["prose-in-brackets"], "put quotes round the whole text", id="a comma in a name"),
    pytest.param("organisation: {notices: [One, ‹two and three]}\n", ["prose-in-brackets"], "", id="a comma in a notice"),
    pytest.param("review_kinds: ‹[a]\n", ["wrong-shape"], "", id="a list for names"),
    pytest.param("review_kinds: {a: ‹b}\n", ["wrong-shape"], "", id="text for a kind"),
    pytest.param("review_kinds: {a: {findings: {s: ‹{one: x}}}}\n", ["missing-field"], "“many: …”", id="half a word"),
    pytest.param("review_kinds: {a: {is_inspection: ‹perhaps}}\n", ["not-yes-or-no"], "", id="perhaps"),
    pytest.param("fields: ‹x\n", ["wrong-shape"], "", id="text for fields"),
    pytest.param("fields: {‹revew: {}}\n", ["unknown-key"], "Did you mean “review”?", id="misspelt kind"),
    pytest.param("fields: {‹zebra: {}}\n", ["unknown-key"], "Kinds are action", id="no kind"),
    pytest.param("fields: {review: ‹x}\n", ["wrong-shape"], "", id="text for the fields of a kind"),
    pytest.param("fields: {review: {a: ‹day}}\n", ["wrong-shape"], "Its fields are type", id="text for a field"),
    pytest.param("fields: {review: {a: {type: ‹nmber, doc: x}}}\n", ["not-a-choice"], "", id="no type"),
    pytest.param("fields: {review: {‹a: {type: one of, doc: x}}}\n", ["missing-field"], "choices", id="nothing to choose"),
    pytest.param("fields: {review: {a: {type: one of, doc: x, choices: ‹b}}}\n", ["wrong-shape"], "Write [b].", id="one choice, no list"),
    pytest.param("papers: ‹x\n", ["wrong-shape"], "", id="text for papers"),
    pytest.param("papers: {‹nott: {}}\n", ["unknown-key"], "Did you mean “note”?", id="misspelt paper"),
    pytest.param("papers: {note: ‹x}\n", ["wrong-shape"], "", id="text for a paper"),
    pytest.param("papers: {note: ‹{}}\n", ["missing-field"], "“heading: …”", id="a paper without its heading"),
    pytest.param("papers: {note: {heading: ‹''}}\n", ["missing-field"], "", id="an empty heading"),
    pytest.param(NOTE + "    order: ‹a\n", ["wrong-shape"], "Write [a].", id="one key, no list"),
    pytest.param(NOTE + "    width: ‹3.9\n", ["not-a-number"], "", id="half a number"),
    pytest.param(NOTE + "    lines: ‹[a]\n", ["wrong-shape"], "", id="a list for lines"),
    pytest.param(NOTE + "    lines: {a: ‹{}}\n", ["missing-field"], "", id="a line without its label"),
    pytest.param(NOTE + "    first: ‹x\n", ["wrong-shape"], "", id="text for a group that has no short form"),
    pytest.param(NOTE + "    words: {a: ‹[b]}\n", ["prose-in-brackets"], "", id="a list for a word"),
    pytest.param("crest: {motto: x, colour: ‹green}\n", ["not-a-choice"], "", id="a plugin's section"),
    pytest.param("crest: {motto: x, colour: RED}\n", [], "", id="a plugin's section that is sound"),
    pytest.param("peerkit: ‹2\n", ["unknown-version"], "Install a later peerkit.", id="a later form"),
    pytest.param("peerkit: ‹one\n", ["unknown-version"], "Write 1.", id="no form"),
    pytest.param("peerkit: ‹[1]\n", ["unknown-version"], "Write 1.", id="a list for the form"),
    pytest.param("organisation: {name: ‹*b}\n", ["yaml-first-character"], "", id="broken"),
    pytest.param("‹- a\n", ["yaml-not-keys"], "", id="a list for a file"),
    pytest.param("‹# nothing\n", ["yaml-empty"], "", id="nothing"),
    pytest.param(
        "‹organization: {}\nreview_kinds: {a: {‹nme: x}}\npapers: {‹nott: {}}\n",
        ["unknown-key"] * 3,
        "",
        id="three in one run",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes", "mend"), CONTENT)
def test_the_configuration_is_read_as_strictly_as_records(council, text, codes, mend):
    """
    Whatever does not fit is told where it stands, with the nearest word that would.
    """
    other = attrs.evolve(council, marked=[])

    assert codes == other.codes({"peerkit.yaml": text})
    assert not codes or mend in other.problems()[0].advice


def test_every_section_of_the_core_is_read(council):
    """
    What is declared arrives in its type.
    """
    text = """\
    peerkit: 1
    organisation:
      name: Northmere Borough Council
      language: cy
      notices: [Illustrative]
    review_kinds:
      peer review:
        name: Peer review in full
        is_inspection: no
        statement: It is no inspection.
        theme_word: theme
        themes_word: themes
        findings:
          strengths: {one: strength, many: strengths, meaning: Good., needs_response: no}
        scoping: Choose themes.
        self_evaluation: [One, Two]
        sources: Public.
    fields:
      review:
        mood: {type: one of, doc: How it went., choices: [calm, stormy]}
    crest: {motto: Onward}
    papers:
      note: {heading: Note, first: {label: a}, more: [b, {label: c}], lines: {d: D}, width: 12}
    """
    register = council.load({"peerkit.yaml": text})
    configuration = register.configuration
    kind = configuration.review_kinds["peer review"]
    note = configuration.papers["note"]

    assert () == register.problems
    assert ("cy", ("Illustrative",)) == (
        configuration.language,
        configuration.organisation.notices,
    )
    assert (False, ("Choose themes.",), ("One", "Two")) == (
        kind.is_inspection,
        kind.scoping,
        kind.self_evaluation,
    )
    assert "strengths" == kind.findings["strengths"].many
    assert ("calm", "stormy") == configuration.fields["review"]["mood"].choices
    assert "Onward" == configuration.sections["crest"].motto
    assert ("a", ["b", "c"], "D", 12) == (
        note.first.label,
        [one.label for one in note.more],
        note.lines["d"].label,
        note.width,
    )


def test_a_register_that_says_nothing_has_defaults(council):
    """
    Every section may be left out.
    """
    configuration = council.load({"peerkit.yaml": "peerkit: 1\n"}).configuration

    assert ("en-GB", {}, {}) == (
        configuration.language,
        configuration.review_kinds,
        configuration.papers,
    )
    assert frozenset() == configuration.broken


@pytest.mark.parametrize("content", [None, "a folder"])
def test_a_folder_without_its_configuration_is_no_register(council, content):
    """
    It is one problem, whatever else the folder holds.
    """
    council.write({"a.yaml": "zebra: x\n"})
    (council.folder / "peerkit.yaml").unlink()
    if content:
        (council.folder / "peerkit.yaml").mkdir()
    problems = council.problems()

    assert ["no-register"] == [problem.code for problem in problems]
    assert str(council.folder) in problems[0].message


def test_a_folder_that_is_not_there_is_no_register(council):
    """
    Nor does it raise.
    """
    shutil.rmtree(council.folder)

    assert ["no-register"] == [problem.code for problem in council.problems()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_configuration_is_read_in_other_encodings(council, encoding):
    """
    What Notepad writes is read too.
    """
    text = "organisation:\r\n  name: Caffè Northmere\r\n"
    register = council.load({"peerkit.yaml": text.encode(encoding)})

    assert () == register.problems
    assert "Caffè Northmere" == register.configuration.organisation.name
    assert "organisation" in decode(text.encode(encoding), "x")[0]


def test_nothing_is_written_beside_what_is_read(council):
    """
    Loading and checking leave the folder as it was.
    """
    council.write({"a.yaml": "review: r\n", "packs/a/pack.yaml": ""})
    before = sorted(os.walk(council.folder))
    council.problems()

    assert before == sorted(os.walk(council.folder))
