"""What stands before several replicas: each connection goes to one of those that are there."""

from __future__ import annotations

import asyncio
import contextlib
import random
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence


@asynccontextmanager
async def balancer(ports: Sequence[int]) -> AsyncIterator[int]:
    """Listen inside the block; its value is the port."""
    chance = random.Random(1)  # noqa: S311 - the same each time

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for port in chance.sample(ports, len(ports)):
            try:
                inward, outward = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue  # that one has just been killed
            await asyncio.gather(_copy(reader, outward), _copy(inward, writer))
            return
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what comes, until either side has gone."""
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
