"""What the bot says about itself: where its answers come from, what it keeps, and what it has deleted. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.formatting import cut, escape
from bot.rendering import MAX_TITLE, Renderer
from bot.reply import Reply


def sources(renderer: Renderer) -> Reply:
    """Where everything comes from."""
    text = renderer.words(
        "sources-about",
        title=cut(renderer.base.advisory.title, MAX_TITLE),
        origin=renderer.origin(),
        passages=len(renderer.base.passages),
        disclaimer=renderer.disclaimer_text(),
    )
    return Reply(escape(text.strip()), renderer.read_row())


def privacy(renderer: Renderer, minutes: int, walk: int) -> Reply:
    """What is kept, and for how many minutes: the last answer, and how far a checklist has gone."""
    operator = renderer.operator or renderer.words("nobody-named")
    automatic = renderer.words("language-automatic")
    text = renderer.words("privacy-text", minutes=minutes, walk=walk, operator=operator, automatic=automatic)
    return Reply(escape(text))


def forgotten(renderer: Renderer, counts: Mapping[str, int]) -> Reply:
    """What was deleted, as the catalogue names each kind: `forgotten-...`."""
    kinds = [renderer.words(f"forgotten-{kind}", count=count) for kind, count in counts.items() if count]
    if not kinds:
        return renderer.say("forgotten-nothing")
    return Reply(escape("\n".join([renderer.words("forgotten"), *(f"\N{EN DASH} {kind}" for kind in kinds)])))
