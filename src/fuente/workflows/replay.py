"""Replay: the same request, seed, reference date and evidence must give the same bytes."""

from typing import Any

from fuente.evidence.refusal import Refusal
from fuente.exports.json_lines import record_line
from fuente.records.difference import differences
from fuente.records.parsing import NotARecord, parse_line, shape_findings
from fuente.workflows.generate import GenerateServices, Generation

_SHOWN = 20


def replay_line(line: str, services: GenerateServices) -> dict[str, Any]:
    """Whether the record comes out the same, and where it differs if not; nothing is stored."""
    try:
        data = parse_line(line)
    except NotARecord as problem:
        return {"same": False, "detail": str(problem)}
    record, findings = shape_findings(data)
    if record is None:
        return {"same": False, "detail": f"{findings[0].pointer}: {findings[0].message}"}
    made = Generation(record.request, services, record.seed, record.generated_at).run()
    if isinstance(made, Refusal):
        return {
            "record_id": record.record_id,
            "same": False,
            "detail": f"refused: {made.reason}: {made.detail}",
        }
    if made.line == record_line(data):
        return {"record_id": record.record_id, "same": True}
    different = [pointer for pointer, _, _ in differences(data, made.record)][:_SHOWN]
    return {"record_id": record.record_id, "same": False, "differences": different}
