"""Turns the frozen values of the core into compact JSON and back without loss.

The shape is read from the type annotations: a Decimal is its text, an absent key is the field's
default, tuples and sets are lists. It knows no particular type, so a new field needs no change.
"""

import dataclasses
import json
import sys
import types
import zlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Json = Any  # what json.loads gives
_Kind = Any  # a class, a union or a generic alias
_Decoder = Callable[[_Json], Any]


def encode(value: object) -> str:
    """Compact JSON of a frozen value or a tuple of them."""
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False)


def decode(kind: type[T], text: str) -> T:
    """The value of this type written by `encode`."""
    value: T = _decoder_of(kind)(json.loads(text))
    return value


def decode_many(kind: type[T], text: str) -> tuple[T, ...]:
    """The tuple of values of this type written by `encode`."""
    decoder = _decoder_of(kind)
    return tuple(decoder(item) for item in json.loads(text))


def pack(text: str) -> bytes:
    """Compressed UTF-8."""
    return zlib.compress(text.encode())


def unpack(data: bytes) -> str:
    """The text of `pack`."""
    return zlib.decompress(data).decode()


def pack_vector(vector: Sequence[float]) -> bytes:
    """Little-endian float32."""
    return _little_endian(array("f", vector)).tobytes()


def unpack_vector(data: bytes) -> "array[float]":
    """The vector of `pack_vector`."""
    vector = array("f")
    vector.frombytes(data)
    return _little_endian(vector)


def _little_endian(vector: "array[float]") -> "array[float]":
    if sys.byteorder == "big":
        vector.byteswap()
    return vector


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)  # type: ignore[type-var]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return _plain_fields(value)
    return value


def _plain_fields(value: _Json) -> dict[str, object]:
    pairs = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
    return {field.name: _plain(item) for field, item in pairs if item != _default(field)}


def _default(field: "dataclasses.Field[Any]") -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _decoder_of(kind: _Kind) -> _Decoder:
    return _decoder(kind)


@cache
def _decoder(kind: _Kind) -> _Decoder:
    origin: _Kind = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin in (tuple, frozenset):
        return _collection(origin, get_args(kind)[0])
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Decimal | StrEnum):
        return kind
    return _as_is


def _as_is(value: _Json) -> object:
    return value


def _optional(kind: _Kind) -> _Decoder:
    inner = [part for part in get_args(kind) if part is not type(None)]
    if len(inner) != 1:
        return _as_is
    decoder = _decoder(inner[0])
    return lambda value: None if value is None else decoder(value)


def _collection(origin: _Kind, inner: _Kind) -> _Decoder:
    decoder = _decoder(inner)
    return lambda values: origin(decoder(value) for value in values)


def _dataclass(kind: _Kind) -> _Decoder:
    hints = get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda values: kind(**{name: decoders[name](item) for name, item in values.items()})
