"""From a call's text, parse mode and entities to what the server stores."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final

from .entities import find_entities, trim, utf16_length
from .errors import Json, bad_request
from .markup import MarkupError, parse_html

if TYPE_CHECKING:
    from .wire import Params
    from .world import World

MAX_TEXT: Final = 4096
MAX_CAPTION: Final = 1024
_BLOCKS: Final = ("code", "pre")


@dataclass
class Composed:
    """Plain text with entities, and the text as the bot marked it up."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)
    html: str = ""


def compose_text(world: World, params: Params) -> Composed:
    """A message's text: not empty, and at most 4096 UTF-16 code units once parsed."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    composed = _compose(world, params, "text", "entities")
    if not composed.text:
        raise bad_request("text must be non-empty")
    if utf16_length(composed.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return composed


def compose_caption(world: World, params: Params) -> Composed:
    """A photo's or document's caption, perhaps empty."""
    composed = _compose(world, params, "caption", "caption_entities")
    if utf16_length(composed.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return composed


def _compose(world: World, params: Params, text_name: str, entities_name: str) -> Composed:
    source = params.text(text_name).replace("\r", "")
    text, entities, html = parse_mode_text(world, source, params.text("parse_mode"))
    if not params.text("parse_mode"):
        given = params.value(entities_name) or []
        if not isinstance(given, list):
            raise bad_request("Can't parse message entities JSON object")
        entities = [dict(entity) for entity in given]
        html = escape(source, quote=False)
    text, entities = trim(text, entities)
    return Composed(text, find_entities(text, _without_nested(entities)), html)


def parse_mode_text(world: World, source: str, mode: str) -> tuple[str, list[Json], str]:
    """Text, entities and mark-up of a text in a parse mode; only HTML and none are imitated."""
    if not mode:
        return source, [], source
    if mode.lower() in ("markdown", "markdownv2"):
        world.violations.append(f"parse mode {mode} is not imitated here")
        raise bad_request(f"can't parse entities: {mode} is not imitated")
    if mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        parsed = parse_html(source)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    world.violations += [f"HTML: {oddity}" for oddity in parsed.oddities]
    return parsed.text, [known for entity in parsed.entities if (known := _with_user(world, entity))], source


def _with_user(world: World, entity: Json) -> Json | None:
    """A mention by identifier shows the user; a user the bot never met is not mentioned."""
    if "user_id" not in entity:
        return entity
    user = world.users.get(entity["user_id"])
    shown = {name: value for name, value in entity.items() if name != "user_id"}
    return shown | {"user": user.json()} if user is not None else None


def _without_nested(entities: list[Json]) -> list[Json]:
    """Code and blocks of code hold no other entities."""
    blocks = [entity for entity in entities if entity["type"] in _BLOCKS]

    def inside(entity: Json) -> bool:
        return any(
            block is not entity
            and block["offset"] <= entity["offset"]
            and entity["offset"] + entity["length"] <= block["offset"] + block["length"]
            and entity["type"] not in _BLOCKS
            for block in blocks
        )

    return [entity for entity in entities if not inside(entity)]
