"""A stored record opened for reading: exact numbers, its language, and look-ups by JSON pointer."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from fuente.errors import NotFound

Json = Any


class RecordView:
    """One record as stored.

    Args:
        line: its JSON.
    """

    def __init__(self, line: bytes) -> None:
        self.data: Mapping[str, Any] = json.loads(line, parse_float=Decimal)
        self.origins: Mapping[str, Mapping[str, Any]] = self.data["origins"]
        self.tongue: Literal["en", "es"] = "es" if self.data["language"] == "es" else "en"

    @property
    def record_id(self) -> str:
        """The id of the record."""
        return str(self.data["record_id"])

    @property
    def name(self) -> str:
        """The invented person's full name."""
        person = self.data["demographics"]
        names = ("given_name", "family_name_1", "family_name_2")
        return " ".join(person[one] for one in names if person.get(one))

    def rows(self, block: str) -> list[Mapping[str, Any]]:
        """The entries of a block that is a list; none when it is absent."""
        return list(self.data.get(block) or ())

    def at(self, pointer: str) -> Json:
        """What stands at a JSON pointer.

        Raises:
            NotFound: nothing does.
        """
        node: Json = self.data
        for step in pointer.split("/")[1:]:
            try:
                node = node[int(step)] if isinstance(node, list) else node[step]
            except (KeyError, ValueError, IndexError, TypeError):
                raise NotFound(f"The record has nothing at {pointer[:200]}.") from None
        return node

    def citation(self, citation_id: str) -> Mapping[str, Any]:
        """A citation of this record.

        Raises:
            NotFound: it has no such citation.
        """
        found = [one for one in self.data["citations"] if one["citation_id"] == citation_id]
        if not found:
            raise NotFound(f"The record has no citation {citation_id[:64]}.")
        return dict(found[0])

    def resting_on(self, citation_id: str) -> int:
        """How many values of the record rest directly on a citation."""
        return sum(one.get("citation") == citation_id for one in self.origins.values())
