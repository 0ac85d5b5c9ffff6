"""
Gather what plugins offer, once; refuse, by name, what does not fit together.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import attrs
import pluggy

from peerkit import hookspecs
from peerkit.checking import Check
from peerkit.config import ConfigSection, Pack
from peerkit.errors import PluginError, ProblemKind
from peerkit.facts import Fact, choice_facts
from peerkit.hookspecs import Offers
from peerkit.loading.problems import PROBLEM_KINDS
from peerkit.model import RecordKind
from peerkit.papers import Format, Paper, Template

__all__ = ["GROUP", "NO_AUTOLOAD", "InstalledPlugin", "find_plugins", "gather"]

GROUP = "peerkit"
NO_AUTOLOAD = "PEERKIT_NO_AUTOLOAD"


@attrs.frozen(kw_only=True)
class InstalledPlugin:
    """
    A plugin found by its entry point, or handed over as a module.
    """

    name: str
    distribution: str
    version: str
    load: Callable[[], object] = attrs.field(repr=False, eq=False)

    @property
    def title(self) -> str:
        """
        What messages call it: its distribution, and its own name where that differs.
        """
        return self.distribution or self.name


@attrs.frozen
class _Hook:
    """
    What one hook must return, how its items are told apart, and where they go.
    """

    item: type
    key: Callable[[Any], Any]
    into: str

    def said(self, key: Any) -> str:
        return " of ".join(key) if isinstance(key, tuple) else str(key)


_HOOKS: dict[str, _Hook] = {
    "peerkit_record_kinds": _Hook(RecordKind, lambda kind: kind.name, "record_kinds"),
    "peerkit_facts": _Hook(Fact, lambda fact: (fact.kind, fact.name), "facts"),
    "peerkit_checks": _Hook(Check, lambda check: check.name, "checks"),
    "peerkit_config_sections": _Hook(ConfigSection, lambda section: section.name, "config_sections"),
    "peerkit_packs": _Hook(Pack, lambda pack: pack.name, "packs"),
    "peerkit_papers": _Hook(Paper, lambda paper: paper.name, "papers"),
    "peerkit_formats": _Hook(Format, lambda format_: format_.name, "formats"),
    "peerkit_templates": _Hook(
        Template, lambda template: (template.paper, template.format), "templates"
    ),
    "peerkit_problem_kinds": _Hook(ProblemKind, lambda kind: kind.code, "problem_kinds"),
}


def find_plugins(without: Collection[str] = ()) -> tuple[InstalledPlugin, ...]:
    """
    Return the installed plugins by name, but for those named in *without*.

    None is found while the variable ``PEERKIT_NO_AUTOLOAD`` is set. A plugin may be
    named by its own name or by its distribution's.

    Raises:
        PluginError: If *without* names a plugin that is not there, or two
            distributions offer plugins of one name.
    """
    if os.environ.get(NO_AUTOLOAD):
        return ()
    found: dict[str, InstalledPlugin] = {}
    for point in importlib.metadata.entry_points(group=GROUP):
        plugin = InstalledPlugin(
            name=point.name,
            distribution=point.dist.name if point.dist else "",
            version=point.dist.version if point.dist else "",
            load=point.load,
        )
        other = found.get(point.name)
        if other is not None and other != plugin:
            raise PluginError(
                f"two plugins are named {point.name}: one of {other.title}, one of {plugin.title}",
                mend="uninstall one of them",
            )
        found[point.name] = plugin
    for name in without:
        if not any(name in (plugin.name, plugin.distribution) for plugin in found.values()):
            raise PluginError(
                f"there is no plugin {name} to leave out",
                mend="peerkit plugins lists those installed",
            )
    return tuple(
        plugin
        for _, plugin in sorted(found.items())
        if plugin.name not in without and plugin.distribution not in without
    )


@contextlib.contextmanager
def _blaming(title: str, doing: str) -> Iterator[None]:
    """
    Turn whatever a plugin raises into an error that names it; keep stdout clean.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except PluginError:
        raise
    except Exception as error:
        raise PluginError(
            f"the plugin {title} failed while {doing}: {type(error).__name__}: {error}",
            mend=f"update or uninstall {title}, or leave it out with --no-plugin {title}",
        ) from error


