"""Calls of the Bot API without the library's objects on the way: to make and to read those of a message takes longer than all else about sending it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter


async def call(bot: ExtBot[Any], method: str, parameters: Mapping[str, object]) -> Any:  # noqa: ANN401 - JSON
    """Make a call when it is its turn.

    Args:
        bot: Whose token and limits hold.
        method: Its name in the Bot API.
        parameters: As they go over the wire; those that are None are left out.

    Returns:
        The result as JSON.

    Raises:
        TelegramError: As the library's own methods raise it.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    data = RequestData([RequestParameter(name, value, None) for name, value in given.items()])
    args = (f"{bot.base_url}/{method}", data)
    if bot.rate_limiter is None:
        return await bot.request.post(*args)
    return await bot.rate_limiter.process_request(bot.request.post, args, {}, method, given, None)
