"""
Help for those who make templates: check one, fill one with examples, begin one.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import PurePath

import attrs

from peerkit.config import Configuration
from peerkit.document import Name, Shape
from peerkit.errors import PeerkitError, PluginError, Problem, UnknownNameError
from peerkit.hookspecs import Offers
from peerkit.papers import Format, Paper, Template, TemplateTools, Trust
from peerkit.plugins import blaming
from peerkit.verbs.registers import named

__all__ = ["CheckedTemplate", "Workshop", "workshop"]

_ANY = ("", "*")
# Of a template for any paper, whatever fields, sections and tables it names may be there.
_WHATEVER = tuple(
    Name(
        path=path,
        meaning="what a paper of that name has",
        example="an example",
        optional=True,
        whole=whole,
    )
    for path, whole in (
        ("fields.*.label", False),
        ("fields.*.text", False),
        ("fields.*.body", True),
        ("section.*.heading", False),
        ("section.*.number", False),
        ("section.*.body", True),
        ("tables.*.caption", False),
        ("tables.*.empty", False),
        ("tables.*.columns[].key", False),
        ("tables.*.columns[].heading", False),
        ("tables.*.rows[].*.text", False),
        ("tables.*.rows[].*.body", True),
    )
)


@attrs.frozen(kw_only=True)
class CheckedTemplate:
    """
    A template that was looked over: the *paper* it is for, empty for any, and *problems*.

    *shape* has the names it may use; it is None where they cannot be told, and *reason*
    says why.
    """

    paper: str
    shape: Shape | None
    reason: str
    problems: tuple[Problem, ...]


def workshop(file: str, offers: Offers) -> Workshop:
    """
    Return what helps with templates like *file*, by how its name ends.

    Raises:
        UnknownNameError: If no format fills templates of that kind, or helps with them.
    """
    suffix = PurePath(file).suffix.casefold()
    helping = [one for one in offers.formats.values() if one.tools is not None]
    for format_ in helping:
        if format_.suffix == suffix and format_.tools is not None:
            return Workshop(format_, format_.tools, offers)
    known = " or ".join(sorted({one.suffix for one in helping}))
    mend = (
        f"Name a file that ends in {known}."
        if known
        else "Install one: python -m pip install peerkit-docx"
    )
    raise UnknownNameError(
        f"No installed plugin can check a template that ends in “{suffix}”."
        if suffix
        else "The name of a template has an ending that says what it is.",
        mend=mend,
    )


@attrs.frozen
class Workshop:
    """
    A format that fills templates, with its tools.
    """

    format: Format
    tools: TemplateTools
    offers: Offers

    def check(
        self,
        content: bytes,
        file: str,
        *,
        configuration: Configuration | None = None,
        paper: str = "",
        trust: Trust = Trust.STRANGER,
    ) -> CheckedTemplate:
        """
        Return all problems of a template; *file* is what messages call it.

        Its paper is *paper*, or the one it says, or the one it is named after. Its names
        are those that the *configuration* gives that paper.

        Raises:
            UnknownNameError: If there is no such paper, or a register that keeps it under
                the name of a paper would find it says another.
        """
        chosen = paper or self._said(content, file)
        if chosen not in _ANY:
            self._refuse_wrong_paper(chosen, file, is_own=trust is Trust.OWN and not paper)
        shape, reason = self._shape(chosen, configuration)
        with self._blaming("checking a template"):
            found: Iterable[Problem] = self.tools.check(content, file, shape, trust)
            problems = tuple(found)
        return CheckedTemplate(
            paper="" if chosen in _ANY else chosen, shape=shape, reason=reason, problems=problems
        )

    def _refuse_wrong_paper(self, chosen: str, file: str, *, is_own: bool) -> None:
        stem = PurePath(file).stem
        if is_own and stem in self.offers.papers and stem != chosen:
            raise UnknownNameError(
                f"{file} says that it is for the paper “{chosen}”, but it is kept for {stem}.",
                mend=f"Rename it, or begin another: peerkit template new {stem} {file}",
            )
        named(self.offers.papers, chosen, "paper")

    def _said(self, content: bytes, file: str) -> str:
        stem = PurePath(file).stem
        try:
            with self._blaming("reading a template"):
                said = self.tools.paper_of(content, file)
        except PeerkitError as error:
            if isinstance(error, PluginError):
                raise
            said = ""  # what is wrong with the file is told when it is checked
        return stem if said in _ANY and stem in self.offers.papers else said

    def _shape(self, paper: str, configuration: Configuration | None) -> tuple[Shape | None, str]:
        if paper in _ANY:
            return Shape((*_WHATEVER, *self.tools.names())), ""
        if configuration is None:
            return None, f"The names of {paper} are those of a register, and none was named."
        configured = configuration.papers.get(paper)
        if configured is None:
            return None, f"The register does not say how {paper} is made."
        found: Paper = self.offers.papers[paper]
        with blaming(self.offers.origins["peerkit_papers", paper], f"telling the names of {paper}"):
            own = found.shape(configuration, configured).own
        return Shape((*own, *self.tools.names())), ""

    def annotated(self, content: bytes, file: str, problems: Iterable[Problem]) -> bytes:
        """
        Return a copy of a template with *problems* as notes in the margin.

        Raises:
            PeerkitError: If it is no template at all.
        """
        with self._blaming("annotating a template"):
            return self.tools.annotated(content, file, problems)

    def preview(self, content: bytes, file: str, shape: Shape | None) -> bytes:
        """
        Return a template filled with examples of the names in *shape*.

        Raises:
            PeerkitError: If it is no template, or has a fault.
        """
        with self._blaming("drawing a preview"):
            return self.tools.preview(content, file, shape)

    def begin(self, paper: str) -> tuple[bytes, str]:
        """
        Return a template for *paper* to be restyled, and what it is a copy of.

        Raises:
            UnknownNameError: If there is no such paper, or no template for it.
        """
        named(self.offers.papers, paper, "paper")
        offered = self.offers.templates
        found: Template | None = offered.get((paper, self.format.name)) or offered.get(
            ("*", self.format.name)
        )
        if found is None:
            raise UnknownNameError(
                f"No installed plugin offers a template that draws {paper} as {self.format.name}.",
                mend="Install one: python -m pip install peerkit-docx",
            )
        with self._blaming("copying a template"):
            return self.tools.labelled(found.read(), paper), found.origin

    def _blaming(self, doing: str) -> AbstractContextManager[None]:
        return blaming(self.offers.origins["peerkit_formats", self.format.name], doing)
