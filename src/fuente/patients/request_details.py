"""The closed list of details a request may state, each a flag only when it is stated.

Works on signals that are already read, looking at the words right around each.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fuente.patients.request import Flags
from fuente.patients.request_phrases import NUMBER, Cue, cue, number_of
from fuente.patients.request_places import (
    leading_metastasis_places,
    metastasis_sites,
    trailing_metastasis_places,
)
from fuente.patients.request_signals import Hit, sentence_end

_NEAR: Final = 45
_CATHETERS: Final = {
    "port": "port-a-cath",
    "hickman": "Hickman-Broviac",
    "picc": "PICC",
    "umbilical": "umbilical",
    "catheter": True,
}
_SHUNTS: Final = {
    "vp_shunt": "ventriculoperitoneal",
    "va_shunt": "ventriculoatrial",
    "sp_shunt": "subduroperitoneal",
    "etv": "third_ventriculostomy",
    "evd": "external_ventricular_drain",
}
_TOXICITIES: Final = {
    "ototoxicity": "ototoxicity",
    "cardiotoxicity": "cardiotoxicity",
    "neurotoxicity": "neurotoxicity",
    "nephrotoxicity": "nephrotoxicity",
    "hepatotoxicity": "hepatotoxicity",
    "mucositis": "mucositis",
    "pancreatitis": "pancreatitis",
    "cystitis": "haemorrhagic cystitis",
    "osteonecrosis": "osteonecrosis",
    "toxicity": True,
}
_CATHETER_TROUBLE: Final = (
    (r"infect|infecc|bacteri?emi|sepsis", "infection"),
    (r"thromb|tromb", "thrombosis"),
    (r"malfunc|obstru|occlu|oclus", "malfunction"),
    (r"extravas", "extravasation"),
    (r"dislodg|displac|desplaz|migra", "dislodgement"),
    (r"pneumothorax|neumotorax", "pneumothorax"),
    (r"complica", True),
)
_OUTCOMES: Final = (
    (r"sequela|secuela|permanent|irreversible", "sequelae"),
    (r"fatal|mortal|died of|fallec", "fatal"),
    (r"not resolved|unresolved|no resuelt|sin resolver|persist", "not_resolved"),
    (r"resolving|en resolucion|improving|mejorando", "resolving"),
    (r"resolved|resuelt|recovered|recuperad|resolution|con resolucion|reversible", "resolved"),
)
_GRADE: Final = re.compile(r"(?:grade|grado|gr\.?)\s*(iv|iii|ii|i|[0-4])(?![a-z\d])")
_ROMAN: Final = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}
_TWIN: Final = re.compile(r"identical twin|gemel[oa] identic")
_DONORS: Final = (
    (r"mother|madre|materno|maternal", "mother"),
    (r"father|padre|paterno|paternal", "father"),
    (r"sibling|brother|sister|herman[oa]s?", "sibling"),
    (
        r"unrelated|no emparentad[oa]|no familiar|registry|registro de donantes|cord blood|"
        r"sangre de cordon|banco de cordon|mud|dne|volunteer donor",
        "unrelated",
    ),
)
_COUNT_BEFORE: Final = re.compile(
    rf"(?P<sense>more than|over|>|above|greater than|mas de|at least|al menos|>=|fewer than|"
    rf"less than|under|<|menos de|up to|hasta)?\s*(?P<number>{NUMBER})\s*"
    rf"(?:[a-z]+\s+){{0,2}}$"
)
_COUNT_AFTER: Final = re.compile(
    rf"\W*(?P<sense>more than|over|>|mas de|menos de|<|fewer than|less than)\s*(?P<number>{NUMBER})"
)
_LONG: Final = re.compile(
    rf"(?P<sense>more than|over|>|longer than|at least|mas de|al menos|durante|for|>=|less than|"
    rf"fewer than|under|<|menos de)?\s*(?:de\s+)?(?P<number>{NUMBER})\s*(?P<unit>weeks?|semanas?|"
    rf"months?|meses|mes)"
)
_PROLONGED: Final = re.compile(
    r"prolonged|long[\s-]term|prolongad[oa]s?|larga duracion|cronic[oa]s?"
)
_FOUR_WEEKS: Final = 4
_TEN: Final = 10


@dataclass(frozen=True, slots=True)
class _Around:
    """The text with its signals, asked about the words near one of them."""

    folded: str
    hits: Sequence[Hit]

    def named(self, *names: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.name in names]

    def after(self, hit: Hit) -> str:
        following = [h.start for h in self.hits if h.start >= hit.end]
        limit = min([*following, hit.end + _NEAR, sentence_end(self.folded, hit.end)])
        return self.folded[hit.end : limit]

    def before(self, hit: Hit) -> str:
        preceding = [h.end for h in self.hits if h.end <= hit.start]
        return self.folded[max([*preceding, hit.start - _NEAR]) : hit.start]

    def sentence(self, hit: Hit) -> str:
        start = max(self.folded.rfind(". ", 0, hit.start), self.folded.rfind(";", 0, hit.start), 0)
        return self.folded[start : sentence_end(self.folded, hit.end)]


def read_flags(folded: str, hits: Sequence[Hit]) -> Flags:
    """The flags that the words state."""
    around = _Around(folded, hits)
    stated: dict[str, Any] = {}
    for reader in (_shunt, _intrathecal, _transplant, _radiotherapy, _operation, _other, _spread):
        stated.update(reader(around))
    return Flags(**stated)


def read_metastasis_sites(folded: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Topographies of the metastases that the words place somewhere."""
    found: list[str] = []
    for hit in hits:
        if hit.name == "metastasis" and hit.wanted:
            before = trailing_metastasis_places(folded[max(0, hit.start - _NEAR) : hit.start])
            after = leading_metastasis_places(folded[hit.end : hit.end + 2 * _NEAR])
            found.extend(metastasis_sites(f"{before} , {after}"))
    return tuple(dict.fromkeys(found))


