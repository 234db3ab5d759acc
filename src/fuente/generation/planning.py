"""From a request to a plan: which tumour, which blocks, and whether the documents allow it.

The planner refuses rather than bends: a diagnosis without a document, a block without a reference,
or a wish no tumour of the documents can meet is a typed refusal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.evidence.refusal import Reason, Refusal
from fuente.generation.case import DAYS_PER_MONTH, DAYS_PER_YEAR
from fuente.generation.offer import Offer
from fuente.generation.radiating import youngest_for_radiation
from fuente.generation.wishes import asked_operation_at, asked_operations
from fuente.patients.catalogue import Catalogue
from fuente.patients.diagnosis import Diagnosis, Frequency
from fuente.patients.request import Request
from fuente.patients.sampling import Draws

TREATMENTS: Final = ("chemotherapy", "radiotherapy", "surgery", "hsct")
# How long ago a tumour may have been diagnosed when the request gives only today's age, in years.
_LONGEST_FOLLOW_UP: Final = 6
# Room a whole course wants between the youngest age of a tumour and today, in years.
_COURSE_YEARS: Final = 2
# Share of patients who get a treatment that is given `sometimes`. Confidence: low.
_SOMETIMES: Final = Decimal("0.4")


@dataclass(frozen=True, slots=True)
class TumourPlan:
    """One tumour and the treatment blocks it gets."""

    diagnosis: str
    blocks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be composed: the tumour, a second one if asked, and the documents to read."""

    first: TumourPlan
    second: TumourPlan | None
    relapse: bool
    other: bool


