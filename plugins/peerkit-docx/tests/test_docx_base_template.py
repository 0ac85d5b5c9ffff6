from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path

import pytest

from peerkit_docx import base_template, basestyles, peerkit_formats, peerkit_templates
from peerkit_docx.basefile import build
from peerkit_docx.markup.styles import STYLES
from peerkit_docx.preparing import loaded, prepare
from peerkit_docx.word.packages import read_package

HOME = Path(__file__).parents[1]
TEMPLATES = HOME / "src" / "peerkit_docx" / "templates"


@pytest.fixture(scope="module")
def parts():
    return {
        name: one.decode() for name, one in read_package(base_template().read(), "base").items()
    }


def test_the_tracked_template_is_what_the_script_makes():
    """
    Nobody has changed it by hand; run tools/build_base_template.py after a change.
    """
    assert read_package(build(), "built") == read_package(base_template().read(), "tracked")


def test_what_is_prepared_beside_it_is_up_to_date():
    """
    It was made from these very bytes, by this very code.
    """
    prepared = loaded((TEMPLATES / "base.prepared.json").read_text("utf-8"), "base.docx")

    assert prepare(base_template().read(), "base.docx") == prepared


def test_the_script_writes_what_is_tracked(tmp_path, monkeypatch):
    """
    Run anywhere.
    """
    spec = importlib.util.spec_from_file_location(
        "script", HOME / "tools" / "build_base_template.py"
    )
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "TEMPLATES", tmp_path)

    script.main()

    assert {"base.docx", "base.prepared.json"} == {one.name for one in tmp_path.iterdir()}


def test_it_has_every_style_we_draw_through():
    """
    Of the right kind, with all nine headings.
    """
    prepared = prepare(base_template().read(), "base.docx")
    has = {kind: set(names) for kind, names in prepared.ids.items()} | {"list": set(prepared.lists)}

    assert [] == [one for one in STYLES if one.name.casefold() not in has[one.kind]]
    assert {f"heading {level}" for level in range(1, 10)} <= has["paragraph"]


def test_the_readme_tells_of_every_style():
    """
    And of nothing that is not there.
    """
    readme = (HOME / "README.md").read_text("utf-8")

    told = re.findall(r"^\| `([^`]+)` \| (paragraph|character|table|list) \|", readme, re.MULTILINE)
    assert [(one.name, one.kind) for one in STYLES] == told


def brightness(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["INK", "HEADING", "QUIET", "NOTICE", "LINK"])
@pytest.mark.parametrize("ground", ["FFFFFF", basestyles.SHADE])
def test_text_stands_out(name, ground):
    """
    Seven to one at least, on white and on a header row.
    """
    assert 7 <= contrast(getattr(basestyles, name), ground)


def test_no_other_colour_is_used(parts):
    """
    So that the contrast above is that of every text.
    """
    known = {
        basestyles.INK,
        basestyles.HEADING,
        basestyles.QUIET,
        basestyles.NOTICE,
        basestyles.LINK,
    }

    assert set(re.findall(r'<w:color w:val="([^"]+)"', parts["word/styles.xml"])) <= known


def test_it_speaks_british_english_and_carries_nothing_else(parts):
    """
    No theme, thumbnail, custom XML or old styles; the language where Word looks for it.
    """
    assert '<w:lang w:val="en-GB"' in parts["word/styles.xml"].partition("</w:docDefaults>")[0]
    assert not [
        one for one in parts if re.search("theme|thumbnail|customXml|stylesWithEffects", one)
    ]


def test_the_page_is_a4_with_room_around(parts):
    """
    Margins of 2.5 cm.
    """
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in parts["word/document.xml"]
    assert 4 == parts["word/document.xml"].count('="1417"')


def test_headings_stay_with_what_they_head(parts):
    """
    And captions with their tables; nothing has a border that a PDF would read out.
    """
    found = re.findall(r'<w:name w:val="([^"]+)"/>(.*?)</w:style>', parts["word/styles.xml"])
    styles = dict(found)
    for name in [*(f"heading {level}" for level in range(1, 10)), "caption"]:
        assert "<w:keepNext/>" in styles[name]
    assert "<w:pBdr>" not in parts["word/styles.xml"]
    assert "<w:widowControl/>" in parts["word/styles.xml"]


def test_it_is_offered():
    """
    Through the hooks, for every paper.
    """
    formats, (template,) = peerkit_formats(), peerkit_templates()

    assert [("docx", ".docx", True), ("pdf", ".pdf", True)] == [
        (one.name, one.suffix, one.takes_template) for one in formats
    ]
    assert ("*", "docx") == (template.paper, template.format)


def test_word_would_open_it(papers, tmp_path):
    """
    A validator of the file format finds nothing.
    """
    if importlib.util.find_spec("openxml_audit") is None and os.environ.get("PEERKIT_CI") != "1":
        pytest.skip("needs openxml-audit, to see whether Word would open the file")
    audit = importlib.import_module("openxml_audit")
    made = tmp_path / "rich.docx"
    made.write_bytes(papers.draw(papers.rich("decimal")))

    found = audit.OpenXmlValidator().validate(str(made))

    # A theme is optional; Microsoft's own validator asks for none.
    assert [] == [one for one in found.errors if "relationships/theme" not in str(one)]