def _shunt(around: _Around) -> dict[str, Any]:
    hits = around.named("shunt", *_SHUNTS)
    if not hits:
        return {}
    wanted = [hit for hit in hits if hit.wanted]
    if not wanted:
        return {"shunt": False}
    kind = next((_SHUNTS[hit.name] for hit in wanted if hit.name in _SHUNTS), None)
    status = _first(_status(around, hit) for hit in wanted)
    return _given(shunt=True, shunt_type=kind, shunt_status=status)


def _intrathecal(around: _Around) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    for hit in around.named("intrathecal"):
        stated["intrathecal"] = hit.wanted
    for hit in around.named("triple_intrathecal"):
        stated["intrathecal_triple"] = hit.wanted
    if stated.get("intrathecal_triple"):
        stated.pop("intrathecal", None)
    return {**stated, **_corticosteroid(around)}


def _corticosteroid(around: _Around) -> dict[str, Any]:
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


def _transplant(around: _Around) -> dict[str, Any]:
    wanted = [h for h in around.named("hsct", "autologous", "allogeneic", "syngeneic") if h.wanted]
    kind = next((h.name for h in wanted if h.name != "hsct"), None)
    donor = _donor(around, wanted) if kind != "autologous" else None
    gvhd = _gvhd(around)
    if kind is None and (donor or any(v not in ("0", "none") for v in gvhd.values())):
        kind = "allogeneic"
    suppressed = {h.wanted for h in around.named("immunosuppression")}
    flag = suppressed.pop() if len(suppressed) == 1 else None
    return _given(hsct_type=kind, donor=donor, immunosuppression=flag, **gvhd)


def _donor(around: _Around, transplants: Sequence[Hit]) -> str | None:
    if not transplants:
        return None
    words = " ".join(
        around.folded[max(0, h.start - 2 * _NEAR) : h.end + 2 * _NEAR] for h in transplants
    )
    half = "haplo" in around.folded
    for pattern, donor in _DONORS:
        if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", words):
            return f"haploidentical {donor}" if half and donor in ("mother", "father") else donor
    if _TWIN.search(words):
        return "sibling"
    return "haploidentical" if half else None


def _gvhd(around: _Around) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    for hit in around.named("gvhd"):
        words = f"{around.before(hit)} {hit.text} {around.after(hit)}"
        if not hit.wanted:
            stated |= _no_gvhd(words)
            continue
        if re.search(r"chronic|cronic", words) or re.search(
            r"limited|limitad|extensi|extens", words
        ):
            stated["gvhd_chronic"] = "extensive" if re.search(r"extens", words) else "limited"
        if not re.search(r"chronic|cronic", words) or re.search(r"acute|agud", words):
            stated["gvhd_acute"] = _grade(words)
    return stated


def _no_gvhd(words: str) -> dict[str, Any]:
    acute, chronic = re.search(r"acute|agud", words), re.search(r"chronic|cronic", words)
    stated = {"gvhd_acute": "0", "gvhd_chronic": "none"}
    if bool(acute) != bool(chronic):
        stated.pop("gvhd_chronic" if acute else "gvhd_acute")
    return stated


def _grade(words: str) -> str:
    match = _GRADE.search(words)
    if match is None:
        # The record must hold a grade; II is the commonest that is treated. Confidence: low.
        return "II"
    return _ROMAN.get(match.group(1), match.group(1).upper())


def _radiotherapy(around: _Around) -> dict[str, Any]:
    return {
        name: _settled(around.named(name))
        for name in ("boost", "brachytherapy", "metabolic_rt")
        if around.named(name)
    }


