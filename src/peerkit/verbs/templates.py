"""
Which template a format fills: the register's own before a pack's, that before a plugin's.
"""

from __future__ import annotations

from peerkit.config import Configuration, TemplateFolder
from peerkit.errors import PeerkitError
from peerkit.files.limits import TEMPLATE_BYTES
from peerkit.files.reading import is_file, read_bytes
from peerkit.hookspecs import Offers
from peerkit.papers import Format, Template, Trust

__all__ = ["template_for"]


def template_for(
    configuration: Configuration, paper: str, format_: Format, offers: Offers
) -> Template | None:
    """
    Return the template to fill: the one configured, else one lying in a folder, else a plugin's.
    """
    if not format_.takes_template:
        return None
    if paper in configuration.templates:
        home, relative = configuration.templates[paper]
        return _file_template(home, relative, paper, format_)
    for home in configuration.folders:
        relative = f"templates/{paper}{format_.suffix}"
        if is_file(home.path / relative):
            return _file_template(home, relative, paper, format_)
    return offers.templates.get((paper, format_.name)) or offers.templates.get(("*", format_.name))


def _file_template(home: TemplateFolder, relative: str, paper: str, format_: Format) -> Template:
    def read() -> bytes:
        raw, problems = read_bytes(home.path, relative, TEMPLATE_BYTES)
        if raw is None:
            raise PeerkitError(problems[0].message, mend=problems[0].advice)
        return raw

    return Template(
        paper=paper,
        format=format_.name,
        origin=f"{relative} of {home.label}",
        read=read,
        trust=Trust.OWN if home.is_own else Trust.STRANGER,
    )
