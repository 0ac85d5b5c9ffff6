"""
`peerkit render`: makes papers of a register and writes them into a folder.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import click

from peerkit import verbs
from peerkit.cli import options
from peerkit.cli.checking import Checked, checked, shown
from peerkit.cli.console import clean, hint, say, say_json, sentence, stdout_is_ours, typed
from peerkit.cli.exits import Exit, exit_for_problems
from peerkit.cli.folders import Written, out_folder, write_papers
from peerkit.cli.telling import counted, plural, problem_json, tell_problems
from peerkit.errors import PeerkitError, Problem, RefusedError, UnknownNameError
from peerkit.files.limits import TEMPLATE_BYTES
from peerkit.files.reading import read_bytes
from peerkit.files.system import REAL
from peerkit.history import Heads
from peerkit.hookspecs import Offers
from peerkit.papers import Template
from peerkit.verbs import Job, Rendered

__all__ = ["command"]

_DEFAULT_FORMATS = ("docx", "md")
_ELSEWHERE = {"docx": "peerkit-docx", "pdf": '"peerkit-docx[pdf]"'}


@attrs.frozen(kw_only=True)
class _Wish:
    """
    What the user asked for.
    """

    folder: str
    paper: str
    subject: str
    formats: tuple[str, ...]
    audience: str
    on: dt.date | None
    out: str | None
    upto: str | None
    template: str | None
    overwrite: bool


@attrs.frozen(kw_only=True)
class _Made:
    """
    What came of it: papers, those a rule forbids, and what a template could restyle.
    """

    papers: tuple[Rendered, ...]
    refused: tuple[tuple[Job, RefusedError], ...]


@click.command(short_help="Make papers.")
@options.folder
@click.argument("paper", default="", metavar="[PAPER")
@click.argument("subject", default="", metavar="[SUBJECT]]")
@click.option(
    "--as",
    "formats",
    metavar="FORMAT",
    multiple=True,
    help="docx, md, json or what a plugin offers; may be repeated. Without it: docx if it is "
    "installed, else md.",
)
@click.option(
    "--public", is_flag=True, help="Make what the public may see, where a rule allows it."
)
@options.on
@click.option(
    "--out",
    type=options.NAME,
    metavar="DIR",
    help="The folder to write into. Without it: papers, or NAME-papers beside the register if "
    "you are inside it.",
)
@click.option(
    "--upto",
    type=options.NAME,
    metavar="FILE",
    help="Make it again with what had been recorded when FILE, a paper, was made.",
)
@click.option("--template", type=options.NAME, metavar="FILE", help="The Word template to fill.")
@click.option("--overwrite", is_flag=True, help="Replace files even if someone has changed them.")
@click.option("--open", "is_opened", is_flag=True, help="Open what was made.")
@options.as_json
@options.no_plugin
def command(
    is_opened: bool,  # noqa: FBT001 - click passes them by name
    public: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    without: tuple[str, ...],
    **given: Any,
) -> Exit:
    """
    Make the papers of the register in FOLDER: all of them, one PAPER, or that of one SUBJECT.

    The register is checked first; nothing is made while a fault or an error stands.
    Each paper is judged as of its own day, unless --on says otherwise.
    """
    wish = _Wish(audience="public" if public else "internal", **given)
    today = options.today()
    found = checked(wish.folder, wish.on or today, without)
    code = exit_for_problems(found.problems)
    if code is not Exit.FINE:
        return _refuse(found, wish, code, as_json=as_json)
    with stdout_is_ours():
        made = _make(found, wish, today)
    written = None
    if made.papers:
        folder = out_folder(wish.out or "", Path(wish.folder), found.register.name)
        written = write_papers(folder, found.register, made.papers, overwrite=wish.overwrite)
    code = Exit.REFUSED if made.refused else Exit.FINE
    if as_json:
        _answer(found, written, made, code)
    elif written:
        _tell(found, written, made, wish)
    for message, mend in dict.fromkeys((one.message, one.mend) for _, one in made.refused):
        hint(clean(f"peerkit: {sentence(message)}"))
        if mend:
            hint(clean(f"  {sentence(mend)}"))
    if is_opened and written:
        _open(written)
    return code


def _refuse(found: Checked, wish: _Wish, code: Exit, *, as_json: bool) -> Exit:
    if as_json:
        _answer(found, None, _Made(papers=(), refused=()), code)
    else:
        tell_problems(found.problems, wish.folder)
    hint(f"peerkit: Nothing was made, because of {counted(found.problems)}.")
    if found.is_register:
        hint(f"  Mend what is listed here, then try again: peerkit render {typed(wish.folder)}")
    return code


def _make(found: Checked, wish: _Wish, today: dt.date) -> _Made:
    offers, register = found.offers, found.register
    formats = _formats(wish, offers)
    wanted = verbs.jobs(register, wish.paper, wish.subject, offers=offers)
    if not wanted:
        raise _nothing_to_make(found)
    template = _template(wish, formats, offers)
    upto = _upto(wish.upto, offers) if wish.upto else None
    names = {one: verbs.file_names(register, one, offers=offers) for one in formats}
    papers: list[Rendered] = []
    refused: list[tuple[Job, RefusedError]] = []
    for job in wanted:
        try:
            made = tuple(
                verbs.render_job(
                    register,
                    job,
                    formats,
                    today=today,
                    on=wish.on,
                    audience=wish.audience,
                    template=template,
                    upto=upto,
                    offers=offers,
                )
            )
        except RefusedError as error:
            # One paper that may not be public yet does not hold up the others.
            refused.append((job, error))
        else:
            papers += (
                attrs.evolve(one, name=names[one.format].get((job, one.audience), one.name))
                for one in made
            )
    return _Made(papers=tuple(papers), refused=tuple(refused))


def _formats(wish: _Wish, offers: Offers) -> tuple[str, ...]:
    if not wish.formats:
        return next((one,) for one in _DEFAULT_FORMATS if one in offers.formats)
    for name in wish.formats:
        if name not in offers.formats:
            known = f"Formats here are {', '.join(sorted(offers.formats))}."
            plugin = _ELSEWHERE.get(name)
            more = f"To get it: python -m pip install {plugin}. " if plugin else ""
            raise UnknownNameError(f"There is no format “{name}”.", mend=more + known)
    return tuple(dict.fromkeys(wish.formats))


def _template(wish: _Wish, formats: tuple[str, ...], offers: Offers) -> Template | None:
    if not wish.template:
        return None
    filled = next((one for one in formats if offers.formats[one].takes_template), None)
    if filled is None:
        raise UnknownNameError(
            f"--template is for a format that fills templates, and {' and '.join(formats)} "
            f"{'does' if len(formats) == 1 else 'do'} not.",
            mend="Add --as docx.",
        )
    path = Path(wish.template)
    raw, problems = read_bytes(path.parent, path.name, TEMPLATE_BYTES)
    if raw is None:
        raise UnknownNameError(problems[0].message, mend=problems[0].advice)
    return Template(paper="*", format=filled, origin=path.name, read=lambda: raw)


def _upto(file: str, offers: Offers) -> Heads:
    from peerkit.verbs.verifying import heads_of  # noqa: PLC0415 - few papers are made again

    kept = heads_of(file, offers=offers)
    if any(one.heads != kept[0].heads for one in kept):
        raise UnknownNameError(
            f"The papers that {file} lists were made with different histories.",
            mend="Name the one paper that is to be made again.",
        )
    return kept[0].heads if kept else {}


def _nothing_to_make(found: Checked) -> PeerkitError:
    papers = found.register.configuration.papers
    if not found.offers.papers:
        return UnknownNameError(
            "No installed plugin offers a paper, so there is nothing to make.",
            mend="Install one: python -m pip install peerkit-committee",
        )
    if not papers:
        return UnknownNameError(
            f"peerkit.yaml of {found.register.name} configures no paper.",
            mend="Extend a pack that does, or add one under papers. "
            f"Papers are {', '.join(sorted(found.offers.papers))}.",
        )
    wanted = sorted({found.offers.papers[name].subject.replace("_", " ") for name in papers})
    return UnknownNameError(
        f"{found.register.name} has nothing that a paper could be about.",
        mend=f"Its papers are about a {', a '.join(wanted)}.",
    )


def _advice(made: _Made) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """
    Yield what there is to know of each template that papers were filled into.
    """
    known = {one.template: one.advice for one in made.papers}
    yield from ((template, problems) for template, problems in known.items() if problems)


def _answer(found: Checked, written: Written | None, made: _Made, code: Exit) -> None:
    say_json(
        {
            "peerkit": "render/1",
            "register": found.register.name,
            "out": written.folder.as_posix() if written else None,
            "manifest": written.manifest if written else None,
            "made": list(written.entries) if written else [],
            "refused": [
                {
                    "paper": job.paper,
                    "subject": job.subject,
                    "message": error.message,
                    "mend": error.mend,
                }
                for job, error in made.refused
            ],
            "problems": [problem_json(problem) for problem in found.problems],
            "advice": [
                {"template": template, "where": one.where, **problem_json(one)}
                for template, problems in _advice(made)
                for one in problems
            ],
            "exit": int(code),
        }
    )


def _tell(found: Checked, written: Written, made: _Made, wish: _Wish) -> None:
    for one in made.papers:
        say(f"{shown(written.folder / one.name)}  {one.title}")
    say()
    for template, problems in _advice(made):
        tell_problems(problems, template)
    say(
        f"{plural(len(made.papers), 'file')} written into {shown(written.folder)}; "
        f"{written.manifest} there lists them."
    )
    if found.problems:
        say(f"To see {counted(found.problems)}: peerkit check {typed(wish.folder)}")
    filled = next((one for one in made.papers if one.template), None)
    say(f"Next: open {shown(written.folder / (filled or made.papers[0]).name)}")
    if filled and not filled.template.endswith("of the register") and not wish.template:
        formats = found.offers.formats
        fills = formats[filled.format].fills or filled.format
        name = filled.job.paper + (formats[fills].suffix if fills in formats else "")
        own = shown(Path(wish.folder) / "templates" / name)
        say(f"It was filled into {filled.template}. To use one of your own, keep it as {own}")


def _open(written: Written) -> None:
    files = [str(one["file"]) for one in written.entries]
    path = written.folder / files[0] if len(files) == 1 else written.folder
    try:
        REAL.open_path(path)
    except (OSError, subprocess.SubprocessError):
        hint(f"peerkit: {shown(path)} could not be opened from here; open it yourself.")
