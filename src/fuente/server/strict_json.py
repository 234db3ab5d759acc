"""JSON bodies as they must be: UTF-8, finite numbers, no key twice, no text that is none.

The usual parser lets all of that pass, and a lone surrogate then breaks whatever writes it.
"""

import json
import math
import re
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

# Control characters but tab and line ends, and halves of a surrogate pair.
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_JSON_TYPE: Final = re.compile(r"application/([\w.+-]+\+)?json\s*(;.*)?", re.IGNORECASE)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRoute(APIRoute):
    """A route whose body is JSON, declared as such and strictly read."""

    def get_route_handler(self) -> Handler:
        """The usual handler, on a request that reads its body strictly."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            declared = request.headers.get("content-type", "")
            if self.body_field is not None and not _JSON_TYPE.fullmatch(declared):
                raise HTTPException(415, "Send JSON, with Content-Type: application/json.")
            return await handle(_StrictRequest(request.scope, request.receive))

        return strict


class _StrictRequest(Request):
    async def json(self) -> Any:  # noqa: ANN401  a JSON tree
        try:
            return parse_strictly(await self.body())
        except ValueError as problem:
            raise HTTPException(400, f"The body is no JSON we take: {problem}.") from problem


def parse_strictly(body: bytes) -> Any:  # noqa: ANN401  a JSON tree
    """The JSON tree of a body.

    Raises:
        ValueError: it is not JSON, or it holds what no request needs; the message never quotes it.
    """
    try:
        tree = json.loads(
            body.decode(),
            parse_float=_finite,
            parse_constant=_refuse,
            object_pairs_hook=_unique,
        )
    except json.JSONDecodeError as problem:
        raise ValueError(f"{problem.msg} at character {problem.pos}") from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    _check_texts(tree)
    return tree


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise ValueError("a key is given twice")
    return tree


def _check_texts(tree: Any) -> None:  # noqa: ANN401  a JSON tree
    open_parts = [tree]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, str) and _NO_TEXT.search(part):
            raise ValueError("a text holds a control character or half a surrogate pair")
        if isinstance(part, dict):
            open_parts += [*part, *part.values()]
        elif isinstance(part, list):
            open_parts += part
