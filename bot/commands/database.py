"""The store of DATABASE_URL and STORE_KEY, for every command that needs it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import settings
from bot.settings import Settings, SettingsError
from bot.store.opening import StoreInDatabase, open_store
from bot.store.protocol import StoreError

T = TypeVar("T")


async def opened(loaded: Settings) -> StoreInDatabase:
    """The store.

    Raises:
        SettingsError: DATABASE_URL isn't usable.
        StoreError: The database isn't.
    """
    key = loaded.store_key.get_secret_value() if loaded.store_key else ""
    try:
        return await open_store(loaded.database_url, key)
    except ValueError:
        raise SettingsError(
            ["DATABASE_URL is not usable: set it to sqlite:///file.db or postgresql://..."]
        ) from None


def tell(look: Callable[[StoreInDatabase], Awaitable[T]], show: Callable[[T], bool]) -> int:
    """Look into the store that the settings name, and show what was found.

    Args:
        look: Reads what it needs.
        show: Prints or writes it; False where it couldn't, which it has said.

    Returns:
        0, or 1 where the database can't be used, which is said on standard error, or it couldn't be shown.
    """

    async def found() -> T:
        store = await opened(settings.load())
        try:
            return await look(store)
        finally:
            await store.close()

    try:
        seen = asyncio.run(found())
    except StoreError as error:
        print(f"advisory-bot: {error}", file=sys.stderr)
        return 1
    return 0 if show(seen) else 1
