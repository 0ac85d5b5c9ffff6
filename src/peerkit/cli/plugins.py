"""
`peerkit plugins`: what is installed, and what it offers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
import click

import peerkit
from peerkit.cli import options
from peerkit.cli.console import clean, filled, say, say_json, stdout_is_ours
from peerkit.cli.exits import Exit
from peerkit.plugins import InstalledPlugin, find_plugins, gather, hooks_of

__all__ = ["command"]


@attrs.frozen(kw_only=True)
class _Told:
    """
    A plugin, and the names of what it offers through each hook it implements.
    """

    name: str
    distribution: str
    version: str
    hooks: Mapping[str, list[str]]


@click.command(short_help="List what is installed, and what it offers.")
@options.as_json
@options.no_plugin
def command(as_json: bool, without: tuple[str, ...]) -> Exit:  # noqa: FBT001 - click passes it by name
    """
    List the plugins that are installed, and what each offers through which hook.
    """
    with stdout_is_ours():
        told = list(_told(without))
    if as_json:
        say_json({"peerkit": "plugins/1", "plugins": [attrs.asdict(one) for one in told]})
        return Exit.FINE
    for one in told:
        say(click.style(clean(f"{one.name} (of {one.distribution} {one.version})"), bold=True))
        for hook, names in one.hooks.items():
            say(filled(f"{hook}: {', '.join(names) or 'nothing'}", "  ", "    "))
        say()
    say("To learn more of anything named here: peerkit explain NAME")
    say("To leave a plugin out of one command: --no-plugin NAME")
    return Exit.FINE


def _told(without: tuple[str, ...]) -> Iterator[_Told]:
    origins = gather(without).origins
    offered: dict[str, dict[str, list[str]]] = {}
    for (hook, name), origin in origins.items():
        offered.setdefault(origin, {}).setdefault(hook, []).append(name)
    yield _Told(
        name="builtin",
        distribution="peerkit",
        version=peerkit.__version__,
        hooks=offered.get("builtin", {}),
    )
    for plugin in find_plugins(without):
        yield _Told(
            name=plugin.name,
            distribution=plugin.distribution,
            version=plugin.version,
            hooks=_hooks(plugin, offered),
        )


def _hooks(
    plugin: InstalledPlugin, offered: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, list[str]]:
    titles = (f"{plugin.title} ({plugin.name})", plugin.title)
    mine = next((offered[title] for title in titles if title in offered), {})
    return {hook: mine.get(hook, []) for hook in dict.fromkeys((*hooks_of(plugin), *mine))}