def _operation(around: _Around) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    if around.named("amputation"):
        stated["amputation"] = _settled(around.named("amputation"))
    names = {"internal_prosthesis": "internal", "external_prosthesis": "external"}
    hits = [h for h in around.named(*names, "prosthesis") if h.wanted]
    kind = next((names[h.name] for h in hits if h.name in names), None)
    status = _first(_status(around, h) for h in hits)
    present = None if status is None else status == "present"
    return {**stated, **_given(prosthesis=kind, prosthesis_present=present)}


def _other(around: _Around) -> dict[str, Any]:
    return {
        **_catheter(around),
        **_toxicity(around),
        **_complication(around),
        **_transfusions(around),
        **_fertility(around),
    }


def _catheter(around: _Around) -> dict[str, Any]:
    hits = around.named(*_CATHETERS)
    if not hits:
        return {}
    wanted = [h for h in hits if h.wanted]
    if not wanted:
        return {"catheter": False}
    kinds = [_CATHETERS[h.name] for h in wanted]
    kind = next((k for k in kinds if k is not True), True)
    status = _first(_status(around, h) for h in wanted)
    return _given(
        catheter=kind, catheter_status=status, catheter_complication=_trouble(around, wanted)
    )


def _trouble(around: _Around, catheters: Sequence[Hit]) -> str | bool | None:
    for hit in catheters:
        words = around.folded[max(0, hit.start - 30) : hit.end + _NEAR].split(".")[0]
        for pattern, trouble in _CATHETER_TROUBLE:
            match = re.search(pattern, words)
            if match:
                return False if _denied(words[: match.start()]) else trouble
    return None


def _toxicity(around: _Around) -> dict[str, Any]:
    hits = around.named(*_TOXICITIES)
    if not hits:
        return {}
    wanted = [h for h in hits if h.wanted]
    if not wanted:
        return {"toxicity": False} if any(h.name == "toxicity" for h in hits) else {}
    kind = next((_TOXICITIES[h.name] for h in wanted if h.name != "toxicity"), True)
    words = " ".join(around.sentence(h) for h in wanted)
    outcome = next((o for pattern, o in _OUTCOMES if re.search(pattern, words)), None)
    return _given(toxicity=kind, toxicity_outcome=outcome)


def _complication(around: _Around) -> dict[str, Any]:
    names = {"catheter", "port", "hickman", "picc"}
    for hit in around.named("sepsis", "complication"):
        near = around.folded[max(0, hit.start - 25) : hit.end + 25]
        if names & {h.name for h in around.hits if h.text in near}:
            continue
        if hit.name == "sepsis":
            return {"complication": "sepsis" if hit.wanted else False}
        known = "febrile neutropenia" if "neutrop" in hit.text else True
        return {"complication": known if hit.wanted else False}
    return {}


def _transfusions(around: _Around) -> dict[str, Any]:
    for hit in around.named("transfusion"):
        if not hit.wanted:
            return {"transfusions_over_10": False}
        over = _over_ten(around.folded[max(0, hit.start - _NEAR) : hit.start], around.after(hit))
        if over is not None:
            return {"transfusions_over_10": over}
    return {}


def _over_ten(before: str, after: str) -> bool | None:
    match = _COUNT_BEFORE.search(before) or _COUNT_AFTER.match(after)
    if match is None:
        return None
    number, sense = number_of(match["number"]), match["sense"] or ""
    if re.match(r"fewer|less|under|<|menos|up|hasta", sense):
        return False if number <= _TEN + 1 else None
    if re.match(r"more|over|>$|above|greater|mas", sense):
        return True if number >= _TEN else None
    return None if number == _TEN else number > _TEN


def _fertility(around: _Around) -> dict[str, Any]:
    hits = around.named("fertility")
    return {"fertility_preservation": _settled(hits)} if hits else {}


def _spread(around: _Around) -> dict[str, Any]:
    if around.named("localised") and not any(h.wanted for h in around.named("metastasis")):
        return {"metastatic": False}
    hits = around.named("metastasis")
    return {"metastatic": _settled(hits)} if hits else {}


def _status(around: _Around, hit: Hit) -> str | None:
    after = around.after(hit)
    removed, present = _place(after, "removed"), _place(after, "present")
    if removed is None and present is None:
        before = around.before(hit)[-22:]
        removed, present = _place(before, "removed"), _place(before, "present")
    if removed is None and present is None:
        return None
    if removed is not None and (present is None or removed < present):
        return "removed"
    return "present"


def _place(words: str, name: Cue) -> int | None:
    match = cue(name).search(words)
    return match.start() if match else None


def _denied(words: str) -> bool:
    return bool(
        re.search(r"(?<![a-z])(?:no|sin|without|not|ninguna|free of)(?:\s+[a-z]+)?\s*$", words)
    )


def _settled(hits: Sequence[Hit]) -> bool:
    return any(hit.wanted for hit in hits)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _given(**values: Any) -> dict[str, Any]:  # noqa: ANN401  flag values differ in type
    return {key: value for key, value in values.items() if value is not None}
