"""The store of DATABASE_URL and STORE_KEY, for every command that needs it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from bot import settings
from bot.settings import Settings, SettingsError
from bot.store.engine import file_of, parsed
from bot.store.opening import StoreInDatabase, open_store
from bot.store.protocol import StoreError, StoreUnusableError

T = TypeVar("T")


def check(loaded: Settings) -> None:
    """See that the settings name a database, and a key where there is no place for a key file.

    Raises:
        SettingsError: DATABASE_URL isn't usable, or STORE_KEY is missing.
    """
    if _file(loaded) is None and loaded.store_key is None:
        raise SettingsError(
            ["STORE_KEY is missing: a PostgreSQL database has no place beside it for a key file."]
        )


async def opened(loaded: Settings) -> StoreInDatabase:
    """The store.

    Raises:
        SettingsError: DATABASE_URL isn't usable, or STORE_KEY is missing.
        StoreError: The database isn't usable.
    """
    check(loaded)
    key = loaded.store_key.get_secret_value() if loaded.store_key else ""
    try:
        return await open_store(loaded.database_url, key)
    except ValueError:
        raise _unusable() from None


def _file(loaded: Settings) -> Path | None:
    """The file of the database; None for another one.

    Raises:
        SettingsError: DATABASE_URL isn't usable.
    """
    try:
        return file_of(parsed(loaded.database_url))
    except ValueError:
        raise _unusable() from None


def _unusable() -> SettingsError:
    return SettingsError(["DATABASE_URL is not usable: set it to sqlite:///file.db or postgresql://..."])


def tell(look: Callable[[StoreInDatabase], Awaitable[T]], show: Callable[[T], bool]) -> int:
    """Look into the store that the settings name, and show what was found.

    Args:
        look: Reads what it needs.
        show: Prints or writes it; False where it couldn't, which it has said.

    Returns:
        0, or 1 where the database can't be used, which is said on standard error, or it couldn't be shown.
    """

    async def found() -> T:
        loaded = settings.load()
        file = _file(loaded)
        if file is not None and not file.exists():
            # Opening would make it, and a slip of the pen in its name look like an empty one.
            raise StoreUnusableError(
                f"there is no database {file}: set DATABASE_URL to the bot's, or run the bot first"
            )
        store = await opened(loaded)
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