class Planner:
    """Plans patients over the regimens and references that are held."""

    def __init__(
        self,
        catalogue: Catalogue,
        regimens: Sequence[Regimen],
        references: Mapping[str, DoseReference],
    ) -> None:
        self._catalogue = catalogue
        self._regimens = tuple(regimens)
        self._offer = Offer(catalogue, regimens, references)

    def plan(self, request: Request, draws: Draws) -> Plan | Refusal:
        """A plan for the request, or why there is none."""
        if request.action == "clarify":
            return _clarify(request)
        if not self._regimens:
            return Refusal(
                Reason.NO_DOCUMENTS,
                "no document held describes a treatment; ingest protocols first",
            )
        first = self._first(request, draws)
        if isinstance(first, Refusal):
            return first
        second = self._second(request, first, draws)
        if isinstance(second, Refusal):
            return second
        return Plan(first, second, request.requires("relapse"), not request.excludes("other"))

    def plan_for(self, request: Request, first: str, second: str | None, draws: Draws) -> Plan:
        """The plan once its diagnoses are settled, as recorded in a manifest."""
        other = None if second is None else self._second_plan(request, second, draws)
        return Plan(
            self._tumour(request, first, draws),
            other,
            request.requires("relapse"),
            not request.excludes("other"),
        )

    def _first(self, request: Request, draws: Draws) -> TumourPlan | Refusal:
        if request.diagnosis is not None:
            chosen = request.diagnosis.catalogue_id
            problem = self._obstacle(request, self._catalogue.diagnosis(chosen))
            return problem or self._tumour(request, chosen, draws)
        fitting = [one for one in self._catalogue.all() if self._obstacle(request, one) is None]
        if not fitting:
            return Refusal(
                Reason.NOT_PLAUSIBLE,
                "no diagnosis of the held documents can meet everything that was asked",
            )
        best = max(self._likeness(request, one) for one in fitting)
        likely = [one.id for one in fitting if self._likeness(request, one) == best]
        return self._tumour(request, draws.choice("diagnosis", likely), draws)

    def _second(
        self, request: Request, first: TumourPlan, draws: Draws
    ) -> TumourPlan | Refusal | None:
        if not request.requires("second_tumour"):
            return None
        asked = request.second_tumour.catalogue_id if request.second_tumour else None
        treated = [
            one.id
            for one in self._catalogue.all()
            if not self._is_alike(one, first.diagnosis) and self._offer.treats(one.id)
        ]
        if asked is None and treated:
            asked = draws.choice("second_diagnosis", treated)
        if asked is None or asked not in treated:
            name = "a second tumour" if asked is None else self._catalogue.diagnosis(asked).name_en
            return _no_reference(name, "treatment")
        return self._second_plan(request, asked, draws)

    def _is_alike(self, entry: Diagnosis, first: str) -> bool:
        """Whether it would be the first tumour over again: the same group in the same organ."""
        other = self._catalogue.diagnosis(first)
        groups = {(site.iccc3, site.code[:3]) for site in entry.sites}
        return any((site.iccc3, site.code[:3]) in groups for site in other.sites)

    def _second_plan(self, request: Request, diagnosis: str, draws: Draws) -> TumourPlan:
        asked = request.second_tumour.blocks if request.second_tumour else ()
        if asked:
            return TumourPlan(diagnosis, frozenset(asked) & frozenset(TREATMENTS))
        own = Request(language=request.language)
        return TumourPlan(
            diagnosis, self._tumour(own, diagnosis, draws.within("second")).blocks - {"hsct"}
        )

    def _tumour(self, request: Request, diagnosis: str, draws: Draws) -> TumourPlan:
        entry = self._catalogue.diagnosis(diagnosis)
        blocks = {block for block in TREATMENTS if self._includes(request, entry, block, draws)}
        return TumourPlan(diagnosis, frozenset(blocks))

    def _includes(self, request: Request, entry: Diagnosis, block: str, draws: Draws) -> bool:
        if block in request.blocks.required:
            return True
        if block in request.blocks.excluded or not self._offer.states(entry.id, block):
            return False
        if block == "chemotherapy" and request.flags.toxicity:
            return True
        frequency = entry.modalities.of(block) or Frequency.NEVER
        if block == "hsct" and not frequency.at_least(Frequency.USUAL):
            # A transplant nobody asked for is given only where the first line itself includes it.
            return self._offer.transplants_in_first_line(entry.id)
        if block == "radiotherapy":
            if not self._is_old_enough(request, entry, frequency):
                return False
            if self._offer.irradiates_everyone(entry):
                return True
        if frequency is Frequency.SOMETIMES:
            return draws.boolean(f"block/{block}", _SOMETIMES)
        return frequency.at_least(Frequency.USUAL)

    def _obstacle(self, request: Request, entry: Diagnosis) -> Refusal | None:
        """Why this diagnosis cannot be the patient's; None when it can."""
        if not self._offer.treats(entry.id):
            return _no_reference(entry.name_en, "treatment")
        if not self._offer.treats_risk(entry.id, request.risk_group):
            return _no_reference(f"{entry.name_en} of {request.risk_group} risk", "treatment")
        if not _age_fits(request, entry) or entry.sex not in (None, request.sex or entry.sex):
            detail = f"{entry.name_en} does not occur at the age or sex asked for"
            return Refusal(Reason.OUT_OF_POPULATION, detail)
        for block in request.blocks.required:
            if block in TREATMENTS and not self._offer.states(entry.id, block):
                return _no_reference(entry.name_en, block)
        return next((_implausible(entry, wish) for wish in self._unmet(request, entry)), None)

    def _youngest(self, request: Request, entry: Diagnosis) -> Decimal:
        """The youngest age in years at which the tumour can be treated as asked."""
        if not request.requires("radiotherapy"):
            return entry.age.minimum
        days = youngest_for_radiation(tuple(self._offer.irradiations(entry)))
        return max(entry.age.minimum, Decimal(days) / DAYS_PER_YEAR)

    def _is_old_enough(self, request: Request, entry: Diagnosis, frequency: Frequency) -> bool:
        """Whether radiation nobody asked for leaves time for the course after its youngest age."""
        months = request.age_months
        if months is None and request.age_years is not None:
            months = request.age_years * 12
        if months is None:
            return True
        youngest = youngest_for_radiation(tuple(self._offer.irradiations(entry))) / DAYS_PER_MONTH
        room = 0 if frequency.at_least(Frequency.USUAL) else _COURSE_YEARS * 12
        return months >= youngest + room

    def _unmet(self, request: Request, entry: Diagnosis) -> Iterable[str]:
        flags = request.flags
        topographies = (request.diagnosis.topography,) if request.diagnosis else ()
        sites = tuple(one for one in topographies if one) or entry.topographies
        wishes: tuple[tuple[object, str, Callable[[], bool]], ...] = (
            (flags.shunt, "a shunt", lambda: entry.is_intracranial),
            (
                asked_operations(flags),
                " or ".join(asked_operations(flags)),
                lambda: any(asked_operation_at(flags, site) for site in sites),
            ),
            (flags.metastatic, "metastases", lambda: bool(entry.metastasis_topographies)),
            (flags.boost, "a boost", lambda: self._offer.has_boost(entry)),
            (flags.corticosteroid_over_4w, "steroids over 4 weeks", lambda: _steroids(entry)),
            (flags.toxicity, "a treatment toxicity", lambda: self._toxic(request, entry)),
            (self._unusual_transplant(request, entry), "such a transplant", lambda: False),
            (
                flags.intrathecal_triple,
                "triple intrathecal treatment",
                lambda: self._offer.has_triple_injections(entry),
            ),
            (flags.intrathecal, "intrathecal treatment", lambda: self._offer.has_injections(entry)),
            (
                flags.brachytherapy,
                "brachytherapy",
                lambda: self._offer.has_technique(entry, "brachytherapy"),
            ),
            (
                flags.metabolic_rt,
                "radionuclide therapy",
                lambda: self._offer.has_radionuclides(entry),
            ),
        )
        return (name for asked, name, met in wishes if asked and not met())

    def _likeness(self, request: Request, entry: Diagnosis) -> int:
        wanted = [block for block in request.blocks.required if block in TREATMENTS]
        kinds = (entry.modalities.of(block) or Frequency.NEVER for block in wanted)
        usual = sum(kind.at_least(Frequency.SOMETIMES) for kind in kinds)
        years = request.age_years
        roomy = years is None or years - self._youngest(request, entry) >= _COURSE_YEARS
        at_peak = years is None or entry.age.peak_from <= years <= entry.age.peak_to + _COURSE_YEARS
        return 4 * usual + 2 * roomy + at_peak

    def _toxic(self, request: Request, entry: Diagnosis) -> bool:
        """Whether drugs can be given: toxicities are known of drugs."""
        excluded = request.excludes("chemotherapy")
        return not excluded and self._offer.states(entry.id, "chemotherapy")

    def _unusual_transplant(self, request: Request, entry: Diagnosis) -> bool:
        """A kind of transplant the tumour seldom gets, while the request leaves the tumour open."""
        kind = request.flags.hsct_type
        return kind is not None and request.diagnosis is None and kind != entry.hsct_type


