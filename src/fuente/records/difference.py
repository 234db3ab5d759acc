"""Where two records say different things, by JSON pointer; formatting does not matter."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Final


class Absent(Enum):
    """What stands where a record has nothing at all, which is not the same as null."""

    ABSENT = "nothing"


ABSENT: Final = Absent.ABSENT


def differences(found: Any, expected: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401
    """Pointer, found and expected for every leaf that differs; a missing side is `ABSENT`."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        for key in (*expected, *(extra for extra in found if extra not in expected)):
            yield from differences(
                found.get(key, ABSENT), expected.get(key, ABSENT), f"{pointer}/{escaped(key)}"
            )
    elif _is_list(found) and _is_list(expected):
        for index in range(max(len(found), len(expected))):
            yield from differences(_at(found, index), _at(expected, index), f"{pointer}/{index}")
    elif not _same(found, expected):
        yield pointer, found, expected


def escaped(key: str) -> str:
    """A key as RFC 6901 writes it: the pointers of `origins` are keys with slashes."""
    return key.replace("~", "~0").replace("/", "~1")


def _same(found: Any, expected: Any) -> bool:  # noqa: ANN401
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    if _is_number(found) and _is_number(expected):
        return Decimal(found) == Decimal(expected)
    return type(found) is type(expected) and bool(found == expected)


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | Decimal)


def _is_list(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, Sequence) and not isinstance(value, str)


def _at(values: Sequence[Any], index: int) -> Any:  # noqa: ANN401
    return values[index] if index < len(values) else ABSENT
