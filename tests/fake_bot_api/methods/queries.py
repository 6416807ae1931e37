"""Answers to callback and inline queries, and to guests' mentions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.fake_bot_api.compose import MAX_TEXT, parse_mode_text
from tests.fake_bot_api.entities import utf16_length
from tests.fake_bot_api.errors import Json, bad_request
from tests.fake_bot_api.keyboards import check_inline_keyboard

from .registry import Result, method

if TYPE_CHECKING:
    from tests.fake_bot_api.wire import Params
    from tests.fake_bot_api.world import Query, World

MAX_ANSWER: Final = 200
MAX_RESULTS: Final = 50


def _open_query(world: World, kind: str, query_id: str) -> Query:
    """A query that still waits: known, not answered yet, and not too old."""
    query = world.queries.get(query_id)
    late = query is not None and world.clock.now() - query.asked > world.query_seconds
    if query is None or late or query.kind != kind or query.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return query


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> Result:
    """End the button's waiting, perhaps with a notice."""
    if len(params.text("text")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    # Any other link is for a game, and there are none here.
    opens_bot = rf"https://t\.me/{world.bot.username}\?start=[A-Za-z0-9_-]{{1,64}}"
    if params.text("url") and not re.fullmatch(opens_bot, params.text("url")):
        raise bad_request("URL_INVALID")
    _open_query(world, "callback", params.text("callback_query_id")).answer = dict(params.values)
    return True


@method("answerInlineQuery")
def answer_inline_query(world: World, params: Params) -> Result:
    """Offer results to an inline query."""
    results = params.value("results")
    if not isinstance(results, list):
        raise bad_request("Can't parse inline query results JSON object")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    button = params.value("button") or {}
    if "start_parameter" in button and not re.fullmatch(r"[\w-]{1,64}", button["start_parameter"], re.ASCII):
        raise bad_request("START_PARAM_INVALID")
    names = [_check_result(world, result) for result in results]
    if len(set(names)) < len(names):
        raise bad_request("RESULT_ID_DUPLICATE")
    _open_query(world, "inline", params.text("inline_query_id")).answer = dict(params.values)
    return True


def _check_result(world: World, result: Json) -> str:
    name = str(result.get("id") or "")
    if not name or len(name.encode()) > 64:
        raise bad_request("RESULT_ID_INVALID")
    content = result.get("input_message_content") or {}
    if "message_text" in content:
        if not content["message_text"]:
            raise bad_request("message text is empty")
        text, _, _ = parse_mode_text(world, content["message_text"], content.get("parse_mode") or "")
        if utf16_length(text) > MAX_TEXT:
            raise bad_request("MESSAGE_TOO_LONG")
    check_inline_keyboard(result.get("reply_markup") or {})
    return name


@method("answerGuestQuery")
def answer_guest_query(world: World, params: Params) -> Result:
    """Have a message posted into the chat where a guest was mentioned, once."""
    result = params.value("result")
    if not isinstance(result, dict):
        raise bad_request("Can't parse inline query result JSON object")
    _check_result(world, result)
    query = _open_query(world, "guest", params.text("guest_query_id"))
    query.answer = dict(params.values)
    return {"inline_message_id": f"GUEST-{query.id}"}
