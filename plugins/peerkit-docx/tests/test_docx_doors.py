from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "peerkit_docx"


@pytest.mark.parametrize(
    ("what", "pattern", "module"),
    [
        ("lxml parser", r"XMLParser\(|fromstring\(|iterparse\(|etree\.parse\(", "xmlreading"),
        ("expat parser", r"ParserCreate\(", "xmlreading"),
        ("zip file", r"\bzipfile\.(?!ZIP|ZipInfo|BadZip)|ZipFile\(", "packages"),
        ("Jinja environment", r"Environment\(|jinja2\.Template\(|_Sandbox\(", "sandbox"),
        ("docxtpl", r"\bdocxtpl import|import docxtpl", "patching"),
        ("python-docx", r"\bfrom docx\b|\bimport docx\b", "none"),
        ("ElementTree", r"ElementTree|minidom|\bsax\b", "none"),
        ("clock", r"\btoday\(|\bnow\(|\btime\.", "none"),
        (
            "disk",
            r"(?<!Pdf\.)(?<!archive\.)\bopen\(|write_text|write_bytes|mkdir|tempfile",
            "system",
        ),
        ("program", r"\bsubprocess\b|\bos\.(system|exec|spawn|kill|environ)", "system"),
        ("system", r"sys\.platform|os\.name\b|\bctypes\b|import resource", "system"),
        ("pickle", r"\bpickle\.|\bmarshal\.", "child"),
        ("pikepdf", r"\bfrom pikepdf\b|\bimport pikepdf\b", "mending"),
    ],
)
def test_there_is_one_door(what, pattern, module):
    """
    A second one would have its own idea of what is safe.
    """
    using = {
        path.stem for path in SOURCE.rglob("*.py") if re.search(pattern, path.read_text("utf-8"))
    }

    assert using <= {module}, what


def test_only_the_public_door_of_the_core_is_used():
    """
    What plugins may import from peerkit.
    """
    allowed = {"errors", "document", "papers", "hookspecs", "model", "testing"}
    used = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"(?:from|import) peerkit\.(\w+)", path.read_text("utf-8"))
    }

    assert used <= allowed
