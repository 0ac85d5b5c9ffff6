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
from functools import partial
from typing import Any

import attrs
import pluggy

from peerkit import hookspecs
from peerkit.checking import Check
from peerkit.config import ConfigSection, Pack
from peerkit.deadlines import DeadlineSource
from peerkit.errors import PeerkitError, PluginError, ProblemKind, closest, did_you_mean
from peerkit.facts import Fact, choice_facts
from peerkit.history.occasions import OCCASION
from peerkit.hookspecs import Offers, hookimpl
from peerkit.loading.problems import PROBLEM_KINDS
from peerkit.model import RecordKind, ToldDay, WaitingDay
from peerkit.papers import Export, Format, Paper, Template, Trust

__all__ = [
    "BUILTIN",
    "GROUP",
    "NO_AUTOLOAD",
    "InstalledPlugin",
    "blaming",
    "find_plugins",
    "gather",
    "hooks_of",
]

GROUP = "peerkit"
BUILTIN = "builtin"
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

    @property
    def names(self) -> tuple[str, ...]:
        """
        The names by which it can be left out.
        """
        return tuple(filter(None, (self.name, self.distribution)))


@attrs.frozen
class _Hook:
    """
    What one hook must return, how its items are told apart, and where they go.
    """

    item: type
    key: Callable[[Any], Any]
    into: str
    kind_first: bool = False

    def said(self, key: Any) -> str:
        parts = key if isinstance(key, tuple) else (str(key),)
        return " of ".join(reversed(parts) if self.kind_first else parts)


_HOOKS: dict[str, _Hook] = {
    "peerkit_record_kinds": _Hook(RecordKind, lambda kind: kind.name, "record_kinds"),
    "peerkit_days": _Hook(ToldDay, lambda day: (day.kind, day.name), "days", kind_first=True),
    "peerkit_waiting_days": _Hook(WaitingDay, lambda day: day.words, "waiting_days"),
    "peerkit_facts": _Hook(Fact, lambda fact: (fact.kind, fact.name), "facts", kind_first=True),
    "peerkit_checks": _Hook(Check, lambda check: check.name, "checks"),
    "peerkit_config_sections": _Hook(
        ConfigSection, lambda section: section.name, "config_sections"
    ),
    "peerkit_packs": _Hook(Pack, lambda pack: pack.name, "packs"),
    "peerkit_papers": _Hook(Paper, lambda paper: paper.name, "papers"),
    "peerkit_formats": _Hook(Format, lambda format_: format_.name, "formats"),
    "peerkit_templates": _Hook(
        Template, lambda template: (template.paper, template.format), "templates"
    ),
    "peerkit_deadlines": _Hook(DeadlineSource, lambda source: source.name, "deadlines"),
    "peerkit_exports": _Hook(Export, lambda export: export.name, "exports"),
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
                f"Two plugins are named {point.name}: one of {other.title}, one of {plugin.title}.",
                mend="Uninstall one of them.",
            )
        found[point.name] = plugin
    names = {_folded(name): name for name in without}
    known = {_folded(name) for plugin in found.values() for name in plugin.names}
    for folded, name in names.items():
        if folded not in known:
            raise PluginError(
                f"There is no plugin {name} to leave out.",
                mend=did_you_mean(closest(folded, known))
                or "peerkit plugins lists those installed.",
            )
    return tuple(
        plugin
        for _, plugin in sorted(found.items())
        if not any(_folded(name) in names for name in plugin.names)
    )


def _folded(name: str) -> str:
    # Packaging takes peerkit_docx and Peerkit-Docx for one distribution.
    return name.replace("_", "-").replace(".", "-").casefold()


def hooks_of(plugin: InstalledPlugin) -> tuple[str, ...]:
    """
    Return the names of the hooks that a plugin implements.

    Raises:
        PluginError: If it cannot be imported.
    """
    with blaming(plugin.title, "being imported", passing=PluginError):
        module = plugin.load()
    return tuple(hook for hook in _HOOKS if _is_implementation(module, hook))


def _is_implementation(module: object, name: str) -> bool:
    marker = f"{hookimpl.project_name}_impl"
    return getattr(getattr(module, name, None), marker, None) is not None


