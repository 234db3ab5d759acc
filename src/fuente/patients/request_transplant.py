"""Details of transplants in a request: kind, donor, graft-versus-host disease.

Works on signals that are already read.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from fuente.patients.request_around import NEAR, Around, given
from fuente.patients.request_signals import Hit

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


def transplant_details(around: Around) -> dict[str, Any]:
    """Flags of transplants; a donor or graft-versus-host disease means an allogeneic one."""
    wanted = [h for h in around.named("hsct", "autologous", "allogeneic", "syngeneic") if h.wanted]
    kind = next((h.name for h in wanted if h.name != "hsct"), None)
    donor = _donor(around, wanted) if kind != "autologous" else None
    gvhd = _gvhd(around)
    if kind is None and (donor or any(v not in ("0", "none") for v in gvhd.values())):
        kind = "allogeneic"
    suppressed = {h.wanted for h in around.named("immunosuppression")}
    flag = suppressed.pop() if len(suppressed) == 1 else None
    return given(hsct_type=kind, donor=donor, immunosuppression=flag, **gvhd)


def _donor(around: Around, transplants: Sequence[Hit]) -> str | None:
    if not transplants:
        return None
    words = " ".join(
        around.folded[max(0, h.start - 2 * NEAR) : h.end + 2 * NEAR] for h in transplants
    )
    half = "haplo" in around.folded
    for pattern, donor in _DONORS:
        if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", words):
            return f"haploidentical {donor}" if half and donor in ("mother", "father") else donor
    if _TWIN.search(words):
        return "sibling"
    return "haploidentical" if half else None


def _gvhd(around: Around) -> dict[str, Any]:
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
