"""Details of other events in a request: catheter, toxicity, complications, transfusions.

Works on signals that are already read.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from fuente.patients.request_around import NEAR, Around, denied, first_of, given, settled, status_of
from fuente.patients.request_phrases import NUMBER, number_of
from fuente.patients.request_signals import Hit

_CATHETERS: Final = {
    "port": "port-a-cath",
    "hickman": "Hickman-Broviac",
    "picc": "PICC",
    "umbilical": "umbilical",
    "catheter": True,
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
_COUNT_BEFORE: Final = re.compile(
    rf"(?P<sense>more than|over|>|above|greater than|mas de|at least|al menos|>=|fewer than|"
    rf"less than|under|<|menos de|up to|hasta)?\s*(?P<number>{NUMBER})\s*"
    rf"(?:[a-z]+\s+){{0,2}}$"
)
_COUNT_AFTER: Final = re.compile(
    rf"\W*(?P<sense>more than|over|>|mas de|menos de|<|fewer than|less than)\s*(?P<number>{NUMBER})"
)
_TEN: Final = 10


def other_details(around: Around) -> dict[str, Any]:
    """Flags of the block of other events."""
    return {
        **_catheter(around),
        **_toxicity(around),
        **_complication(around),
        **_transfusions(around),
        **_fertility(around),
    }


def _catheter(around: Around) -> dict[str, Any]:
    hits = around.named(*_CATHETERS)
    if not hits:
        return {}
    wanted = [h for h in hits if h.wanted]
    if not wanted:
        return {"catheter": False}
    kinds = [_CATHETERS[h.name] for h in wanted]
    kind = next((k for k in kinds if k is not True), True)
    status = first_of(status_of(around, h) for h in wanted)
    return given(
        catheter=kind, catheter_status=status, catheter_complication=_trouble(around, wanted)
    )


def _trouble(around: Around, catheters: Sequence[Hit]) -> str | bool | None:
    for hit in catheters:
        words = around.folded[max(0, hit.start - 30) : hit.end + NEAR].split(".")[0]
        for pattern, trouble in _CATHETER_TROUBLE:
            match = re.search(pattern, words)
            if match:
                return False if denied(words[: match.start()]) else trouble
    return None


def _toxicity(around: Around) -> dict[str, Any]:
    hits = around.named(*_TOXICITIES)
    if not hits:
        return {}
    wanted = [h for h in hits if h.wanted]
    if not wanted:
        return {"toxicity": False} if any(h.name == "toxicity" for h in hits) else {}
    kind = next((_TOXICITIES[h.name] for h in wanted if h.name != "toxicity"), True)
    words = " ".join(around.sentence(h) for h in wanted)
    outcome = next((o for pattern, o in _OUTCOMES if re.search(pattern, words)), None)
    return given(toxicity=kind, toxicity_outcome=outcome)


def _complication(around: Around) -> dict[str, Any]:
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


def _transfusions(around: Around) -> dict[str, Any]:
    for hit in around.named("transfusion"):
        if not hit.wanted:
            return {"transfusions_over_10": False}
        over = _over_ten(around.folded[max(0, hit.start - NEAR) : hit.start], around.after(hit))
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


def _fertility(around: Around) -> dict[str, Any]:
    hits = around.named("fertility")
    return {"fertility_preservation": settled(hits)} if hits else {}
