import importlib.metadata
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

import peerkit
from peerkit.cli import main
from peerkit.cli.exits import Exit
from peerkit.errors import PluginError
from peerkit.papers import Format
from peerkit.plugins import NO_AUTOLOAD, find_plugins

NORTHMERE = Path(__file__).parent / "northmere"

SOUND = "from peerkit import hookimpl\n"
BROKEN = {
    "import error": (
        "import nothing_of_this_name",
        "failed while being imported: ModuleNotFoundError",
    ),
    "raises on import": (
        "raise RuntimeError('no\\nluck')",
        "being imported: RuntimeError: no luck",
    ),
    "leaves on import": ("raise SystemExit(0)", "being imported: SystemExit"),
    "misspelt hook": (
        "@hookimpl\ndef peerkit_formatz(): return []",
        "implements a hook that does not exist: peerkit_formatz.",
    ),
    "arguments a hook has not": (
        "@hookimpl\ndef peerkit_formats(register): return []",
        "failed while being registered",
    ),
    "wrong return type": (
        "@hookimpl\ndef peerkit_formats(): return 7",
        "answers peerkit_formats with int where several Format are expected",
    ),
    "wrong items": (
        "@hookimpl\ndef peerkit_formats(): return ['md']",
        "answers peerkit_formats with str where several Format are expected",
    ),
    "nothing returned": (
        "@hookimpl\ndef peerkit_papers(): pass",
        "answers peerkit_papers with NoneType where several Paper are expected",
    ),
    "raising hook": (
        "@hookimpl\ndef peerkit_facts(): raise KeyError('x')",
        "failed while answering peerkit_facts: KeyError: 'x'",
    ),
    "raising late": (
        "@hookimpl\ndef peerkit_facts():\n    yield 1 / 0",
        "failed while answering peerkit_facts: ZeroDivisionError",
    ),
    "name clash": (
        """
from peerkit import Format
@hookimpl
def peerkit_formats():
    return [Format(name="md", doc="", suffix="", media_type="", draw=None, texts=None)]
""",
        "Both builtin and peerkit-odd offer “md” through peerkit_formats.",
    ),
    "kind clash": (
        """
import attrs
from peerkit.model import CORE_KINDS
@hookimpl
def peerkit_record_kinds():
    return [attrs.evolve(CORE_KINDS[0], name="visit", plural="plans")]
""",
        "Both builtin and peerkit-odd use “plans” for a kind of record.",
    ),
}


@pytest.fixture(name="site")
def _site(tmp_path, monkeypatch):
    """
    A folder of installed distributions, the only one there is.
    """
    site = tmp_path / "site"
    shutil.copytree(NORTHMERE / "site", site)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.chdir(tmp_path)

    def points(*, group):
        found = importlib.metadata.distributions(path=[str(site)])
        return [point for dist in found for point in dist.entry_points if point.group == group]

    monkeypatch.setattr(importlib.metadata, "entry_points", points)
    before = set(sys.modules)
    yield site
    for name in set(sys.modules) - before:
        if str(site) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.fixture(name="register")
def _register(tmp_path):
    return shutil.copytree(NORTHMERE / "register", tmp_path / "northmere")


def install(site, name, source, version="2.0"):
    """
    Install a distribution `peerkit-NAME` that offers one plugin NAME.
    """
    (site / f"{name}.py").write_text(SOUND + source + "\n")
    info = site / f"peerkit_{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: peerkit-{name}\nVersion: {version}\n"
    )
    (info / "entry_points.txt").write_text(f"[peerkit]\n{name} = {name}\n")


@pytest.mark.parametrize(("source", "said"), BROKEN.values(), ids=BROKEN)
@pytest.mark.usefixtures("register")
def test_broken_plugin_is_named_in_one_line(site, capsys, source, said):
    """
    Hostile case 47: the command stops with 2, one line names the plugin, no traceback.
    """
    install(site, "odd", source)
    code = main(["check", "northmere"])
    err = capsys.readouterr().err.splitlines()

    assert Exit.FAULT == code
    assert 2 == len(err)
    assert "peerkit-odd" in err[0]
    assert said in err[0]


