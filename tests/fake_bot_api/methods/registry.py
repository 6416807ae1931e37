"""Where each method registers under its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from tests.fake_bot_api.wire import Params
    from tests.fake_bot_api.world import World

Result: TypeAlias = dict[str, Any] | list[dict[str, Any]] | bool | int | str
Handler: TypeAlias = "Callable[[World, Params], Result | Awaitable[Result]]"

METHODS: Final[dict[str, Handler]] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Register a function as the method of this name. It runs under the world's lock, up to its first await."""

    def register(handler: Handler) -> Handler:
        METHODS[name.lower()] = handler
        return handler

    return register
