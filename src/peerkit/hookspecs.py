"""
The hooks through which everything is offered, our own formats included.

A plugin is a module named by an entry point in the group ``peerkit``. It
implements some of the hooks below with `hookimpl` and returns declarations; nothing
is handed a registry.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs
import pluggy

from peerkit.checking import Check
from peerkit.config import ConfigSection, Pack
from peerkit.deadlines import DeadlineSource
from peerkit.errors import ProblemKind
from peerkit.facts import Fact
from peerkit.model import RecordKind, ToldDay, WaitingDay
from peerkit.papers import Export, Format, Paper, Template

__all__ = ["Offers", "hookimpl", "hookspec", "late"]

hookspec = pluggy.HookspecMarker("peerkit")
hookimpl = pluggy.HookimplMarker("peerkit")


def late(module: str, name: str) -> Callable[..., Any]:
    """
    Return a function that stands for *name* of *module*, imported when it is called.

    So that offering a thing costs nothing until it is used.

    >>> late("math", "sqrt")(9)
    3.0
    """

    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*args, **kwargs)

    return call


@attrs.frozen(kw_only=True)
class Offers:
    """
    All that the plugins of this run offer, by name; gathered once, passed as a value.

    *origins* tells which plugin offered a thing, by hook and name.
    """

    record_kinds: Mapping[str, RecordKind] = MappingProxyType({})
    days: Mapping[tuple[str, str], ToldDay] = MappingProxyType({})
    waiting_days: Mapping[str, WaitingDay] = MappingProxyType({})
    facts: Mapping[tuple[str, str], Fact] = MappingProxyType({})
    checks: Mapping[str, Check] = MappingProxyType({})
    config_sections: Mapping[str, ConfigSection] = MappingProxyType({})
    packs: Mapping[str, Pack] = MappingProxyType({})
    papers: Mapping[str, Paper] = MappingProxyType({})
    formats: Mapping[str, Format] = MappingProxyType({})
    templates: Mapping[tuple[str, str], Template] = MappingProxyType({})
    deadlines: Mapping[str, DeadlineSource] = MappingProxyType({})
    exports: Mapping[str, Export] = MappingProxyType({})
    problem_kinds: Mapping[str, ProblemKind] = MappingProxyType({})
    origins: Mapping[tuple[str, str], str] = MappingProxyType({})


@hookspec
def peerkit_record_kinds() -> Iterable[RecordKind]:  # type: ignore[empty-body]
    """
    Offer kinds of record.

    Called once, when offers are gathered. Two plugins that offer the same name or
    plural are an error that names both.

    Returns:
        The kinds this plugin adds, in any order.
    """


@hookspec
def peerkit_days() -> Iterable[ToldDay]:  # type: ignore[empty-body]
    """
    Offer days of records that other records tell, for the `dated` stages of lifecycles.

    Called once. Two of one name for the same kind of record are an error that names both
    plugins.

    Returns:
        The days this plugin adds, in any order.
    """


@hookspec
def peerkit_waiting_days() -> Iterable[WaitingDay]:  # type: ignore[empty-body]
    """
    Offer what days come to that wait for something, such as `next meeting`.

    Called once. Two of the same words are an error that names both plugins.

    Returns:
        What this plugin can tell of such days, in any order.
    """


@hookspec
def peerkit_facts() -> Iterable[Fact]:  # type: ignore[empty-body]
    """
    Offer facts: questions with a closed list of answers, for cells of rules.

    Called once. The same name for the same kind of record, offered twice or being
    a field with choices, is an error that names both.

    Returns:
        The facts this plugin adds, in any order.
    """


@hookspec
def peerkit_checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """
    Offer checks of a register.

    Called once; each check is run by every `peerkit check` and before every
    `peerkit render`. Two of one name are an error that names both plugins.

    Returns:
        The checks this plugin adds, in any order.
    """


@hookspec
def peerkit_config_sections() -> Iterable[ConfigSection]:  # type: ignore[empty-body]
    """
    Offer top-level keys of the configuration, each with the class it is read into.

    Called once. Two of one name are an error that names both plugins. The keys
    `papers`, `fields` and `extends` are the core's.

    Returns:
        The sections this plugin adds, in any order.
    """


@hookspec
def peerkit_packs() -> Iterable[Pack]:  # type: ignore[empty-body]
    """
    Offer packs: folders of configuration and templates that a register can extend.

    Called once; a pack's folder is read only by registers that extend it. Two of
    one name are an error that names both plugins.

    Returns:
        The packs this plugin adds, in any order.
    """


@hookspec
def peerkit_papers() -> Iterable[Paper]:  # type: ignore[empty-body]
    """
    Offer papers: what a document contains.

    Called once. Two of one name are an error that names both plugins.

    Returns:
        The papers this plugin adds, in any order.
    """


@hookspec
def peerkit_formats() -> Iterable[Format]:  # type: ignore[empty-body]
    """
    Offer formats: how any document is drawn.

    Called once. Two plugins that offer the same name are an error that names both.

    Returns:
        The formats this plugin adds, in any order.
    """


@hookspec
def peerkit_templates() -> Iterable[Template]:  # type: ignore[empty-body]
    """
    Offer templates: files that a format fills.

    Called once; a template is read only when it is drawn. Two for one paper and
    format are an error that names both plugins. The register's own template comes
    before a pack's, a pack's before a plugin's, a paper's own before one for any (``*``).

    Returns:
        The templates this plugin adds, in any order.
    """


@hookspec
def peerkit_deadlines() -> Iterable[DeadlineSource]:  # type: ignore[empty-body]
    """
    Offer sources of deadlines: what works out of a register what is to be done by when.

    Called once; each source is asked by every `peerkit calendar`. Two of one name are an
    error that names both plugins.

    Returns:
        The sources this plugin adds, in any order.
    """


@hookspec
def peerkit_exports() -> Iterable[Export]:  # type: ignore[empty-body]
    """
    Offer exports: files that are no papers, such as a calendar.

    Called once. Two plugins that offer the same name are an error that names both.

    Returns:
        The exports this plugin adds, in any order.
    """


@hookspec
def peerkit_problem_kinds() -> Iterable[ProblemKind]:  # type: ignore[empty-body]
    """
    Offer kinds of problem beyond those that checks name in `finds`.

    Called once, so that `peerkit explain CODE` knows them. Two of one code are an
    error that names both plugins.

    Returns:
        The kinds this plugin adds, in any order.
    """
