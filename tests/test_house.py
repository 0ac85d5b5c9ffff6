import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import peerkit

ROOT = Path(__file__).parents[1]
DISTRIBUTIONS = {
    "peerkit": ROOT / "src" / "peerkit",
    "peerkit-docx": ROOT / "plugins" / "peerkit-docx" / "src" / "peerkit_docx",
    "peerkit-committee": ROOT / "plugins" / "peerkit-committee" / "src" / "peerkit_committee",
}
MODULES = [
    (name, path.relative_to(folder).as_posix(), path)
    for name, folder in DISTRIBUTIONS.items()
    for path in sorted(folder.rglob("*.py"))
]


def project(name):
    folder = ROOT if name == "peerkit" else ROOT / "plugins" / name
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def calls(path):
    """
    Yield the dotted name of everything a module calls.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_versions_are_equal(name):
    """
    All distributions have one version, and plugins want just that core.
    """
    declared = project(name)

    assert peerkit.__version__ == declared["version"]
    for dependency in [
        *declared["dependencies"],
        *declared.get("optional-dependencies", {}).get("all", ()),
    ]:
        if dependency.startswith("peerkit"):
            assert dependency.endswith(f"=={peerkit.__version__}")


# What only one module of a distribution may do: a pattern over what it calls or imports.
DOORS = [
    (
        "one YAML reader",
        "calls",
        r"(yaml\.(parse|load|safe_load|compose|scan)|LOADER)",
        {"files/yaml.py"},
    ),
    (
        "one writer",
        "calls",
        r".*\.(write_bytes|write_text|mkstemp)",
        {"files/system.py", "system.py"},
    ),
    (
        "one clock",
        "calls",
        r".*\b(date\.today|datetime\.(now|today|utcnow)|localtime)",
        {"cli/options.py"},
    ),
    (
        "one launcher",
        "calls",
        r"(subprocess\.\w+|os\.(system|startfile|spawn\w+|exec\w+))",
        {"files/system.py", "system.py"},  # the second is that of peerkit-docx
    ),
    ("one plugin door", "imports", r"pluggy(\..*)?", {"plugins.py", "hookspecs.py"}),
    ("one terminal", "imports", r"click(\..*)?", {"cli/"}),
    ("one docxtpl", "imports", r"docxtpl(\..*)?", {"preparing/patching.py"}),
    ("one Jinja environment", "calls", r".*Environment", {"filling/sandbox.py"}),
    ("one zip reader and writer", "imports", r"zipfile", {"word/packages.py"}),
    (
        "one XML parser",
        "calls",
        r".*\.?(XMLParser|ParserCreate|fromstring|iterparse)",
        {"word/xmlreading.py"},
    ),
    (
        "one Markdown parser for prose",
        "calls",
        r"MarkdownIt",
        {"document/parser.py", "builtin/markdown.py"},
    ),
    (
        "one text normaliser",
        "calls",
        r"unicodedata\.normalize",
        {"files/text.py", "files/names.py"},
    ),
]


@pytest.mark.parametrize(
    ("what", "look", "pattern", "allowed"),
    DOORS,
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_there_is_no_second_one(what, look, pattern, allowed):
    """
    What is to be done in one place is done there and nowhere else.
    """
    finder = {"calls": calls, "imports": imports}[look]
    elsewhere = {
        f"{name}: {module}: {found}"
        for name, module, path in MODULES
        for found in finder(path)
        if re.fullmatch(pattern, found) and not any(module.startswith(one) for one in allowed)
    }

    assert set() == elsewhere, what


def test_broad_handlers_are_few():
    """
    Only where a plugin's failure is to be named, or one paper's of many, may everything
    be caught.
    """
    broad = {
        module
        for _, module, path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))
    }

    assert broad <= {"plugins.py", "cli/running.py", "files/writing.py", "drawing/many.py"}


@pytest.mark.parametrize("module", ["peerkit", "peerkit.cli", "peerkit_docx", "peerkit_committee"])
def test_entry_modules_import_nothing_heavy(module):
    """
    A module named by an entry point costs nothing until what it offers is used.
    """
    heavy = ["docxtpl", "docx", "lxml", "jinja2", "markdown_it", "yaml", "cattrs", "babel"]
    code = f"import sys, {module}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


def test_checking_needs_no_tree_and_no_template():
    """
    What only papers need is not imported to check a register.
    """
    code = (
        "import sys; from peerkit.cli import main; main(['check', 'examples/middlesbrough'])\n"
        "print([m for m in ('peerkit.document', 'markdown_it', 'jinja2', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert "[]" == done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "module", "path"),
    MODULES,
    ids=lambda value: str(value) if not isinstance(value, Path) else "",
)
def test_every_module_says_what_it_is(name, module, path):
    """
    The first lines of a module tell a newcomer what belongs in it.
    """
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{name}: {module}"


def test_no_cell_of_the_tree_holds_a_machine_s_path():
    """
    No tracked text speaks of the machine it was written on.
    """
    wrong = re.compile(r"(?<![\w/])/(work|root|home|farm|opt)/[a-z]")
    texts = [
        path
        for pattern in (
            "src/**/*.py",
            "plugins/**/*.py",
            "docs/**/*.md",
            "examples/**/*.yaml",
            "*.md",
        )
        for path in ROOT.glob(pattern)
        if ".venv" not in path.parts
    ]

    assert [] == [str(path) for path in texts if wrong.search(path.read_text(encoding="utf-8"))]
