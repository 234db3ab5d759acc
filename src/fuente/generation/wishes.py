"""Which operations the details of a request ask for."""

from fuente.patients.anatomy import procedures_at
from fuente.patients.request import Flags


def asked_operations(flags: Flags) -> tuple[str, ...]:
    """The operations that would meet the request, the likeliest first; empty when any will do."""
    if flags.amputation:
        return ("amputation",)
    if flags.prosthesis == "internal":
        return ("limb_salvage",)
    return ("enucleation", "amputation") if flags.prosthesis == "external" else ()


def asked_operation_at(flags: Flags, topography: str) -> str | None:
    """The operation asked for that a tumour at this site can have; None when there is none."""
    possible = procedures_at(topography)
    return next((one for one in asked_operations(flags) if one in possible), None)