@contextlib.contextmanager
def blaming(
    title: str, doing: str, *, passing: type[PeerkitError] = PeerkitError
) -> Iterator[None]:
    """
    Turn whatever the plugin *title* raises while *doing* something into an error that
    names it; what it means to say to the user passes. Its prints go to stderr.

    Raises:
        PluginError: For any other exception than *passing*; our own bugs stay as they are.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except passing:
        raise
    except (Exception, SystemExit) as error:
        if title == BUILTIN:
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise PluginError(
            f"The plugin {title} failed while {doing}: {said}",
            mend=f"Update or uninstall {title}, or leave it out with --no-plugin {title}.",
        ) from error


def _handed(found: object) -> object:
    return found


def _load(plugins: Iterable[InstalledPlugin]) -> pluggy.PluginManager:
    manager = pluggy.PluginManager("peerkit")
    manager.add_hookspecs(hookspecs)
    for plugin in plugins:
        with blaming(plugin.title, "being imported", passing=PluginError):
            module = plugin.load()
        _refuse_misspelt(module, plugin.title)
        # One distribution may offer several plugins.
        is_second = manager.has_plugin(plugin.title)
        name = f"{plugin.title} ({plugin.name})" if is_second else plugin.title
        with blaming(plugin.title, "being registered", passing=PluginError):
            manager.register(module, name=name)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        name = manager.get_name(error.plugin) or str(error.plugin)
        raise PluginError(
            f"The plugin {name} implements a hook that does not exist: {error}.",
            mend=f"Update or uninstall {name}, or leave it out with --no-plugin {name}.",
        ) from error
    return manager


def _refuse_misspelt(module: object, title: str) -> None:
    for name in dir(module):
        if name.startswith("peerkit_") and name not in _HOOKS and _is_implementation(module, name):
            raise PluginError(
                f"The plugin {title} implements a hook that does not exist: {name}",
                mend=did_you_mean(closest(name, _HOOKS))
                or f"update or uninstall {title}, or leave it out with --no-plugin {title}.",
            )


def _items(hook: str, implementation: Any, wanted: _Hook) -> tuple[Any, ...]:
    title = implementation.plugin_name
    with blaming(title, f"answering {hook}", passing=PluginError):
        answer = implementation.function()
        items = tuple(answer) if isinstance(answer, Iterable) else None
    if items is None or not all(isinstance(item, wanted.item) for item in items):
        got = type(answer).__name__ if items is None else _odd(items, wanted.item)
        raise PluginError(
            f"The plugin {title} answers {hook} with {got} where "
            f"several {wanted.item.__name__} are expected.",
            mend=f"Update or uninstall {title}, or leave it out with --no-plugin {title}.",
        )
    return items


def _odd(items: tuple[Any, ...], wanted: type) -> str:
    return next(type(item).__name__ for item in items if not isinstance(item, wanted))


def gather(without: Collection[str] = (), extra: Iterable[tuple[str, object]] = ()) -> Offers:
    """
    Return all that installed plugins offer, but for those named in *without*.

    *extra* are further plugins as pairs of a name and a module or object.

    Raises:
        PluginError: If a plugin cannot be imported, implements a hook that does not
            exist, raises, returns the wrong thing, or clashes with another.
    """
    builtin = InstalledPlugin(
        name=BUILTIN,
        distribution="",
        version="",
        load=lambda: importlib.import_module("peerkit.builtin"),
    )
    handed = [
        InstalledPlugin(name=name, distribution="", version="", load=partial(_handed, found))
        for name, found in extra
    ]
    manager = _load([builtin, *find_plugins(without), *handed])
    gathering = _Gathering()
    for problem in PROBLEM_KINDS:
        gathering.take("peerkit_problem_kinds", problem, BUILTIN)
    for hook, wanted in _HOOKS.items():
        for implementation in getattr(manager.hook, hook).get_hookimpls():
            for item in _items(hook, implementation, wanted):
                gathering.take(hook, item, implementation.plugin_name)
    gathering.derive()
    return gathering.offers()


class _Gathering:
    """
    Offers as they come in; the second of one name is refused, and both are named.
    """

    def __init__(self) -> None:
        self._found: dict[str, dict[Any, Any]] = {hook.into: {} for hook in _HOOKS.values()}
        self._origins: dict[tuple[str, str], str] = {}

    def take(self, hook: str, item: Any, origin: str) -> None:
        wanted = _HOOKS[hook]
        key = wanted.key(item)
        named = (hook, wanted.said(key))
        other = self._origins.get(named)
        if other is not None:
            raise PluginError(
                f"Both {other} and {origin} offer “{wanted.said(key)}” through {hook}.",
                mend=f"Uninstall one of them, or leave one out with --no-plugin {origin}.",
            )
        self._origins[named] = origin
        self._found[wanted.into][key] = item

    def derive(self) -> None:
        """
        Add what follows from the rest: days of kinds, facts of choice fields, problem
        kinds of checks, and that what a plugin offers was installed.
        """
        for key, template in self._found["templates"].items():
            self._found["templates"][key] = attrs.evolve(template, trust=Trust.INSTALLED)
        kinds: dict[str, RecordKind] = self._found["record_kinds"]
        for (kind, name), day in self._found["days"].items():
            if kind in kinds:
                kinds[kind] = attrs.evolve(kinds[kind], days={**kinds[kind].days, name: day})
        for kind in kinds.values():
            origin = self._origins["peerkit_record_kinds", kind.name]
            for fact in choice_facts(kind):
                self.take("peerkit_facts", fact, origin)
        known = self._found["problem_kinds"]
        for check in self._found["checks"].values():
            for problem in check.finds:
                if known.get(problem.code) is not problem:
                    origin = self._origins["peerkit_checks", check.name]
                    self.take("peerkit_problem_kinds", problem, origin)
        _refuse_plural_clash(kinds, self._origins)

    def offers(self) -> Offers:
        return Offers(**self._found, origins=self._origins)


def _refuse_plural_clash(kinds: dict[str, RecordKind], origins: dict[tuple[str, str], str]) -> None:
    words: dict[str, str] = {}
    for kind in kinds.values():
        if OCCASION in (kind.name, kind.plural):
            origin = origins["peerkit_record_kinds", kind.name]
            raise PluginError(
                f"{origin} calls a kind of record “{OCCASION}”, as only what happened is called.",
                mend=f"Update {origin}, or leave it out with --no-plugin {origin}.",
            )
        for word in {kind.name, kind.plural}:
            if word in words:
                first = origins["peerkit_record_kinds", words[word]]
                second = origins["peerkit_record_kinds", kind.name]
                raise PluginError(
                    f"Both {first} and {second} use “{word}” for a kind of record.",
                    mend="Leave one of them out with --no-plugin.",
                )
            words[word] = kind.name