def _steroids(entry: Diagnosis) -> bool:
    return entry.corticosteroid_over_4w.at_least(Frequency.USUAL)


def _age_fits(request: Request, entry: Diagnosis) -> bool:
    """Whether the tumour can have been diagnosed at an age the request leaves open."""
    if request.age_at_first_diagnosis_years is not None:
        return entry.age.admits(request.age_at_first_diagnosis_years)
    if request.age_months is not None:
        return entry.age.minimum * 12 <= request.age_months
    if request.age_years is None:
        return True
    latest = request.age_years
    earliest = max(0, latest - _LONGEST_FOLLOW_UP)
    return any(entry.age.admits(years) for years in range(earliest, latest + 1))


def _clarify(request: Request) -> Refusal:
    detail = "; ".join(request.warnings) or "the request cannot be met as stated"
    return Refusal(Reason.CLARIFY, detail, request.questions)


def _no_reference(name: str, block: str) -> Refusal:
    detail = f"no held document states a {block} dose for {name}; ingest the protocol that does"
    return Refusal(Reason.NO_REFERENCE, detail.replace("treatment dose", "treatment"))


def _implausible(entry: Diagnosis, wish: str) -> Refusal:
    return Refusal(
        Reason.NOT_PLAUSIBLE,
        f"the held documents and the catalogue give no {wish} for {entry.name_en}",
    )
