"""
`peerkit template check`: every fault of a template at once, and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import register_around, shown, with_near
from peerkit.cli.console import clean, filled, hint, say, say_json, stdout_is_ours, typed
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.telling import counted, problem_json, tell_problems
from peerkit.cli.template.files import read_template, refuse_same, write_beside
from peerkit.config import Configuration
from peerkit.document import Name
from peerkit.errors import Problem, ProblemsError, Severity
from peerkit.loading import NAME
from peerkit.papers import Trust
from peerkit.plugins import gather
from peerkit.verbs import CheckedTemplate, Workshop

__all__ = ["command"]

_TEMPLATES = "templates"
_WRITTEN = {
    "annotated": "A copy with the problems as comments",
    "preview": "A preview, filled with examples,",
}


@attrs.frozen(kw_only=True)
class _Wish:
    """
    What the user asked for.
    """

    file: str
    register: str | None
    paper: str
    annotate: str | None
    preview: str | None
    fields: bool
    overwrite: bool


@click.command(short_help="List every fault of a template, with its place.")
@click.argument("file", type=options.NAME, metavar="FILE")
@click.option(
    "--register",
    type=options.NAME,
    metavar="FOLDER",
    help="The register whose names it may use. Without it: the one that FILE lies in.",
)
@click.option(
    "--paper", default="", metavar="PAPER", help="The paper it is for, if it does not say."
)
@click.option(
    "--annotate",
    type=options.NAME,
    metavar="OUT",
    help="Write a copy with each problem as a comment beside the words it is about.",
)
@click.option(
    "--preview",
    type=options.NAME,
    metavar="OUT",
    help="Write it filled with examples, every branch of it drawn.",
)
@click.option("--fields", is_flag=True, help="List every name it may use, with an example.")
@click.option("--overwrite", is_flag=True, help="Replace OUT if it is there already.")
@options.as_json
@options.no_plugin
def command(as_json: bool, without: tuple[str, ...], **given: Any) -> Exit:  # noqa: FBT001 - click passes it by name
    """
    List every fault of the template FILE, without any data: tags that cannot be filled,
    names that its paper does not have, what Word would fetch or run, what not everyone
    could read. Branches that are never taken are looked at, too.

    Ends with 0 if there are at most warnings and advice, with 1 if there is an error,
    with 2 if papers cannot be filled into it at all.
    """
    wish = _Wish(**given)
    refuse_same(wish.file, wish.annotate, wish.preview)
    content = read_template(wish.file)
    with stdout_is_ours():
        offers = gather(without)
        shop = verbs.workshop(wish.file, offers)
        found = _checked(shop, wish, content)
    code = exit_for_problems(found.problems)
    written = dict(_written(shop, wish, content, found, code))
    if as_json:
        _answer(wish, found, written, code, shop)
    else:
        _tell(wish, found, written, code)
    return code


def _checked(shop: Workshop, wish: _Wish, content: bytes) -> CheckedTemplate:
    home = register_around(Path(wish.register) if wish.register else Path(wish.file).parent)
    folder = home or (Path(wish.register) if wish.register else None)
    is_own = home is not None and Path(wish.file).resolve().parent == home / _TEMPLATES
    return shop.check(
        content,
        Path(wish.file).name,
        configuration=_configuration(folder, shop) if folder else None,
        paper=wish.paper,
        trust=Trust.OWN if is_own else Trust.STRANGER,
    )


def _configuration(folder: Path, shop: Workshop) -> Configuration:
    register = verbs.load(folder, offers=shop.offers)
    grave = tuple(
        with_near(problem, folder)
        for problem in register.problems
        if problem.severity is Severity.FAULT
        and (problem.place is None or problem.place.file == NAME)
    )
    if grave:
        first = grave[0]
        more = "" if len(grave) == 1 else f" To see all {len(grave)}: peerkit check {shown(folder)}"
        raise ProblemsError(
            f"The register gives no names. {first.place or shown(folder)}: {first.message}",
            grave,
            mend=f"{first.advice}{more}",
        )
    return register.configuration.widest


def _written(
    shop: Workshop, wish: _Wish, content: bytes, found: CheckedTemplate, code: Exit
) -> Iterator[tuple[str, str]]:
    """
    Write what was asked for, and yield what it is and how its file is shown.
    """
    name = Path(wish.file).name
    if wish.annotate:
        with stdout_is_ours():
            made = shop.annotated(content, name, found.problems)
        yield "annotated", write_beside(wish.annotate, made, overwrite=wish.overwrite)
    if wish.preview and code is not Exit.FAULT:
        with stdout_is_ours():
            made = shop.preview(content, name, found.shape)
        yield "preview", write_beside(wish.preview, made, overwrite=wish.overwrite)


# -- telling -----------------------------------------------------------------------


def _tell(wish: _Wish, found: CheckedTemplate, written: dict[str, str], code: Exit) -> None:
    tell_problems(found.problems, typed(wish.file))
    if wish.fields:
        _tell_fields(found)
    paper = f"for {found.paper}" if found.paper else "for any paper"
    said = counted(found.problems) or "no problem"
    say(f"{clean(Path(wish.file).name)}, a template {paper}: {said}.")
    if found.reason:
        say(filled(f"Its names were not looked at. {found.reason} Name it with --register FOLDER."))
    for what, file in written.items():
        say(f"{_WRITTEN[what]} was written into {file}")
    if wish.preview and "preview" not in written:
        hint("peerkit: No preview was drawn, since papers cannot be filled into the template.")
    if found.problems:
        worst = min(found.problems, key=lambda one: list(Severity).index(one.severity))
        say(f"To learn more of a problem: peerkit explain {worst.code}")
    if code is Exit.FAULT and not wish.annotate:
        name = typed(wish.file)
        say(f"To see each where it stands: peerkit template check {name} --annotate marked.docx")


def _tell_fields(found: CheckedTemplate) -> None:
    if found.shape is None:
        return
    say(click.style("Names that it may use", bold=True))
    for one in found.shape.names:
        maybe = " (may be missing)" if one.optional else ""
        say(filled(f"{_tag(one)}  {one.meaning}{maybe}, such as {one.example}", "  ", "    "))
    say()


def _tag(name: Name) -> str:
    return f"{{{{p {name.path} }}}}" if name.whole else f"{{{{ {name.path} }}}}"


def _answer(
    wish: _Wish, found: CheckedTemplate, written: dict[str, str], code: Exit, shop: Workshop
) -> None:
    severities = [one.severity for one in found.problems]
    say_json(
        {
            "peerkit": "template-check/1",
            "file": wish.file,
            "format": shop.format.name,
            "paper": found.paper or None,
            "names_checked": found.shape is not None,
            "counts": {one.value: severities.count(one) for one in Severity},
            "problems": [_problem(one) for one in found.problems],
            "fields": [attrs.asdict(one) for one in found.shape.names]
            if wish.fields and found.shape is not None
            else None,
            "written": written,
            "exit": int(code),
        }
    )


def _problem(problem: Problem) -> dict[str, Any]:
    return {"where": problem.where, **problem_json(problem)}