def _load(plugins: Iterable[InstalledPlugin]) -> pluggy.PluginManager:
    manager = pluggy.PluginManager("peerkit")
    manager.add_hookspecs(hookspecs)
    for plugin in plugins:
        with _blaming(plugin.title, "being imported"):
            module = plugin.load()
        with _blaming(plugin.title, "being registered"):
            manager.register(module, name=plugin.title)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        name = manager.get_name(error.plugin) or str(error.plugin)
        raise PluginError(
            f"the plugin {name} implements a hook that does not exist: {error}",
            mend=f"update or uninstall {name}, or leave it out with --no-plugin {name}",
        ) from error
    return manager


def _items(hook: str, implementation: Any, wanted: _Hook) -> tuple[Any, ...]:
    title = implementation.plugin_name
    with _blaming(title, f"answering {hook}"):
        answer = implementation.function()
        items = tuple(answer) if isinstance(answer, Iterable) else None
    if items is None or not all(isinstance(item, wanted.item) for item in items):
        got = type(answer).__name__ if items is None else _odd(items, wanted.item)
        raise PluginError(
            f"the plugin {title} answers {hook} with {got} where "
            f"several {wanted.item.__name__} are expected",
            mend=f"update or uninstall {title}, or leave it out with --no-plugin {title}",
        )
    return items


def _odd(items: tuple[Any, ...], wanted: type) -> str:
    return next(type(item).__name__ for item in items if not isinstance(item, wanted))


def gather(
    without: Collection[str] = (), extra: Iterable[tuple[str, object]] = ()
) -> Offers:
    """
    Return all that installed plugins offer, but for those named in *without*.

    *extra* are further plugins as pairs of a name and a module or object.

    Raises:
        PluginError: If a plugin cannot be imported, implements a hook that does not
            exist, raises, returns the wrong thing, or clashes with another.
    """
    builtin = InstalledPlugin(
        name="builtin",
        distribution="",
        version="",
        load=lambda: importlib.import_module("peerkit.builtin"),
    )
    handed = [
        InstalledPlugin(name=name, distribution="", version="", load=lambda found=found: found)
        for name, found in extra
    ]
    manager = _load([builtin, *find_plugins(without), *handed])
    found: dict[str, dict[Any, Any]] = {hook.into: {} for hook in _HOOKS.values()}
    origins: dict[tuple[str, str], str] = {}

    def take(hook: str, wanted: _Hook, item: Any, origin: str) -> None:
        key = wanted.key(item)
        other = origins.get((hook, wanted.said(key)))
        if other is not None:
            raise PluginError(
                f"both {other} and {origin} offer “{wanted.said(key)}” through {hook}",
                mend=f"uninstall one of them, or leave one out with --no-plugin {origin}",
            )
        origins[hook, wanted.said(key)] = origin
        found[wanted.into][key] = item

    for problem in PROBLEM_KINDS:
        take("peerkit_problem_kinds", _HOOKS["peerkit_problem_kinds"], problem, "builtin")
    for hook, wanted in _HOOKS.items():
        # pluggy lists the implementation registered last first; ours come in order.
        for implementation in getattr(manager.hook, hook).get_hookimpls():
            for item in _items(hook, implementation, wanted):
                take(hook, wanted, item, implementation.plugin_name)
    for kind in found["record_kinds"].values():
        for fact in choice_facts(kind):
            origin = origins["peerkit_record_kinds", kind.name]
            take("peerkit_facts", _HOOKS["peerkit_facts"], fact, origin)
    for check in found["checks"].values():
        for problem in check.finds:
            if found["problem_kinds"].get(problem.code) is not problem:
                origin = origins["peerkit_checks", check.name]
                take("peerkit_problem_kinds", _HOOKS["peerkit_problem_kinds"], problem, origin)
    _refuse_plural_clash(found["record_kinds"], origins)
    return Offers(**found, origins=origins)


def _refuse_plural_clash(kinds: dict[str, RecordKind], origins: dict[tuple[str, str], str]) -> None:
    words: dict[str, str] = {}
    for kind in kinds.values():
        for word in {kind.name, kind.plural}:
            if word in words:
                first = origins["peerkit_record_kinds", words[word]]
                second = origins["peerkit_record_kinds", kind.name]
                raise PluginError(
                    f"both {first} and {second} use “{word}” for a kind of record",
                    mend="leave one of them out with --no-plugin",
                )
            words[word] = kind.name
