import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.files.names import is_device_name, name_warning, safe_name, unique_names


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Virtual School", "Action Plan"], "virtual-school-action-plan.docx"),
        (['a/b:c*d?e"f<g>h|i#j%k\\l'], "a-b-c-d-e-f-g-h-i-j-k-l.docx"),
        (["Anne’s café – 2.0."], "annes-cafe-2-0.docx"),
        (["CON"], "con-file.docx"),
        (["aux"], "aux-file.docx"),
        (["Łódź Straße Ærø"], "lodz-strasse-aero.docx"),
        (["İIı"], "iii.docx"),
        (["план"], "план.docx"),
        (["\x00a\x1f"], "a.docx"),
    ],
)
def test_words_become_a_safe_name(words, expected):
    """
    A title gives a name that every system takes, whatever the title holds.
    """
    assert expected == safe_name(*words, suffix=".docx")


def test_titles_without_a_letter_get_a_name():
    """
    A title of nothing but signs still names a file, and another title another.
    """
    one, two = safe_name(" . ", suffix=".md"), safe_name("?", suffix=".md")

    assert one.startswith("file-")
    assert one != two


def test_long_titles_keep_apart():
    """
    Titles that differ only in their last letter do not collapse into one name.
    """
    one, two = (safe_name("long " * 60 + end, suffix=".docx") for end in "xy")

    assert one != two
    assert 100 >= len(one)


@given(st.lists(st.text(), min_size=1))
def test_any_words_give_a_stable_safe_name(words):
    """
    The name is short, is no device, can be encoded and is the same each time.
    """
    name = safe_name(*words, suffix=".docx")

    assert name == safe_name(*words, suffix=".docx")
    assert 100 >= len(name)
    assert 255 >= len(name.encode())
    assert not name_warning(name)
    assert not set('/:*?"<>|#%\\') & set(name)


@given(st.lists(st.sampled_from(["a.md", "A.md", "a-2.md", "b", "a" * 97 + ".md"])))
def test_names_become_unique(wanted):
    """
    No two names are one, even where case does not count, and first come stay.
    """
    names = unique_names(wanted)

    assert len(wanted) == len({name.casefold() for name in names})
    assert names[:1] == wanted[:1]
    assert all(100 >= len(name) for name in names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CON", True),
        ("con.yaml", True),
        ("Aux.yml", True),
        ("nul.tar.gz", True),
        ("COM1.txt", True),
        ("lpt³", True),
        ("console.yaml", False),
        ("com10", False),
        ("plan.yaml", False),
    ],
)
def test_device_names_are_known(name, expected):
    """
    Windows takes these for devices, with any suffix and in any case.
    """
    assert expected is is_device_name(name)


def test_names_do_not_depend_on_the_locale():
    """
    A Turkish computer makes the same names as any other.
    """
    code = "from peerkit.files.names import safe_name; print(safe_name('TITLE I', suffix='.md'))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "LC_ALL": locale, "PYTHONHASHSEED": "random"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for locale in ("C", "tr_TR.UTF-8")
    }

    assert {"title-i.md\n"} == printed