@pytest.mark.parametrize(("source", "_said"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("name", ["odd", "peerkit-odd", "Peerkit_Odd"])
@pytest.mark.usefixtures("register")
def test_no_plugin_goes_on_without_it(site, capsys, source, _said, name):
    """
    Hostile case 47: a broken plugin can be left out, by its name or its distribution's.
    """
    install(site, "odd", source)

    assert Exit.FINE == main(["check", "northmere", "--no-plugin", name])
    assert "" == capsys.readouterr().err


@pytest.mark.usefixtures("register")
def test_broken_plugin_leaves_json_valid(site, capsys):
    """
    Hostile case 47: also the refusal is JSON where JSON was asked for.
    """
    install(site, "odd", "raise RuntimeError('no luck')")
    code = main(["check", "northmere", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert Exit.FAULT == code == told["exit"]
    assert "peerkit-odd" in told["message"]


@pytest.mark.parametrize(
    "command",
    [
        ("check", "northmere"),
        ("render", "northmere", "--as", "chatter"),
        ("plugins",),
        ("explain", "chatter"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("register")
def test_plugin_that_prints_leaves_json_valid(site, capsys, command):
    """
    Hostile case 47: what a plugin prints, whenever it does, goes to stderr.
    """
    install(
        site,
        "chatter",
        """
from peerkit import Check, Format
print("imported")

def find(snapshot):
    print("checking")
    return ()

def draw(document, template):
    print("drawing")
    from peerkit.document import texts_of_document
    return "\\n".join(texts_of_document(document)).encode()

@hookimpl
def peerkit_formats():
    print("answering")
    return [Format(name="chatter", doc="", suffix=".txt", media_type="text/plain",
                   draw=draw, texts=lambda data: (data.decode(),))]

@hookimpl
def peerkit_checks():
    return [Check(name="chatter", doc="", finds=(), find=find)]
""",
    )
    code = main([*command, "--json"])
    said = capsys.readouterr()

    assert Exit.FINE == code
    assert json.loads(said.out)["peerkit"].startswith(command[0])
    assert "answering" in said.err


@pytest.mark.parametrize("how", ["uninstalled", "left out", "none loaded"])
def test_missing_plugin_that_is_required_is_named(register, site, monkeypatch, capsys, how):
    """
    Hostile case 11: a register that requires a plugin is refused, with the command to install it.
    """
    left_out = []
    if how == "uninstalled":
        shutil.rmtree(site / "northmere_papers-1.2.dist-info")
    elif how == "left out":
        left_out = ["--no-plugin", "northmere-papers"]
    else:
        monkeypatch.setenv(NO_AUTOLOAD, "1")
    (Path(register) / "peerkit.yaml").write_text("requires: northmere-papers\n")
    code = main(["check", "northmere", *left_out])
    out = capsys.readouterr().out

    assert Exit.FAULT == code
    assert "northmere/peerkit.yaml:1:11: fault: " in out
    assert "[missing-plugin]" in out
    assert "Install it: python -m pip install northmere-papers" in out


def test_unknown_plugin_cannot_be_left_out(site, capsys):
    """
    A misspelt name in --no-plugin would leave out nothing, so it is refused.
    """
    install(site, "odd", "")

    assert Exit.FAULT == main(["plugins", "--no-plugin", "peerkit-od"])
    assert "Did you mean “peerkit-odd”?" in capsys.readouterr().err


def test_two_distributions_of_one_plugin_name_are_named(site):
    """
    Two plugins of one name are refused by the names of their distributions.
    """
    install(site, "odd", "")
    (site / "peerkit_odd-2.0.dist-info").rename(site / "first-2.0.dist-info")
    install(site, "odd", "")
    meta = site / "first-2.0.dist-info/METADATA"
    meta.write_text(meta.read_text().replace("peerkit-odd", "first"))

    with pytest.raises(PluginError, match=r"Two plugins are named odd: one of .*first"):
        find_plugins()


def test_one_distribution_may_offer_several_plugins(site):
    """
    The second plugin of a distribution is told by its own name as well.
    """
    install(site, "odd", "")
    (site / "even.py").write_text(
        SOUND + "from peerkit import Check\n@hookimpl\ndef peerkit_checks():\n"
        "    return [Check(name='even', doc='', finds=(), find=lambda snapshot: ())]\n"
    )
    points = site / "peerkit_odd-2.0.dist-info/entry_points.txt"
    points.write_text("[peerkit]\neven = even\nodd = odd\n")

    assert "peerkit-odd" == peerkit.gather().origins["peerkit_checks", "even"]


def test_autoload_can_be_switched_off(site, monkeypatch):
    """
    With PEERKIT_NO_AUTOLOAD only what is built in, and what is handed over, is loaded.
    """
    install(site, "odd", "raise RuntimeError")
    monkeypatch.setenv(NO_AUTOLOAD, "1")
    handed = ModuleType("handed")
    handed.peerkit_formats = peerkit.hookimpl(
        lambda: [Format(name="txt", doc="", suffix=".txt", media_type="", draw=None, texts=None)]
    )

    assert {"md", "json", "txt"} == set(peerkit.gather(extra=[("handed", handed)]).formats)


# peerkit plugins


@pytest.mark.usefixtures("site")
def test_plugins_are_listed_with_what_they_offer(capsys):
    """
    Each plugin comes with its distribution, its version and what it offers by which hook.
    """
    assert Exit.FINE == main(["plugins"])

    out = capsys.readouterr().out
    assert f"builtin (of peerkit {peerkit.__version__})\n" in out
    assert "northmere (of northmere-papers 1.2)\n" in out
    assert "  peerkit_papers: letter\n" in out


def test_plugins_as_json(site, capsys):
    """
    A hook that is implemented and offers nothing is listed too.
    """
    install(site, "odd", "@hookimpl\ndef peerkit_packs(): return ()")
    main(["plugins", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert "plugins/1" == told["peerkit"]
    assert ["builtin", "northmere", "odd"] == [one["name"] for one in told["plugins"]]
    assert {
        "name": "odd",
        "distribution": "peerkit-odd",
        "version": "2.0",
        "hooks": {"peerkit_packs": []},
    } == told["plugins"][2]
