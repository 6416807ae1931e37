"""The store of DATABASE_URL and STORE_KEY, for every command that needs it."""

from __future__ import annotations

from bot.settings import Settings, SettingsError
from bot.store.opening import StoreInDatabase, open_store


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
