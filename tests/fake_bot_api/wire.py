"""What comes over the wire: a call's parameters in every form the Bot API takes them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp.web import FileField

from .errors import Json, bad_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

_TRUE = ("true", "yes", "1")


@dataclass
class Upload:
    """A file sent in a multipart body."""

    name: str
    content: bytes
    mime_type: str


@dataclass
class Params:
    """A call's parameters with the server's lenient reading of numbers and truth values."""

    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether a parameter was given."""
        return name in self.values

    def value(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON the bot sent
        """A parameter as it was decoded, None when absent."""
        return self.values.get(name)

    def text(self, name: str) -> str:
        """A parameter as text, empty when absent."""
        value = self.values.get(name, "")
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A parameter as a number within bounds; what is no number counts as 0, as on the server."""
        if name not in self.values:
            return default
        try:
            number = int(self.text(name))
        except ValueError:
            number = 0
        number = number if low is None else max(low, number)
        return number if high is None else min(high, number)

    def flag(self, name: str) -> bool:
        """A parameter as a truth value."""
        return self.text(name).lower() in _TRUE

    def upload(self, name: str) -> Upload | None:
        """The uploaded file a parameter stands for: under its own name or by ``attach://``."""
        value = self.text(name)
        return self.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else name)


def _clean(values: Mapping[str, Any]) -> Json:
    return {name: value for name, value in values.items() if value is not None}


async def read_call(request: web.Request) -> Params:
    """A request's parameters: query string, form, multipart form or JSON; the body wins over the query."""
    params = Params(dict(request.query))
    if request.method != "POST":
        return params
    if request.content_type == "application/json":
        params.values |= _json_body(await request.read())
        return params
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return params
    try:
        form = await request.post()
    except ValueError as error:
        raise bad_request("Can't parse the request body") from error
    for name, value in form.items():
        if isinstance(value, FileField):
            params.uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
            value.file.close()
        else:
            params.values[name] = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
    return params


def _json_body(body: bytes) -> Json:
    if not body:
        return {}
    try:
        values = json.loads(body)
    except ValueError as error:
        raise bad_request("Can't parse JSON body") from error
    if not isinstance(values, dict):
        raise bad_request("JSON body must be an Object")
    return _clean(values)
