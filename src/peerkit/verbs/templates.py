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
    # A PDF, say, is made of a Word template.
    filled = offers.formats[format_.fills] if format_.fills else format_
    if paper in configuration.templates:
        home, relative = configuration.templates[paper]
        return _file_template(home, relative, paper, filled)
    for home in configuration.folders:
        relative = f"templates/{paper}{filled.suffix}"
        if is_file(home.path / relative):
            return _file_template(home, relative, paper, filled)
    return offers.templates.get((paper, filled.name)) or offers.templates.get(("*", filled.name))


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
        trust=_trust(home),
    )


def _trust(home: TemplateFolder) -> Trust:
    if home.is_own:
        return Trust.OWN
    return Trust.INSTALLED if home.is_installed else Trust.STRANGER
