"""What the parts of a document are about, by the references that stand under their headings.

Decides for a place without references of its own: the nearest heading above it that has some.
"""

from collections.abc import Sequence

from fuente.documents.passage import Passage
from fuente.dosing.reference import DoseReference


class SectionDiagnoses:
    """The diagnoses of every heading path of a document."""

    def __init__(self, passages: Sequence[Passage], references: Sequence[DoseReference]) -> None:
        sections = {passage.passage_id: passage.section for passage in passages}
        self._found: dict[tuple[str, ...], dict[str, None]] = {}
        for reference in references:
            section = sections.get(reference.passage_id, ())
            for depth in range(len(section) + 1):
                named = self._found.setdefault(section[:depth], {})
                named.update(dict.fromkeys(reference.diagnoses))

    def of(self, section: tuple[str, ...]) -> tuple[str, ...]:
        """What stands under the section, or under the nearest one above it with references."""
        for depth in range(len(section), -1, -1):
            if section[:depth] in self._found:
                return tuple(self._found[section[:depth]])
        return ()
