"""A call's parameters as the body of an HTTP request."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from aiohttp import FormData
from telegram.request import RequestData

_PIECE: Final = 65_536
"""Bytes written at a time: what is smaller goes out at once."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent; `content` is None for nothing."""

    content: bytes | None
    headers: Mapping[str, str]

    def pieces(self, writing: asyncio.Timeout, limit: float | None) -> bytes | AsyncIterator[bytes] | None:
        """The body as aiohttp takes it; a long one in pieces, each of which has to be gone within the limit."""
        if self.content is None or len(self.content) <= _PIECE:
            return self.content
        return self._in_pieces(self.content, writing, limit)

    @staticmethod
    async def _in_pieces(
        content: bytes, writing: asyncio.Timeout, limit: float | None
    ) -> AsyncIterator[bytes]:
        now = asyncio.get_running_loop().time
        for start in range(0, len(content), _PIECE):
            writing.reschedule(None if limit is None else now() + limit)
            yield content[start : start + _PIECE]
        writing.reschedule(None)


async def body_of(data: RequestData | None) -> Body:
    """A call's parameters: as JSON, or as a form where there are files."""
    if data is None:
        return Body(None, {})
    if not data.contains_files:
        content = json.dumps(data.parameters, ensure_ascii=False, separators=(",", ":")).encode()
        return Body(content, {"Content-Type": "application/json"})
    form = FormData(quote_fields=False, default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, given, mime_type) in data.multipart_data.items():
        file = BytesIO(given) if isinstance(given, bytes) else given  # aiohttp warns of long bytes
        form.add_field(name, file, filename=filename, content_type=mime_type)
    payload = form()
    whole = await payload.as_bytes()
    headers = {"Content-Type": payload.headers["Content-Type"], "Content-Length": str(len(whole))}
    return Body(whole, headers)
