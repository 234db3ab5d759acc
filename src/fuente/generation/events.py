"""What else happened: toxicity, catheter, fertility preservation, transfusions; and the outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from fuente.generation.case import Case, age_years, plus
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.patients.identity import hospitals
from fuente.patients.toxicity import Toxicity

_CATHETERS: Final = (
    Option("port-a-cath", "implanted port"),
    Option("Hickman-Broviac", "tunnelled external catheter"),
    Option("PICC", "peripherally inserted catheter"),
)
_VEINS: Final = {
    "port-a-cath": ("right_internal_jugular", "left_internal_jugular", "subclavian"),
    "Hickman-Broviac": ("right_internal_jugular", "subclavian"),
    "PICC": ("basilic",),
}
_COMPLICATIONS: Final = (
    Option("none", "no complication of the catheter"),
    Option("infection", "infection of the catheter"),
    Option("thrombosis", "thrombosis of the catheter"),
    Option("malfunction", "malfunction of the catheter"),
)
# Last contact lies this many days or fewer before the reference date.
_SEEN_WITHIN_DAYS: Final = 60
_OUTCOMES: Final = ("resolved", "resolving", "sequelae")
# A treatment toxicity shows during treatment or within 90 days of it. Source: invariant OTH-01.
# Confidence: high.
_AFTER_TREATMENT_DAYS: Final = 90
# Age from which sperm or oocytes can be stored. Source: invariant OTH-03 (post-pubertal, typically
# 12 years and more). Confidence: high.
_PUBERTY_YEARS: Final = 12


@dataclass(frozen=True, slots=True)
class Course:
    """What the events depend on: the span of treatment and the toxicities its drugs can cause.

    `first_doses` are in the order of their days.
    """

    birth: Leaf
    sex: Leaf
    diagnosis_date: Leaf
    first_treatment: Leaf
    last_treatment: Leaf
    first_doses: Mapping[str, Leaf]
    toxicities: tuple[Toxicity, ...]
    intensive: bool
    intravenous: bool
    transplant: Leaf | None = None

    def first_dose_of(self, drug: str) -> Leaf:
        """The first dose of the drug; of anything, where the toxicity is not one drug's."""
        earliest = next(iter(self.first_doses.values()), self.first_treatment)
        return self.first_doses.get(drug, earliest)


def other_events(case: Case, course: Course) -> dict[str, Any]:
    """The whole `other` block."""
    return {
        **_toxicity(case, course),
        **_catheter(case, course),
        **_fertility(case, course),
        **_transfusions(case, course),
    }


def outcome(case: Case, stands: Leaf, last_event: Leaf) -> dict[str, Any]:
    """Where the patient stands; test patients are alive unless nothing else is asked."""
    return {"status": stands, "date_last_contact": _last_contact(case, last_event)}


def _last_contact(case: Case, last_event: Leaf) -> Leaf:
    """Shortly before the reference date, so that the age asked for is the age last seen at."""
    days = case.draw_days("outcome/last_contact", 0, _SEEN_WITHIN_DAYS)
    day = max(plus(case.as_of, -days.value), last_event.value)
    formula = "reference date - days, not before the last event"
    return derived(day, formula, case.today, days, last_event)


def _toxicity(case: Case, course: Course) -> dict[str, Any]:
    asked = case.request.flags.toxicity
    wanted = asked not in (None, False) or case.draws.boolean("toxicity", Decimal("0.6"))
    if asked is False or not wanted or not course.toxicities:
        return {"toxicity": derived(False, "none requested or drawn")}
    by_name = {one.name_en: one for one in course.toxicities}
    options = tuple(Option(name, f"{name} after {one.drug}") for name, one in by_name.items())
    picked = choose_leaf(
        case.chooser, Choice("toxicity", "Which severe toxicity fits this course?", options)
    )
    toxicity = by_name[picked.value]
    grade = _grade(case, toxicity)
    ended = case.draws.choice("toxicity_outcome", _surviving(toxicity))
    return {
        "toxicity": derived(True, "requested or drawn with probability 0.6"),
        "toxicity_date": _toxicity_day(case, course, toxicity),
        "toxicity_description": derived(
            toxicity.name(case.request.language), "toxicity chosen, in the language asked", picked
        ),
        "toxicity_grade": grade,
        "toxicity_outcome": sampled(
            case.request.flags.toxicity_outcome or ended, "outcomes plausible for the toxicity"
        ),
    }


def _grade(case: Case, toxicity: Toxicity) -> Leaf:
    """Shock is life-threatening, which is grade 4; others are mostly grade 3."""
    if "shock" in toxicity.name_en:
        return derived("4", "life-threatening by definition (CTCAE v5)")
    return sampled(case.draws.choice("toxicity_grade", ("3", "4"), (4, 1)), "3 4 : 4 1")


def _toxicity_day(case: Case, course: Course, toxicity: Toxicity) -> Leaf:
    """Within the onset of the toxicity after its drug, no later than 90 days after treatment."""
    dose = course.first_dose_of(toxicity.drug)
    latest = plus(course.last_treatment.value, _AFTER_TREATMENT_DAYS)
    room = max(1, (min(latest, case.as_of) - dose.value).days)
    low = min(max(1, toxicity.onset_days_from), room)
    high = max(low, min(toxicity.onset_days_to, room))
    return case.later(dose, "toxicity_day", low, high)


