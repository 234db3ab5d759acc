"""The closed list of details a request may state, each a flag only when it is stated.

Works on signals that are already read, looking at the words right around each.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from fuente.patients.request import Flags
from fuente.patients.request_around import NEAR, Around, first_of, given, settled, status_of
from fuente.patients.request_events import other_details
from fuente.patients.request_phrases import NUMBER, number_of
from fuente.patients.request_places import (
    leading_metastasis_places,
    metastasis_sites,
    trailing_metastasis_places,
)
from fuente.patients.request_signals import Hit
from fuente.patients.request_transplant import transplant_details

_SHUNTS: Final = {
    "vp_shunt": "ventriculoperitoneal",
    "va_shunt": "ventriculoatrial",
    "sp_shunt": "subduroperitoneal",
    "etv": "third_ventriculostomy",
    "evd": "external_ventricular_drain",
}
_LONG: Final = re.compile(
    rf"(?P<sense>more than|over|>|longer than|at least|mas de|al menos|durante|for|>=|less than|"
    rf"fewer than|under|<|menos de)?\s*(?:de\s+)?(?P<number>{NUMBER})\s*(?P<unit>weeks?|semanas?|"
    rf"months?|meses|mes)"
)
_PROLONGED: Final = re.compile(
    r"prolonged|long[\s-]term|prolongad[oa]s?|larga duracion|cronic[oa]s?"
)
_FOUR_WEEKS: Final = 4


def read_flags(folded: str, hits: Sequence[Hit]) -> Flags:
    """The flags that the words state."""
    around = Around(folded, hits)
    stated: dict[str, Any] = {}
    for reader in (
        _shunt,
        _intrathecal,
        transplant_details,
        _radiotherapy,
        _operation,
        other_details,
        _spread,
    ):
        stated.update(reader(around))
    return Flags(**stated)


def read_metastasis_sites(folded: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Topographies of the metastases that the words place somewhere."""
    found: list[str] = []
    for hit in hits:
        if hit.name == "metastasis" and hit.wanted:
            before = trailing_metastasis_places(folded[max(0, hit.start - NEAR) : hit.start])
            after = leading_metastasis_places(folded[hit.end : hit.end + 2 * NEAR])
            found.extend(metastasis_sites(f"{before} , {after}"))
    return tuple(dict.fromkeys(found))


def _shunt(around: Around) -> dict[str, Any]:
    hits = around.named("shunt", *_SHUNTS)
    if not hits:
        return {}
    wanted = [hit for hit in hits if hit.wanted]
    if not wanted:
        return {"shunt": False}
    kind = next((_SHUNTS[hit.name] for hit in wanted if hit.name in _SHUNTS), None)
    status = first_of(status_of(around, hit) for hit in wanted)
    return given(shunt=True, shunt_type=kind, shunt_status=status)


def _intrathecal(around: Around) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    for hit in around.named("intrathecal"):
        stated["intrathecal"] = hit.wanted
    for hit in around.named("triple_intrathecal"):
        stated["intrathecal_triple"] = hit.wanted
    if stated.get("intrathecal_triple"):
        stated.pop("intrathecal", None)
    return {**stated, **_corticosteroid(around)}


def _corticosteroid(around: Around) -> dict[str, Any]:
    for hit in around.named("corticosteroid"):
        words = f"{around.before(hit)} {around.after(hit)}"
        match = _LONG.search(words)
        if match:
            return {"corticosteroid_over_4w": hit.wanted and _is_long(match)}
        if _PROLONGED.search(words):
            return {"corticosteroid_over_4w": hit.wanted}
        if not hit.wanted:
            return {"corticosteroid_over_4w": False}
    return {}


def _is_long(match: re.Match[str]) -> bool:
    weeks = number_of(match["number"]) * (1 if match["unit"].startswith(("week", "seman")) else 4.3)
    if re.match(r"less|fewer|under|<|menos", match["sense"] or ""):
        return False
    is_more = re.match(r"more|over|>|longer|mas", match["sense"] or "")
    return weeks >= _FOUR_WEEKS if is_more else weeks > _FOUR_WEEKS


def _radiotherapy(around: Around) -> dict[str, Any]:
    return {
        name: settled(around.named(name))
        for name in ("boost", "brachytherapy", "metabolic_rt")
        if around.named(name)
    }


def _operation(around: Around) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    if around.named("amputation"):
        stated["amputation"] = settled(around.named("amputation"))
    names = {"internal_prosthesis": "internal", "external_prosthesis": "external"}
    hits = [h for h in around.named(*names, "prosthesis") if h.wanted]
    kind = next((names[h.name] for h in hits if h.name in names), None)
    status = first_of(status_of(around, h) for h in hits)
    present = None if status is None else status == "present"
    return {**stated, **given(prosthesis=kind, prosthesis_present=present)}


def _spread(around: Around) -> dict[str, Any]:
    if around.named("localised") and not any(h.wanted for h in around.named("metastasis")):
        return {"metastatic": False}
    hits = around.named("metastasis")
    return {"metastatic": settled(hits)} if hits else {}
