"""Reading stored patients for API and pages alike; each reading is an event of the audit log."""

import json
from typing import Any, Final

from fastapi import Request

from fuente.audit.event import Action, AuditEvent
from fuente.errors import NotFound
from fuente.ports import StoredRecord
from fuente.server.access import application_of
from fuente.server.authentication import actor_of
from fuente.server.schemas import PatientRow, PatientsPage

RECORD_ID: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def read_patient(request: Request, record_id: str) -> StoredRecord:
    """A stored patient; who read it is logged.

    Raises:
        NotFound: there is none with this id.
    """
    store = application_of(request).store
    stored = store.record(record_id)
    if stored is None:
        raise NotFound(f"There is no patient {record_id[:64]}.")
    store.log(AuditEvent(Action.PATIENT_READ, actor_of(request), record_id))
    return stored


def patients_page(request: Request, offset: int, limit: int) -> PatientsPage:
    """A page of the list of patients; who read it is logged."""
    store = application_of(request).store
    rows = [_row(one) for one in store.records(offset, limit)]
    details: dict[str, str | int | bool] = {"offset": offset, "patients": len(rows)}
    store.log(AuditEvent(Action.PATIENT_READ, actor_of(request), "list", details))
    return PatientsPage(total=store.count_records(), offset=offset, limit=limit, patients=rows)


def _row(stored: StoredRecord) -> PatientRow:
    record = _without_origins(stored.line)
    person = record["demographics"]
    names = (person["given_name"], person["family_name_1"], person.get("family_name_2", ""))
    first = record["diagnoses"][0]
    return PatientRow(
        record_id=stored.record_id,
        name=" ".join(part for part in names if part),
        birth_date=person["birth_date"],
        sex=person["sex"],
        diagnosis=first[f"tumour_name_{record['language']}"],
        date_of_diagnosis=first["date_of_diagnosis"],
        status=record["outcome"]["status"],
        language=record["language"],
        generated_at=record["generated_at"],
    )


def _without_origins(line: bytes) -> dict[str, Any]:
    """The record up to its origins, which are nine tenths of it and follow all a list shows.

    Inside a text the quotation marks would be escaped, so the words can only be the key.
    """
    start, found, _ = line.partition(b',"origins":')
    record: dict[str, Any] = json.loads(start + b"}" if found else line)
    return record
