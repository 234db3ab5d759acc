"""The whole patient from request, plan, evidence, draws and choices: the clinical part of a record.

Composing is a pure function of its inputs. `fuente verify` composes again from the stored pages and
the recorded choices and compares, so nothing here may depend on anything else.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.regimen import Regimen
from fuente.generation.body import BodyTimeline
from fuente.generation.case import DAYS_PER_YEAR, Case, age_months, plus
from fuente.generation.disease import Disease, Onset, diagnosis_tree, draw_disease, extent_of
from fuente.generation.events import Course, intensive, other_events, outcome
from fuente.generation.front_line import (
    FIRST_TUMOUR,
    applicable,
    longest_days,
    pick_regimen,
    stated_risks,
)
from fuente.generation.leaf import Leaf, Unwrapped, derived, sampled, unwrap
from fuente.generation.person import demographics, draw_birth, draw_sex
from fuente.generation.planning import Plan, TumourPlan
from fuente.generation.profile import Profile
from fuente.generation.radiating import has_field, youngest_for_radiation
from fuente.generation.relapse import Relapsed, lay_out_relapse
from fuente.generation.response import response, status
from fuente.generation.summaries import (
    chemotherapy_course,
    corticosteroid,
    intrathecal,
    line,
)
from fuente.generation.treatment import Treatment, TumourCase
from fuente.generation.tumour import lay_out
from fuente.patients.diagnosis import Diagnosis
from fuente.patients.toxicity import Toxicity, toxicities_of, toxicities_of_any

# Room after the last cycle for operation, radiation and transplant, in days.
_LOCAL_THERAPY_DAYS: Final = 120
_TRANSPLANT_DAYS: Final = 150
# From the end of the first line to a relapse and its salvage, in days.
_RELAPSE_DAYS: Final = 420
# Latency to a second tumour. Source: invariant DAT-11 (12 months unless predisposed).
_LATENCY_DAYS: Final = 366
_FOLLOW_UP_DAYS: Final = 120
# How often a disease is drawn in search of one that a field is stated for.
_ATTEMPTS: Final = 100


@dataclass(frozen=True, slots=True)
class Tumour:
    """One composed tumour: its disease, its document, and what was done."""

    disease: Disease
    plan: TumourPlan
    regimen: Regimen
    treatment: Treatment


class Composer:
    """Composes one patient."""

    def __init__(self, case: Case, plan: Plan) -> None:
        self._case = case
        self._plan = plan
        self._counts: dict[str, int] = {}

    def compose(self) -> Unwrapped:
        """The clinical blocks with their origins and citations."""
        case = self._case
        entry = case.catalogue.diagnosis(self._plan.first.diagnosis)
        sex = draw_sex(case, entry)
        regimen = pick_regimen(case, entry.id, FIRST_TUMOUR)
        youngest = self._youngest(entry, regimen)
        needed = self._days_needed(longest_days(case, regimen, case.today))
        birth = draw_birth(case, entry, youngest + needed)
        diagnosed = self._diagnosed(entry, birth, youngest, needed)
        body = BodyTimeline(case.draws.within("body"), sex.value, birth.value, diagnosed.value)
        first = self._tumour(self._plan.first, regimen, diagnosed, birth, sex, body, 1)
        relapse = self._relapse(first, body)
        second = self._second(first, relapse, birth, sex, body)
        tumours = [first] if second is None else [first, second]
        return unwrap(self._tree(tumours, relapse, birth, sex, body))

    def _youngest(self, entry: Diagnosis, regimen: Regimen) -> int:
        """The youngest age in days the tumour and the planned radiation allow."""
        youngest = max(1, int(entry.age.minimum * DAYS_PER_YEAR))
        if "radiotherapy" not in self._plan.first.blocks:
            return youngest
        return max(youngest, youngest_for_radiation(self._case.bundle.irradiations(regimen)))

    def _diagnosed(self, entry: Diagnosis, birth: Leaf, youngest: int, needed: int) -> Leaf:
        """The day of diagnosis: long enough ago for what was asked, at an age it occurs at."""
        case = self._case
        lived = (case.as_of - birth.value).days
        oldest = int((int(entry.age.maximum) + 1) * DAYS_PER_YEAR) - 1
        longest = max(1, lived - youngest)
        shortest = max(1, lived - oldest)
        asked = case.request.age_at_first_diagnosis_years
        if asked is not None:
            longest = max(1, lived - int(asked * DAYS_PER_YEAR) - 1)
            shortest = max(1, lived - int((asked + 1) * DAYS_PER_YEAR) + 1)
        wanted = min(longest, max(shortest, needed))
        latest = min(longest, max(wanted, shortest) + _FOLLOW_UP_DAYS)
        days = case.draw_days("days_since_diagnosis", wanted, max(wanted, latest))
        day = plus(case.as_of, -days.value)
        return derived(day, "reference date - days since diagnosis", case.today, days)

    def _days_needed(self, course_days: int) -> int:
        blocks = self._plan.first.blocks
        days = course_days + _LOCAL_THERAPY_DAYS + ("hsct" in blocks) * _TRANSPLANT_DAYS
        return days + self._plan.relapse * _RELAPSE_DAYS + self._days_for_second()

    def _days_for_second(self) -> int:
        """Latency and course of the second tumour, if there is to be one."""
        if self._plan.second is None:
            return 0
        regimens = self._case.bundle.front_line(self._plan.second.diagnosis)
        longest = max(
            (longest_days(self._case, one, self._case.today) for one in regimens), default=0
        )
        return _LATENCY_DAYS + _LOCAL_THERAPY_DAYS + longest

    def _tumour(
        self,
        plan: TumourPlan,
        regimen: Regimen,
        day: Leaf,
        birth: Leaf,
        sex: Leaf,
        body: BodyTimeline,
        number: int,
    ) -> Tumour:
        case = self._case
        entry = case.catalogue.diagnosis(plan.diagnosis)
        months = age_months(birth.value, day.value)
        asked = case.request.blocks.required if number == 1 else ()
        risks = stated_risks(regimen)
        onset = Onset(number, day, sex.value, months / 12, risks, "hsct" in asked, plan.blocks)
        measured = body.on(day)
        size = (months, measured.weight.value, measured.surface.value)
        disease, profile = _suited(case, entry, onset, size, regimen)
        scope = f"tumour/{number}"
        front = applicable(case, regimen, profile, scope)
        tumour = TumourCase(case, disease, plan.blocks, front, body, profile, scope)
        treatment = lay_out(tumour, self._counts)
        return Tumour(disease, plan, regimen, treatment)

    def _second(
        self, first: Tumour, relapse: Relapsed | None, birth: Leaf, sex: Leaf, body: BodyTimeline
    ) -> Tumour | None:
        if self._plan.second is None:
            return None
        case = self._case
        regimen = pick_regimen(case, self._plan.second.diagnosis, "tumour/2")
        end = relapse.end if relapse else first.treatment.end or first.disease.date
        earliest = max(plus(end.value, 1), plus(first.disease.date.value, _LATENCY_DAYS))
        room = max(1, (case.as_of - earliest).days - longest_days(case, regimen, case.today))
        days = case.draw_days("second_tumour", 1, max(1, room))
        day = derived(
            min(plus(earliest, days.value), case.as_of),
            "end of the first treatment and 12 months, plus days",
            end,
            days,
        )
        return self._tumour(self._plan.second, regimen, day, birth, sex, body, 2)

    def _tree(
        self,
        tumours: list[Tumour],
        relapse: Relapsed | None,
        birth: Leaf,
        sex: Leaf,
        body: BodyTimeline,
    ) -> dict[str, Any]:
        case = self._case
        treatments = [one.treatment for one in tumours]
        given = [one for t in treatments for one in t.administrations]
        given += list(relapse.administrations) if relapse else []
        lines = self._lines(tumours, relapse)
        stands = status(_last_responses(lines["treatment_lines"], relapse is not None))
        seen = outcome(case, stands, relapse.end if relapse else _last(tumours))
        tree: dict[str, Any] = {
            "demographics": demographics(case, sex, birth, seen),
            "anthropometry": [one.tree for one in body.measurements],
            "diagnoses": [self._diagnosis(one, tumours) for one in tumours],
            **lines,
            "intrathecal": intrathecal(given),
            "corticosteroid": corticosteroid(given, tumours[0].disease),
            "hsct": [row for t in treatments for row in t.hsct],
            "radiotherapy": [row for t in treatments for row in t.radiotherapy],
            "surgery": [row for t in treatments for row in t.surgery],
            "relapse": [relapse.row] if relapse else [],
        }
        if self._plan.other:
            tree["other"] = other_events(case, self._events(tumours[0], birth, sex, given))
        return tree | {"outcome": seen}

    def _relapse(self, first: Tumour, body: BodyTimeline) -> Relapsed | None:
        if not self._plan.relapse:
            return None
        room = self._days_for_second()
        return lay_out_relapse(self._case, first.disease, first.treatment, body, room)

    def _lines(self, tumours: list[Tumour], relapse: Relapsed | None) -> dict[str, Any]:
        """Lines and courses in order: the first line, its salvage, the line of a second tumour."""
        first, *others = tumours
        courses = [self._course(1, first, relapse)]
        if relapse is not None:
            courses.append((relapse.line, relapse.chemotherapy))
        courses += [self._course(len(courses) + 1, one, None) for one in others]
        return {
            "treatment_lines": [line for line, _ in courses],
            "chemotherapy": [given for _, given in courses if given is not None],
        }

    def _course(
        self, number: int, tumour: Tumour, relapse: Relapsed | None
    ) -> tuple[dict[str, Any], dict[str, Any] | None]:
        case, treatment = self._case, tumour.treatment
        setback = relapse.kind if relapse else None
        remission = response(case, number, tumour.disease, treatment, setback)
        return (
            line(case, number, tumour.regimen, tumour.disease, treatment)
            | {"remission": remission},
            chemotherapy_course(number, tumour.disease, treatment.administrations),
        )

    def _diagnosis(self, tumour: Tumour, tumours: list[Tumour]) -> dict[str, Any]:
        tree = diagnosis_tree(self._case, tumour.disease, tumour.treatment.procedure)
        if tumour is not tumours[0]:
            tree["second_tumour"] = {
                "diagnosis_ref": derived(1, "follows the first diagnosis"),
                "association": sampled(
                    self._case.draws.choice("association", ("treatment_related", "unknown")),
                    "equally likely",
                ),
            }
        return tree

    def _events(self, tumour: Tumour, birth: Leaf, sex: Leaf, given: list[Any]) -> Course:
        treatment = tumour.treatment
        start = treatment.start or tumour.disease.date
        first_doses: dict[str, Leaf] = {}
        for one in sorted(given, key=lambda a: a.day.value):
            first_doses.setdefault(one.drug, one.day)
        return Course(
            birth=birth,
            sex=sex,
            diagnosis_date=tumour.disease.date,
            first_treatment=start,
            last_treatment=treatment.end or start,
            first_doses=first_doses,
            toxicities=_toxicities(tuple(first_doses)),
            intensive=intensive(treatment.hsct, len({id(a.cycle) for a in given})),
            transplant=treatment.hsct[-1]["date"] if treatment.hsct else None,
            intravenous=any(a.route.value == "IV" for a in given),
        )


def _suited(
    case: Case,
    entry: Diagnosis,
    onset: Onset,
    size: tuple[Decimal, Decimal, Decimal],
    regimen: Regimen,
) -> tuple[Disease, Profile]:
    """The disease as drawn; where radiation is asked for, drawn until a field of the pages fits."""
    wants_field = onset.number == 1 and case.request.requires("radiotherapy")
    drawn = []
    for attempt in range(_ATTEMPTS if wants_field else 1):
        disease = draw_disease(case, entry, onset, attempt)
        risk = disease.risk.value if disease.risk else ""
        profile = Profile(*size, disease.metastatic.value, risk, extent_of(disease))
        drawn.append((disease, profile))
        if not wants_field or has_field(case, disease, profile, regimen):
            return drawn[-1]
    return drawn[0]


def _toxicities(drugs: tuple[str, ...]) -> tuple[Toxicity, ...]:
    specific = [one for drug in drugs for one in toxicities_of(drug)]
    return tuple(specific + list(toxicities_of_any() if drugs else ()))


def _last(tumours: list[Tumour]) -> Leaf:
    ends = [one.treatment.end for one in tumours if one.treatment.end is not None]
    return max(ends, key=lambda leaf: leaf.value, default=tumours[0].disease.date)


def _last_responses(lines: list[dict[str, Any]], relapsed: bool) -> list[Leaf]:
    """The response to the last line of each tumour; a salvage line follows the first one."""
    return [one["remission"] for one in lines[1 if relapsed else 0 :]]
