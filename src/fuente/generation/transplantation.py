"""A stem cell transplant: conditioning as cited, donor and course drawn within the rules.

Blood group after an allogeneic transplant is the donor's; graft-versus-host disease happens only
after an allogeneic one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.regimen import Phase, Regimen
from fuente.generation.case import Case
from fuente.generation.chemotherapy import Administration
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.leaf import Leaf, derived, sampled

_GROUPS: Final = ("O", "A", "B", "AB")
# Share of blood groups in Spain (O, A, B, AB) and of Rh positive, in percent. Source: general
# knowledge of Spanish blood bank figures, rounded. Confidence: medium.
_GROUP_WEIGHTS: Final = (45, 42, 9, 4)
_RH_POSITIVE: Final = Decimal("0.84")
# Share of allogeneic recipients with acute and chronic disease in test patients. Plausible values,
# not a published rate. Confidence: low.
_ACUTE_GVHD: Final = Decimal("0.40")
_CHRONIC_GVHD: Final = Decimal("0.15")

_DONORS: Final = {
    "sibling": ("matched_related", "sibling"),
    "unrelated": ("matched_unrelated", "unrelated"),
    "mother": ("haploidentical", "mother"),
    "father": ("haploidentical", "father"),
    "haploidentical mother": ("haploidentical", "mother"),
    "haploidentical father": ("haploidentical", "father"),
}


@dataclass(frozen=True, slots=True)
class Conditioning:
    """The conditioning phase chosen, and the document it stands in."""

    regimen: Regimen
    phase: Phase


@dataclass(frozen=True, slots=True)
class Conditioned:
    """What the patient got before the infusion: the drugs, and the dose to the whole body."""

    drugs: tuple[Administration, ...]
    body_gy: Leaf | None = None


def pick_conditioning(
    case: Case, options: Sequence[tuple[Regimen, Phase]], scope: str
) -> Conditioning:
    """The conditioning for this patient: the model chooses when the documents allow several."""
    named = tuple(Option(phase.phase_id, phase.name[:80]) for _, phase in options)
    choice = Choice(f"{scope}/conditioning", "Which conditioning fits this patient?", named)
    picked = choose_leaf(case.chooser, choice).value
    regimen, phase = next(one for one in options if one[1].phase_id == picked)
    return Conditioning(regimen, phase)


def transplant(
    case: Case, number: int, kind: Leaf, day_zero: Leaf, before: Conditioned
) -> dict[str, Any]:
    """One row of the hsct block."""
    tree: dict[str, Any] = {
        "number": derived(number, "order of the transplants"),
        "date": day_zero,
        "type": kind,
        "conditioning": _doses(before.drugs),
        "conditioning_intensity": derived("myeloablative", "conditioning as cited"),
        **_blood_before(case),
    }
    if before.body_gy is not None:
        tree["tbi_gy"] = before.body_gy
    if kind.value == "autologous":
        return tree | _autologous(case, tree)
    return tree | _allogeneic(case, day_zero)


def _doses(given: Sequence[Administration]) -> list[dict[str, Any]]:
    """One row per drug and statement, with the days it was given on."""
    rows: dict[tuple[str, str], list[Administration]] = {}
    for one in given:
        rows.setdefault((one.drug, one.tree["citation_id"].value), []).append(one)
    return [
        {
            "drug_inn": first.tree["drug_inn"],
            "value": first.tree["prescribed_value"],
            "value_unit": first.tree["prescribed_unit"],
            "days": list({one.tree["day"].value: one.tree["day"] for one in same}.values()),
            "citation_id": first.tree["citation_id"],
        }
        for same in rows.values()
        for first in same[:1]
    ]


def _blood_before(case: Case) -> dict[str, Leaf]:
    draws = case.draws.within("transplant")
    return {
        "blood_group_before": sampled(
            draws.choice("group", _GROUPS, _GROUP_WEIGHTS), "O 45, A 42, B 9, AB 4 percent"
        ),
        "rh_before": sampled(
            "positive" if draws.boolean("rh", _RH_POSITIVE) else "negative", "positive 84 percent"
        ),
    }


def _autologous(case: Case, tree: dict[str, Any]) -> dict[str, Any]:
    cells = case.draws.within("transplant").uniform("cd34", Decimal("2.5"), Decimal(8))
    return {
        "blood_group_after": _same(tree["blood_group_before"]),
        "rh_after": _same(tree["rh_before"]),
        "donor_type": derived("self", "autologous"),
        "donor_relationship": derived("self", "autologous"),
        "cell_source": derived("PBSC", "autologous"),
        "cd34_dose": sampled(cells.quantize(Decimal("0.1")), "uniform 2.5 to 8"),
        "cd34_dose_unit": derived("10*6/kg", "unit of a cell dose"),
        "gvhd": derived(False, "autologous"),
        "immunosuppression": derived(False, "autologous"),
    }


def _same(leaf: Leaf) -> Leaf:
    return derived(leaf.value, "unchanged by an autologous transplant", leaf)


def _allogeneic(case: Case, day_zero: Leaf) -> dict[str, Any]:
    draws = case.draws.within("transplant")
    donor_type, relation = _donor(case)
    group = sampled(
        draws.choice("donor_group", _GROUPS, _GROUP_WEIGHTS), "O 45, A 42, B 9, AB 4 percent"
    )
    rh = draws.boolean("donor_rh", _RH_POSITIVE)
    tree = {
        "donor_type": donor_type,
        "donor_relationship": relation,
        "donor_sex": _donor_sex(case, relation),
        "donor_blood_group": group,
        "blood_group_after": derived(group.value, "the donor's after engraftment", group),
        "rh_after": sampled("positive" if rh else "negative", "positive 84 percent"),
        "cell_source": sampled(
            draws.choice("source", ("bone_marrow", "PBSC"), (2, 1)), "bone_marrow 2 : PBSC 1"
        ),
        "immunosuppression": derived(True, "allogeneic"),
        "immunosuppressants": [derived("ciclosporin", "graft-versus-host prophylaxis")],
        **_gvhd(case, day_zero),
    }
    return tree


def _donor(case: Case) -> tuple[Leaf, Leaf]:
    asked = _DONORS.get(case.request.flags.donor or "")
    if asked is not None:
        return derived(asked[0], "as requested"), derived(asked[1], "as requested")
    options = tuple(
        Option(key, f"{kind.replace('_', ' ')} donor, {who}")
        for key, (kind, who) in _DONORS.items()
        if " " not in key
    )
    picked = choose_leaf(case.chooser, Choice("transplant/donor", "Who is the donor?", options))
    kind, who = _DONORS[picked.value]
    return derived(kind, "donor chosen", picked), derived(who, "donor chosen", picked)


def _donor_sex(case: Case, relation: Leaf) -> Leaf:
    known = {"mother": "female", "father": "male"}.get(relation.value)
    if known:
        return derived(known, "sex of the relative", relation)
    drawn = case.draws.within("transplant").choice("donor_sex", ("male", "female"))
    return sampled(drawn, "equally likely")


def _gvhd(case: Case, day_zero: Leaf) -> dict[str, Any]:
    draws = case.draws.within("transplant")
    flags = case.request.flags
    acute = draws.boolean("gvhd_acute", _ACUTE_GVHD)
    chronic = draws.boolean("gvhd_chronic", _CHRONIC_GVHD)
    if flags.gvhd_acute is not None:
        acute = flags.gvhd_acute != "0"
    if flags.gvhd_chronic is not None:
        chronic = flags.gvhd_chronic != "none"
    tree: dict[str, Any] = {"gvhd": sampled(acute or chronic, "acute 40, chronic 15 percent")}
    onset = case.later(day_zero, "transplant/gvhd_onset", 14, 80)
    if acute:
        grade: str = flags.gvhd_acute or draws.choice("grade", ("I", "II", "III"), (5, 4, 1))
        tree |= {
            "gvhd_acute_grade": sampled(grade, "I 5 : II 4 : III 1, or as requested"),
            "gvhd_acute_onset": onset,
        }
    if chronic:
        extent: str = flags.gvhd_chronic or draws.choice("extent", ("limited", "extensive"), (2, 1))
        tree["gvhd_chronic_grade"] = sampled(extent, "limited 2 : extensive 1, or as requested")
    if acute or chronic:
        organ = draws.choice("organ", ("skin", "gut", "liver"), (5, 2, 1))
        tree["gvhd_organs"] = [sampled(organ, "skin 5 : gut 2 : liver 1")]
    return tree