def _surviving(toxicity: Toxicity) -> tuple[str, ...]:
    survived = tuple(one for one in toxicity.outcomes if one in _OUTCOMES)
    return survived or ("resolved",)


def _catheter(case: Case, course: Course) -> dict[str, Any]:
    asked = case.request.flags.catheter
    if asked is False or (asked is None and not course.intravenous):
        return {"catheter": derived(False, "none requested, no intravenous treatment")}
    kind = _catheter_kind(case)
    veins = _VEINS.get(kind.value, ("subclavian",))
    placed = course.first_treatment
    tree: dict[str, Any] = {
        "catheter": derived(True, "requested or intravenous treatment"),
        "catheter_type": kind,
        "catheter_vein": sampled(case.draws.choice("catheter_vein", veins), "equally likely", kind),
        "catheter_present": _catheter_present(case, course, placed),
        **_complications(case),
    }
    return tree


def _catheter_kind(case: Case) -> Leaf:
    asked = case.request.flags.catheter
    if isinstance(asked, str):
        return derived(asked, "as requested")
    return choose_leaf(case.chooser, Choice("catheter", "Which catheter is placed?", _CATHETERS))


def _catheter_present(case: Case, course: Course, placed: Leaf) -> Leaf:
    status = case.request.flags.catheter_status
    if status is not None:
        return derived(status == "present", "as requested")
    ended = course.last_treatment.value + timedelta(days=90) < case.as_of
    return derived(not ended, "still in place until 90 days after treatment", placed)


def _complications(case: Case) -> dict[str, Any]:
    asked = case.request.flags.catheter_complication
    if isinstance(asked, str):
        return {
            "catheter_complications": derived(True, "as requested"),
            "catheter_complication_list": [derived(asked, "as requested")],
        }
    options = _COMPLICATIONS[1:] if asked else _COMPLICATIONS
    picked = choose_leaf(
        case.chooser,
        Choice("catheter_complication", "Did the catheter cause a complication?", options),
    )
    if picked.value == "none":
        return {"catheter_complications": derived(False, "none chosen", picked)}
    return {
        "catheter_complications": derived(True, "one chosen", picked),
        "catheter_complication_list": [picked],
    }


def _fertility(case: Case, course: Course) -> dict[str, Any]:
    asked = case.request.flags.fertility_preservation
    years = age_years(course.birth.value, course.diagnosis_date.value)
    room = (course.first_treatment.value - course.diagnosis_date.value).days
    drawn = years >= _PUBERTY_YEARS and case.draws.boolean("fertility", Decimal("0.4"))
    if not (asked or (asked is None and drawn and room > 0)):
        return {"fertility_preservation": derived(False, "not requested or drawn")}
    day = case.draws.integer("fertility_day", 0, max(0, room - 1))
    hospital = case.draws.choice("fertility_hospital", hospitals())
    return {
        "fertility_preservation": derived(True, "requested, or drawn from 12 years of age"),
        "fertility_method": _fertility_method(course.sex, years),
        "fertility_date": derived(
            plus(course.diagnosis_date.value, day),
            "between diagnosis and first treatment",
            course.diagnosis_date,
        ),
        "fertility_hospital": sampled(hospital, "equally likely"),
    }


def _fertility_method(sex: Leaf, years: int) -> Leaf:
    pubertal = years >= _PUBERTY_YEARS
    if sex.value == "male":
        method = "sperm_cryopreservation" if pubertal else "testicular_tissue"
    else:
        method = "oocyte" if pubertal else "ovarian_tissue"
    return derived(method, "by sex and puberty", sex)


def _transfusions(case: Case, course: Course) -> dict[str, Any]:
    many = case.request.flags.transfusions_over_10
    wanted = many or course.intensive or case.draws.boolean("transfusions", Decimal("0.7"))
    if many is None and not wanted:
        return {"transfusions": derived(False, "none drawn")}
    over = many if many is not None else course.intensive
    low, high = (11, 30) if over else (1, 9)
    count = case.draws.integer("transfusion_count", low, high)
    return {
        "transfusions": derived(True, "requested, intensive course, or drawn"),
        "transfusion_count": sampled(count, f"uniform integer {low} to {high}"),
        "transfusions_over_10": derived(count > 10, "count > 10"),
        "last_transfusion_date": _last_transfusion(case, course),
    }


def _last_transfusion(case: Case, course: Course) -> Leaf:
    """During treatment; in the weeks of engraftment where there was a transplant."""
    if course.transplant is not None:
        return case.later(course.transplant, "last_transfusion", 10, 45)
    return case.later(course.first_treatment, "last_transfusion", 7, _days(course))


def _days(course: Course) -> int:
    days: int = (course.last_treatment.value - course.first_treatment.value).days
    return max(8, days)


def intensive(hsct: Sequence[object], cycles: int) -> bool:
    """Whether more than ten transfusions are to be expected (invariant OTH-06)."""
    return bool(hsct) or cycles >= 6
