"""When the operations of a tumour happen: before treatment, between cycles, or in a stated week."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from fuente.documents.citation import Citation
from fuente.dosing.regimen import SurgeryStatement
from fuente.generation.case import plus
from fuente.generation.choices import Option
from fuente.generation.leaf import Leaf, derived
from fuente.generation.margins import WITHOUT_MARGINS, is_removed_at_diagnosis, possible_margins
from fuente.generation.operations import (
    Operation,
    operation,
    pick_procedure,
    pick_shunt,
    shunt,
    tumour_procedures,
)
from fuente.generation.radiating import Radiating
from fuente.generation.schedule import Cycle, end_of
from fuente.generation.treatment import Treatment, TumourCase
from fuente.generation.wishes import asked_operation_at

# Tumours taken out before anything else besides intracranial ones: those of ovary, testis, uterus,
# thyroid and the sacrococcygeal region. Source: surgery notes of the project's regimen facts.
# Confidence: medium.
_UPFRONT_SITES: Final = ("C56", "C62", "C76.3", "C73", "C54")
# A retinoblastoma is not biopsied. Source: invariant SUR-06. Confidence: medium.
_NEVER_BIOPSIED: Final = ("C69.2",)
# In the SIOP tradition a typical kidney tumour is treated without a biopsy. Source: R07 of the
# project's regimen facts. Confidence: high.
_KIDNEY: Final = "C64.9"
_ARM: Final = re.compile(r"\b(?:arm|brazo|braço) ([A-Z])\b")
# Share of intracranial tumours with a shunt. Source: the same notes (about one third of
# medulloblastomas). Confidence: medium.
_SHUNT_SHARE: Final = Decimal("0.33")


class Operating:
    """Lays out the operations of one tumour."""

    def __init__(self, tumour: TumourCase, treatment: Treatment) -> None:
        self._tumour = tumour
        self._treatment = treatment

    @property
    def is_first(self) -> bool:
        """Whether the tumour is taken out before any other treatment."""
        disease = self._tumour.disease
        site = disease.topography.value
        upfront = disease.entry.is_intracranial or site.startswith(_UPFRONT_SITES)
        return self._wanted and (is_removed_at_diagnosis(disease) or (upfront and not self._week))

    @property
    def is_late(self) -> bool:
        """Whether the tumour is taken out after treatment has begun."""
        removable = self._options != ("biopsy",)
        haematological = self._tumour.disease.entry.is_haematological
        return self._wanted and not self.is_first and removable and not haematological

    def before_treatment(self) -> Leaf:
        """Shunt, biopsy, or the operation itself; the day treatment may follow."""
        day = self._tumour.disease.date
        if not self._wanted:
            return day
        if self._wants_shunt():
            self._place_shunt(self._tumour.after(day, "shunt", 0, 3))
        if self.is_first:
            return self.operate(self._tumour.after(day, "operation", 4, 8))
        if not self._is_known_by_imaging:
            self._record(Operation(derived("biopsy", "before the first dose"), day))
        return day

    def among(self, cycles: Sequence[Cycle], start: Leaf) -> Leaf:
        """After the pre-operative cycles or in the stated week; when the next cycle may begin."""
        last = end_of(cycles, start)
        if self._week is not None:
            days = int((self._week - 1) * 7)
            day = derived(plus(start.value, days), "first day + 7 * (week - 1)", start)
            day = self._after_last_dose(day, cycles)
        elif self._tumour.front.before_surgery:
            day = self._tumour.after(last, "operation", 5, 14)
        else:
            self.operate(self._tumour.after(start, "operation", 70, 100))
            return last
        recovered = self._tumour.after(self.operate(day), "recovery", 10, 18)
        return max(last, recovered, key=lambda leaf: leaf.value)

    def operate(self, day: Leaf) -> Leaf:
        """The operation on the tumour, by the document's words where they fit the site."""
        procedure = self._requested() or pick_procedure(
            self._tumour.case, self._options, self._tumour.scope
        )
        if self._tumour.is_future(day):
            self._treatment.finished = False
            return day
        source = self._statement_of(procedure.value)
        self._treatment.procedure = procedure.value
        self._treatment.operated = day
        row = self._record(
            Operation(procedure, day, self._cite(source), self._margins(procedure.value))
        )
        self._treatment.margins = row.get("margins")
        return day

    def _margins(self, procedure: str) -> tuple[Option, ...]:
        """What may be left: where radiation is asked for, something a field of the pages suits."""
        if procedure in WITHOUT_MARGINS:
            return ()
        tumour = self._tumour
        options = possible_margins(tumour.disease, procedure, tumour.blocks)
        if "radiotherapy" not in tumour.asked:
            return options
        radiating = Radiating(tumour, self._treatment)
        return tuple(one for one in options if radiating.suits(one.option_id)) or options

    def _requested(self) -> Leaf | None:
        """The operation the request asks for on the first tumour, where the site can have it."""
        if self._tumour.disease.number.value != 1:
            return None
        flags, site = self._tumour.case.request.flags, self._tumour.disease.topography
        asked = asked_operation_at(flags, site.value)
        return derived(asked, "as requested", site) if asked else None

    @property
    def _wanted(self) -> bool:
        return "surgery" in self._tumour.blocks

    @property
    def _options(self) -> tuple[str, ...]:
        names = tuple(name for one in self._stated for name in one.procedures)
        return tumour_procedures(self._tumour.disease, names)

    @property
    def _stated(self) -> tuple[SurgeryStatement, ...]:
        """The document's statements, without those about an arm that is not given."""
        front = self._tumour.front
        given = {phase.arm for phase in front.phases if phase.arm}
        return tuple(
            one
            for one in front.regimen.surgery
            if not given or set(_ARM.findall(self._cited(one).quote)) <= given
        )

    def _statement_of(self, procedure: str) -> SurgeryStatement | None:
        """The statement of the procedure: the one with a week where that week is kept."""
        found = [one for one in self._stated if procedure in one.procedures]
        weekly = [one for one in found if one.week is not None and not self.is_first]
        return next(iter(weekly or found), None)

    @property
    def _week(self) -> Decimal | None:
        """The week of the whole treatment in which an operation of this site is stated."""
        possible = set(self._options) - {"biopsy"}
        stated = (one for one in self._stated if possible.intersection(one.procedures))
        weeks = (one.week.value for one in stated if one.week is not None)
        return next((week for week in weeks if week > 1), None)

    @property
    def _is_known_by_imaging(self) -> bool:
        """Eyes are never biopsied; kidneys are not where drugs come before the operation."""
        site = self._tumour.disease.topography.value
        drugs_first = "chemotherapy" in self._tumour.blocks and self._tumour.front.before_surgery
        return site.startswith(_NEVER_BIOPSIED) or (site == _KIDNEY and bool(drugs_first))

    def _after_last_dose(self, day: Leaf, cycles: Sequence[Cycle]) -> Leaf:
        """Not before a week has passed since the last dose printed as pre-operative."""
        ids = {one.phase_id for one in self._tumour.front.before_surgery}
        doses = self._tumour.case.bundle.doses
        given = [
            (one.date_of(number), one.start)
            for one in cycles
            if one.phase.phase_id in ids
            for reference in doses(one.phase)
            for number in reference.days
        ]
        last, start = max(given, key=lambda each: each[0], default=(None, day))
        if last is None or day.value >= plus(last, 7):
            return day
        return derived(plus(last, 7), "a week after the last pre-operative dose", start)

    def _wants_shunt(self) -> bool:
        asked = self._tumour.case.request.flags.shunt
        if asked is not None:
            return asked
        intracranial = self._tumour.disease.entry.is_intracranial
        return intracranial and self._tumour.case.draws.boolean("surgery/shunt", _SHUNT_SHARE)

    def _place_shunt(self, day: Leaf) -> None:
        tumour = self._tumour
        kind = pick_shunt(tumour.case, tumour.scope)
        number = self._treatment.next_number("surgery")
        self._add(shunt(tumour.case, number, kind, day, tumour.disease), day)

    def _record(self, what: Operation) -> dict[str, Any]:
        number = self._treatment.next_number("surgery")
        row = operation(self._tumour.case, number, what, self._tumour.disease)
        self._add(row, what.day)
        return row

    def _add(self, row: dict[str, Any], day: Leaf) -> None:
        self._treatment.surgery.append(row)
        self._treatment.spans(day, day)

    def _cite(self, source: SurgeryStatement | None) -> Citation | None:
        return self._cited(source) if source is not None else None

    def _cited(self, source: SurgeryStatement) -> Citation:
        sha256 = self._tumour.front.regimen.document_sha256
        return self._tumour.case.bundle.cite(sha256, source.page, source.span)
