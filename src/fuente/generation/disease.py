"""The diagnosis row: site, side, stage, spread and genetics, drawn as the catalogue says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from fuente.generation.case import Case
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.generation.profile import Extent
from fuente.generation.wishes import asked_operation_at
from fuente.patients import anatomy
from fuente.patients.diagnosis import Diagnosis, Option, PrimarySite
from fuente.patients.fields import field_fits
from fuente.patients.request import Flags
from fuente.patients.sampling import Draws

_PROSTHESIS: Final = {
    "enucleation": "external",
    "amputation": "external",
    "limb_salvage": "internal",
}
# Risk groups a transplant in the first line is for, and the leukaemia that has one whenever it is
# of high risk. Source: R03 of the project's regimen facts. Confidence: medium.
_TRANSPLANTED_RISKS: Final = ("high", "very_high")
_TRANSPLANTED_IF_HIGH: Final = "AML"
# Histologies that a protocol of their family calls unfavourable. Source: EpSSG RMS2005 in the
# project's regimen facts. Confidence: high.
_UNFAVOURABLE: Final = frozenset({"ARMS"})


@dataclass(frozen=True, slots=True)
class Disease:
    """One tumour of one patient: the drawn facts other steps need, as leaves."""

    entry: Diagnosis
    number: Leaf
    date: Leaf
    topography: Leaf
    side: Leaf | None
    metastatic: Leaf
    sites: tuple[Leaf, ...]
    risk: Leaf | None
    stage: tuple[Leaf, Leaf] | None
    hereditary: Leaf


@dataclass(frozen=True, slots=True)
class Onset:
    """When and in whom a tumour was found, and the risk groups its protocol is for, if it says.

    `transplanted` is whether a transplant was asked for, `blocks` is what the course consists of.
    """

    number: int
    day: Leaf
    sex: str
    years: Decimal
    protocol_risks: frozenset[str] = frozenset()
    transplanted: bool = False
    blocks: frozenset[str] = frozenset()


def draw_disease(case: Case, entry: Diagnosis, onset: Onset, attempt: int = 0) -> Disease:
    """Draw what the request leaves open about one tumour; each attempt spreads it anew."""
    number, sex, years = onset.number, onset.sex, onset.years
    draws = case.draws.within(f"disease/{number}")
    asked = case.request.diagnosis if number == 1 else None
    topography = _topography(case, draws, entry, sex, number)
    side = _side(draws, entry, topography, asked.laterality if asked else None)
    hereditary = _hereditary(draws, entry, side)
    if attempt:
        draws = draws.within(f"attempt/{attempt}")
    metastatic = _metastatic(case, draws, entry, number)
    risk = _risk(case, draws, entry, metastatic.value, onset)
    return Disease(
        entry,
        derived(number, "order of the diagnoses"),
        onset.day,
        topography,
        side,
        metastatic,
        _spread(case, draws, entry, metastatic, sex),
        risk,
        _stage(draws, entry, (metastatic.value, years), _facts(topography, risk) | _course(onset)),
        hereditary,
    )


def extent_of(disease: Disease) -> Extent:
    """The disease as statements of documents ask for it, before it is operated on."""
    return Extent(
        stage=disease.stage[1].value if disease.stage else "",
        metastases=tuple(site.value for site in disease.sites),
        favourable=disease.entry.id not in _UNFAVOURABLE,
    )


def diagnosis_tree(case: Case, disease: Disease, prosthesis: str | None) -> dict[str, Any]:
    """The row of the diagnoses block; `prosthesis` is the procedure that left one, if any."""
    entry = disease.entry
    tree: dict[str, Any] = {
        "diagnosis_number": disease.number,
        "date_of_diagnosis": disease.date,
        "tumour_name_en": derived(entry.name_en, "catalogue name"),
        "tumour_name_es": derived(entry.name_es, "catalogue name"),
        "morphology": _morphology(case, disease),
        "topography": disease.topography,
        "site_text": derived(
            anatomy.site(disease.topography.value).label(case.request.language),
            "label of the topography",
            disease.topography,
        ),
        "laterality": disease.side,
        "iccc3_group": derived(
            entry.iccc3_at(disease.topography.value),
            "ICCC-3 of morphology and topography",
            disease.topography,
        ),
        "metastatic": disease.metastatic,
        "metastasis_sites": list(disease.sites),
        **_stage_tree(disease),
        **_genetics(case, disease),
        **_prosthesis_tree(disease, prosthesis),
    }
    return {key: value for key, value in tree.items() if value is not None}


def _morphology(case: Case, disease: Disease) -> Leaf:
    asked = case.request.diagnosis if disease.number.value == 1 else case.request.second_tumour
    code = asked.icdo3 if asked is not None else None
    if code in disease.entry.morphologies:
        return derived(code, "as requested")
    return derived(disease.entry.icdo3_2, "catalogue code, ICD-O-3.2")


def _topography(case: Case, draws: Draws, entry: Diagnosis, sex: str, number: int) -> Leaf:
    asked = case.request.diagnosis if number == 1 else None
    if asked is not None and asked.topography is not None:
        return derived(asked.topography, "as requested")
    flags = case.request.flags if number == 1 else Flags()
    sites = entry.sites_for(sex)
    sites = tuple(one for one in sites if asked_operation_at(flags, one.code)) or sites
    if number == 1 and case.request.requires("radiotherapy"):
        sites = tuple(one for one in sites if _can_be_irradiated(case, entry, one)) or sites
    drawn = draws.choice("site", sites, [site.weight for site in sites])
    return sampled(drawn.code, "catalogue weights of the sites")


def _can_be_irradiated(case: Case, entry: Diagnosis, site: PrimarySite) -> bool:
    """Whether some field of the documents suits a tumour at the site."""
    fields = (
        one.irradiation.target or "primary"
        for regimen in case.bundle.regimens
        if entry.id in regimen.diagnoses
        for one in case.bundle.irradiations(regimen)
        if one.irradiation is not None
    )
    return any(field_fits(field, (site.code,), site.iccc3) for field in fields)


def _side(draws: Draws, entry: Diagnosis, site: Leaf, asked: str | None) -> Leaf | None:
    if asked is not None:
        return derived(asked, "as requested")
    sides = entry.sides_at(site.value)
    return _drawn(draws, "side", sides) if sides else None


def _metastatic(case: Case, draws: Draws, entry: Diagnosis, number: int) -> Leaf:
    asked = case.request.flags.metastatic if number == 1 else None
    if asked is not None:
        return derived(asked, "as requested")
    possible = bool(entry.metastasis_topographies)
    drawn = possible and draws.boolean("metastatic", Decimal(entry.metastatic_percent) / 100)
    return sampled(drawn, f"{entry.metastatic_percent} percent metastatic")


def _spread(
    case: Case, draws: Draws, entry: Diagnosis, metastatic: Leaf, sex: str
) -> tuple[Leaf, ...]:
    if not metastatic.value:
        return ()
    asked = case.request.metastasis_sites if entry.id else ()
    if asked:
        return tuple(derived(site, "as requested") for site in asked)
    usual = entry.metastasis_sites_for(sex)
    count = draws.integer("metastases", 1, min(2, len(usual)))
    return tuple(
        sampled(site, "1 or 2 of the usual sites, equally likely")
        for site in draws.sample("metastasis_sites", usual, count)
    )


def _risk(
    case: Case, draws: Draws, entry: Diagnosis, metastatic: bool, onset: Onset
) -> Leaf | None:
    if case.request.risk_group is not None and onset.number == 1:
        return derived(case.request.risk_group, "as requested")
    options = entry.risk_options(metastatic, onset.years)
    meant = tuple(one for one in options if one.value in onset.protocol_risks)
    if onset.protocol_risks and not meant:
        return derived(min(onset.protocol_risks), "a risk group the protocol is for")
    options = _as_transplanted(entry, meant or options, onset.transplanted)
    return _drawn(draws, "risk", options) if options else None


def _as_transplanted(
    entry: Diagnosis, options: tuple[Option, ...], transplanted: bool
) -> tuple[Option, ...]:
    """A transplant in the first line is for high risk; high-risk myeloid leukaemia has one."""
    if transplanted:
        kept = tuple(one for one in options if one.value in _TRANSPLANTED_RISKS)
    elif entry.id == _TRANSPLANTED_IF_HIGH:
        kept = tuple(one for one in options if one.value not in _TRANSPLANTED_RISKS)
    else:
        return options
    return kept or options


def _stage(
    draws: Draws, entry: Diagnosis, extent: tuple[bool, Decimal], facts: Mapping[str, str]
) -> tuple[Leaf, Leaf] | None:
    for system in entry.stage_systems:
        possible = system.options(*extent)
        options = tuple(one for one in possible if one.suits(facts)) or possible
        if options:
            name = derived(system.system, "staging system of the tumour")
            return name, _drawn(draws, "stage", options)
    return None


def _hereditary(draws: Draws, entry: Diagnosis, side: Leaf | None) -> Leaf:
    if entry.id == "RB" and side is not None and side.value == "bilateral":
        return derived(True, "a retinoblastoma of both eyes is hereditary", side)
    chance = Decimal(entry.genetic_percent) / 100
    present = bool(entry.genetic_associations) and draws.boolean("genetic", chance)
    return sampled(present, f"{entry.genetic_percent} percent")


def _course(onset: Onset) -> dict[str, str]:
    parts = {"operated": "surgery", "irradiated": "radiotherapy"}
    return {name: "yes" if block in onset.blocks else "no" for name, block in parts.items()}


def _facts(topography: Leaf, risk: Leaf | None) -> dict[str, str]:
    return {"site": topography.value, "risk": risk.value if risk is not None else ""}


def _drawn(draws: Draws, name: str, options: tuple[Option, ...]) -> Leaf:
    weights = [option.weight for option in options]
    value = draws.choice(name, options, weights).value
    return sampled(value, " : ".join(f"{one.value} {one.weight}" for one in options))


def _stage_tree(disease: Disease) -> dict[str, Leaf]:
    tree = {} if disease.risk is None else {"risk_group": disease.risk}
    if disease.stage is not None:
        tree |= {"stage_system": disease.stage[0], "stage_value": disease.stage[1]}
    return tree


def _genetics(case: Case, disease: Disease) -> dict[str, Leaf]:
    entry = disease.entry
    draws = case.draws.within(f"disease/{disease.number.value}")
    tree = {"genetic_disease": disease.hereditary}
    if disease.hereditary.value:
        name = draws.choice("genetic_name", entry.genetic_associations)
        tree["genetic_disease_name"] = sampled(name, "associations of the catalogue")
    markers = _markers(disease)
    if markers:
        tree["genetic_markers"] = _drawn(draws, "marker", markers)
    if entry.immunophenotype:
        tree["immunophenotype"] = derived(entry.immunophenotype, "of the entity")
    return tree


def _markers(disease: Disease) -> tuple[Option, ...]:
    """The markers that go with risk, site, spread and heredity; all where none does."""
    hereditary = "yes" if disease.hereditary.value else "no"
    facts = _facts(disease.topography, disease.risk) | {"hereditary": hereditary}
    every = disease.entry.markers
    spread = tuple(one for one in every if one.metastatic in (None, disease.metastatic.value))
    return tuple(one for one in spread if one.suits(facts)) or every


def _prosthesis_tree(disease: Disease, procedure: str | None) -> dict[str, Leaf]:
    kind = _PROSTHESIS.get(procedure or "")
    if kind is None:
        return {"prosthesis_placed": derived(False, "no operation that needs one")}
    return {
        "prosthesis_placed": derived(True, "after the operation"),
        "prosthesis_type": derived(kind, "by procedure"),
        "prosthesis_site": derived(disease.topography.value, "primary site", disease.topography),
        "prosthesis_present": derived(True, "in place at last contact"),
    }
