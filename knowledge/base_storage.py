"""KnowledgeBase <-> bytes, so that only the first start after an edit reads YAML; where things are written is left out.

The form is a checksum and JSON: what a type holds, in the order of its fields, and never the types themselves, which
are those of `model`. There is no pickle, so that a cache file can't run code. What doesn't fit reads as "none kept".
"""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, get_args, get_origin, get_type_hints

from knowledge.model import KnowledgeBase

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_NUMBER: Final = 8
"""Bytes of the checksum."""
_LEFT_OUT: Final = frozenset({"location", "places"})
"""Fields that say where something is written: only what checks files asks for it."""

_Make: TypeAlias = Callable[[Any], Any]


def to_bytes(base: KnowledgeBase) -> bytes:
    """A knowledge base as bytes, without where things are written."""
    body = json.dumps(_plain(base), separators=(",", ":")).encode()
    return _sum(body) + body


def from_bytes(data: bytes | memoryview) -> KnowledgeBase | None:
    """The knowledge base that `to_bytes` wrote; None where the bytes are damaged or of another form."""
    sum_, body = bytes(data[:_NUMBER]), bytes(data[_NUMBER:])
    if sum_ != _sum(body):
        return None
    try:
        return cast("KnowledgeBase", _maker(KnowledgeBase)(json.loads(body)))
    except (AttributeError, TypeError, ValueError, RecursionError):
        return None


def _sum(body: bytes) -> bytes:
    return b"%0*x" % (_NUMBER, zlib.crc32(body))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, name)) for name in _kept(type(value))]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return list(map(_plain, value)) if isinstance(value, tuple) else value


@functools.cache
def _kept(kind: Hashable) -> tuple[str, ...]:
    """The fields of a type that are kept."""
    found = fields(cast("type[DataclassInstance]", kind))
    return tuple(field.name for field in found if field.name not in _LEFT_OUT)


@functools.cache
def _maker(kind: Hashable) -> _Make:
    """What makes a value of a type out of plain ones, as `_plain` gives them."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        make = _maker(inner[0])
        return tuple if make is _as_it_is else lambda values: tuple(map(make, values))
    if origin is Mapping:
        make = _maker(inner[1])
        return lambda items: MappingProxyType({key: make(item) for key, item in items.items()})
    of_it = cast("type[Any]", kind)
    if is_dataclass(of_it):
        hints = get_type_hints(of_it)
        makers = [(name, _maker(hints[name])) for name in _kept(of_it)]
        return lambda values: of_it(
            **{name: make(value) for (name, make), value in zip(makers, values, strict=True)}
        )
    return of_it if issubclass(of_it, Enum) else _as_it_is


def _as_it_is(value: object) -> object:
    return value
