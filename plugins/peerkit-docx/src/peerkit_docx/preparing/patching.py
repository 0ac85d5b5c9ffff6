"""
docxtpl's syntax to Jinja's: the only module that touches docxtpl.

Only `patch_xml` is used. docxtpl's own rendering loses text without a word and runs
what data says; see the README.
"""

from __future__ import annotations

__all__ = ["patched"]


def patched(source: str) -> str:
    """
    Return the part *source*, which holds docxtpl's tags, as a Jinja template.
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415 - 150 ms, which shipped templates do without

    # patch_xml is a method that never looks at its instance.
    jinja: str = DocxTemplate.patch_xml(None, source)
    return jinja
