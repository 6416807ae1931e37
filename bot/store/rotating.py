"""Puts what was encrypted with an older key under the first one, so that the older can go."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import Column, Connection, Select, bindparam, select, true, update

from bot.store.access import Access
from bot.store.keys import StoreKey
from bot.store.tables import handed, secrets, suggestions, updates

log = logging.getLogger(__name__)

# By what a row is known, what is encrypted in it, and which rows have that. The secrets come last: until all else is
# done, whoever leaves the older key out is told that it is needed.
_ENCRYPTED: Final = (
    (suggestions.c.number, suggestions.c.text, true()),
    (handed.c.number, handed.c.body, true()),
    (updates.c.number, updates.c.body, updates.c.ended.is_(None)),
    (secrets.c.name, secrets.c.value, true()),
)
_AT_ONCE: Final = 500
"""A fraction of a second's work, also where the disk is slow, and no more than SQLite takes in one statement."""


async def reencrypt(access: Access, key: StoreKey) -> None:
    """Renew what isn't under the first key, a few hundred rows in a transaction: cut off anywhere, it goes on from there the next time.

    Raises:
        StoreUnavailableError: The database can't be reached or written right now.
        StoreUnusableError: It can't be used as it is.
    """
    if key.is_single:
        return
    renewed = 0
    for name, value, where in _ENCRYPTED:
        names = await access.run(partial(_selected, select(name).where(where)))
        if len(names) > _AT_ONCE:
            log.info("STORE_KEY: going through %s encrypted %s", len(names), value.table.name)
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            renewed += await access.run(partial(_renew, key=key, name=name, value=value, names=some))
    # Whoever doesn't read of it keeps a key that may be known to others.
    log.warning(
        "everything is encrypted with the first key in STORE_KEY (%s renewed): the older ones may go", renewed
    )


def _selected(asking: Select[tuple[object]], connection: Connection) -> Sequence[object]:
    return connection.scalars(asking).all()


def _renew(
    connection: Connection, *, key: StoreKey, name: Column[Any], value: Column[Any], names: Sequence[object]
) -> int:
    """Renew some rows of a table; how many had to be."""
    rows = connection.execute(select(name, value).where(name.in_(names), value.is_not(None))).all()
    changes = [
        {"row": row, "was": token, "renewed": renewed}
        for row, token in rows
        if (renewed := key.renewed(token)) is not None
    ]
    if changes:
        # Unless it has gone meanwhile: what another process has just ended mustn't come back.
        still = update(value.table).where(name == bindparam("row"), value == bindparam("was"))
        connection.execute(still.values({value: bindparam("renewed")}), changes)
    return len(changes)
