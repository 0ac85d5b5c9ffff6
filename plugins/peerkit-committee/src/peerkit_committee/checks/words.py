"""
Checks of the words and sentences that papers print.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from peerkit import Check, Configuration, Snapshot
from peerkit.errors import Address, Problem, ProblemKind, Severity
from peerkit_committee.checks.filling import listed
from peerkit_committee.configuration import minute_styles_of, wording_of
from peerkit_committee.papers.parts import PARTS
from peerkit_committee.wording import (
    OPTIONAL,
    PLACES,
    STYLE_PLACES,
    Places,
    Wording,
    places_in,
)

__all__ = ["CHECKS"]

MISSING_WORDING = ProblemKind(
    code="missing-wording",
    severity=Severity.ERROR,
    meaning="A word or sentence that papers print is not configured.",
    mend="Extend the pack english-committee, or add the word under wording in peerkit.yaml.",
)
MISSING_PLACE = ProblemKind(
    code="missing-place",
    severity=Severity.ERROR,
    meaning="A sentence of the configuration lacks a place in braces that it must have, so that "
    "what belongs there would not be printed.",
    mend="Write the place into the sentence, in braces.",
)
UNKNOWN_PLACE = ProblemKind(
    code="unknown-place",
    severity=Severity.ERROR,
    meaning="A sentence of the configuration has a place in braces for something that cannot be "
    "put there.",
    mend="Correct the name in braces, or take it out.",
)


def _sentences(configuration: Configuration) -> Iterator[tuple[str, str, Places]]:
    """
    Yield where every sentence stands, what it says, and the places it can have.
    """
    wording = wording_of(configuration)
    for field in attrs.fields(Wording):
        said = getattr(wording, field.name)
        if isinstance(said, str):
            yield f"wording/{field.name}", said, PLACES.get(field.name, Places())
    for paper, parts in PARTS.items():
        for name, places in parts.sentences.items():
            said = getattr(configuration.papers.get(paper), name, "")
            yield f"papers/{paper}/{name}", said, places
    for style, settings in minute_styles_of(configuration).items():
        for name, places in STYLE_PLACES.items():
            yield f"minute_styles/{style}/{name}", getattr(settings, name), places


def _places(snapshot: Snapshot) -> Iterator[Problem]:
    for path, sentence, places in _sentences(snapshot.configuration):
        name = path.rpartition("/")[2]
        found = places_in(sentence)
        for place in places.must if sentence else ():
            if place not in found:
                yield Problem(
                    kind=MISSING_PLACE,
                    message=f"“{name}” lacks {{{place}}}, and what belongs there would be lost.",
                    address=Address("configuration", path),
                )
        for place in dict.fromkeys(found):
            if place not in places.known:
                known = listed(f"{{{one}}}" for one in places.known)
                yield Problem(
                    kind=UNKNOWN_PLACE,
                    message=f"“{name}” cannot have {{{place}}}; its places: {known}.",
                    address=Address("configuration", path),
                )


def _wording(snapshot: Snapshot) -> Iterator[Problem]:
    configuration = snapshot.configuration
    wording = wording_of(configuration)
    missing = [
        field.name
        for field in attrs.fields(Wording)
        if field.name not in OPTIONAL and not getattr(wording, field.name)
    ]
    if missing and configuration.papers:
        yield Problem(
            kind=MISSING_WORDING,
            message=f"No words are configured for {', '.join(missing)}.",
            address=Address("configuration", "wording"),
        )


CHECKS: tuple[Check, ...] = (
    Check(
        name="wording",
        doc="Every word that papers print is configured.",
        finds=(MISSING_WORDING,),
        sections=("wording", "papers"),
        find=_wording,
    ),
    Check(
        name="places",
        doc="Every sentence of the configuration has the places it must, and no others.",
        finds=(MISSING_PLACE, UNKNOWN_PLACE),
        sections=("wording", "papers", "minute_styles"),
        find=_places,
    ),
)
