"""One break for each rule about transplant, radiation, operations, relapse and the rest."""

from datetime import date
from decimal import Decimal

from tests.factories_broken import at, both, day, put, rows, uncite

_CRANIOTOMY = "craniotomy"


def _without_prophylaxis(data):
    for drug in ("ciclosporin", "cyclophosphamide"):
        for _, row in rows(data, drug):
            if abs(_days(data["hsct"][0]["date"], row["date"])) <= 5:
                row["date"] = day(data["hsct"][0]["date"], 20)


def _days(start, end):
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _etoposide_only(data):
    for row in data["hsct"][0]["conditioning"]:
        row["drug_inn"] = "etoposide"


def _far_from_the_infusion(data):
    row = next(r for r in data["radiotherapy"] if "whole_body" in r["target_site"])
    row |= {"start_date": day(row["start_date"], -30), "end_date": day(row["end_date"], -30)}


def _operation(data, procedure):
    index = next(i for i, row in enumerate(data["surgery"]) if row["procedure"] == procedure)
    return data["surgery"][index]


def _operated(procedure, **changes):
    return lambda data: _operation(data, procedure).update(changes)


def _twice_removed(data):
    copy = dict(_operation(data, "nephrectomy")) | {"number": 9}
    data["surgery"].append(copy)


def _other_side(data):
    row = _operation(data, "nephrectomy")
    swapped = {"left": "right", "right": "left"}[data["diagnoses"][0]["laterality"]]
    row["description"] = f"Radical nephrectomy: Kidney, {swapped}"


def _late_biopsy(data):
    for row in data["surgery"]:
        row["date"] = day(rows(data)[-1][1]["date"], 5)


def _shunt_without_type(data):
    next(row for row in data["surgery"] if row["shunt"]).pop("shunt_type")


def _late_port(data):
    copy = {
        "number": 9,
        "date": day(rows(data)[0][1]["date"], 60),
        "description": "Port insertion",
        "procedure": "port_insertion",
        "affected_organs": ["vein"],
        "amputation": False,
        "shunt": False,
        "relates_to_diagnosis": 1,
    }
    data["surgery"].append(copy)


def _stored_too_late(data):
    data["other"]["fertility_date"] = day(rows(data)[0][1]["date"], 1)


def _ten(data):
    data["other"] |= {
        "transfusions": True,
        "transfusion_count": 10,
        "transfusions_over_10": False,
    }


def _few(data):
    data["other"] |= {
        "transfusions": True,
        "transfusion_count": 5,
        "transfusions_over_10": False,
    }


def _untreated(data):
    data["chemotherapy"][1]["relates_to_diagnosis"] = 1


def _irradiated_infant(data):
    data["anthropometry"] = []
    data["demographics"]["birth_date"] = day(data["radiotherapy"][0]["start_date"], -900)
    data["demographics"]["email_owner"] = "mother"
    data["diagnoses"][0]["date_of_diagnosis"] = data["radiotherapy"][0]["start_date"]


def _nothing_done(data):
    for block in ("radiotherapy", "surgery"):
        data[block] = []
    del data["other"]
    data["request"] |= {"blocks": {}, "flags": {}}


def _big_fractions(data):
    data["radiotherapy"][0] |= {
        "total_dose": Decimal(20),
        "fractions": 4,
        "dose_per_fraction": Decimal(5),
    }


_FIRST_BEAM = "/radiotherapy/0/"

# Rule, record, change, end of the pointer of the finding.
BREAKS = (
    (
        "HSC-01",
        "autologous",
        at("/hsct/0/blood_group_after", lambda group: "A" if group != "A" else "O"),
        "/blood_group_after",
    ),
    ("HSC-02", "allogeneic", put(hsct__0__donor_type="matched_unrelated"), "/donor_relationship"),
    (
        "HSC-03",
        "allogeneic",
        at("/hsct/0/donor_blood_group", lambda group: "A" if group != "A" else "O"),
        "/blood_group_after",
    ),
    ("HSC-04", "autologous", put(hsct__0__gvhd=True, hsct__0__gvhd_acute_grade="II"), "/gvhd"),
    (
        "HSC-05",
        "allogeneic",
        put(hsct__0__immunosuppression=False, hsct__0__immunosuppressants=[]),
        "/immunosuppression",
    ),
    ("HSC-06", "autologous", put(hsct__0__cell_source="cord"), "/cell_source"),
    (
        "HSC-07",
        "allogeneic",
        put(hsct__0__donor_relationship="other_relative"),
        "/donor_relationship",
    ),
    ("HSC-08", "irradiated", _far_from_the_infusion, "/tbi_gy"),
    ("HSC-09", "autologous", _etoposide_only, "/conditioning"),
    ("HSC-10", "allogeneic", _without_prophylaxis, "/immunosuppressants"),
    (
        "RT-01",
        "brain",
        at(f"{_FIRST_BEAM}dose_per_fraction", Decimal("1.9")),
        "/dose_per_fraction",
    ),
    (
        "RT-02",
        "hodgkin",
        both(_big_fractions, uncite(f"{_FIRST_BEAM}total_dose", f"{_FIRST_BEAM}fractions")),
        "/dose_per_fraction",
    ),
    ("RT-03", "brain", put(radiotherapy__0__boost_dose_unit="cGy"), "/boost_dose_unit"),
    ("RT-04", "brain", put(radiotherapy__0__boost_site="pelvis"), "/boost_site"),
    ("RT-05", "eye", at(f"{_FIRST_BEAM}brachy_isotope", None), "/brachy_isotope"),
    ("RT-06", "thyroid", put(radiotherapy__0__activity_mbq=20000), "/activity_mbq"),
    (
        "RT-07",
        "brain",
        put(radiotherapy__0__block_used=True, radiotherapy__0__block_site="craniospinal"),
        "/block_site",
    ),
    ("RT-08", "hodgkin", put(radiotherapy__0__target_site=["craniospinal"]), "/target_site"),
    ("RT-09", "hodgkin", put(radiotherapy__0__target_site=["whole_body"]), "/target_site"),
    ("RT-10", "radiation_only", _irradiated_infant, "/radiotherapy/0/start_date"),
    ("RT-11", "hodgkin", put(radiotherapy__0__target_site=["orbit"]), "/target_site/0"),
    ("SUR-01", "brain", _operated(_CRANIOTOMY, affected_organs=["testis"]), "/affected_organs/0"),
    ("SUR-02", "kidney", _operated("nephrectomy", sacrificed_organs=[]), "/sacrificed_organs"),
    ("SUR-03", "bone", _operated("amputation", prosthesis="internal"), "/prosthesis"),
    ("SUR-04", "brain", _shunt_without_type, "/shunt_type"),
    ("SUR-05", "kidney", _twice_removed, "/sacrificed_organs"),
    ("SUR-06", "autologous", _late_biopsy, "/diagnoses/0/date_of_diagnosis"),
    ("SUR-07", "kidney", _other_side, "/description"),
    (
        "REL-01",
        "relapse",
        put(relapse__0__extent="distant", relapse__0__sites=[]),
        "/relapse/0/sites",
    ),
    ("REL-02", "relapse", put(treatment_lines__0__remission="partial"), "/relapse/0/kind"),
    ("REL-03", "relapse", at("/relapse/0/salvage_line", None), "/relapse/0/salvage_line"),
    ("OTH-01", "brain", at("/other/toxicity_outcome", None), "/other/toxicity_outcome"),
    ("OTH-02", "brain", at("/other/catheter_type", None), "/other/catheter_type"),
    ("OTH-03", "hodgkin", put(other__fertility_method="ovarian_tissue"), "/other/fertility_method"),
    ("OTH-04", "hodgkin", _stored_too_late, "/other/fertility_date"),
    (
        "OTH-05",
        "ovary",
        at("/other/transfusions_over_10", lambda over: not over),
        "/other/transfusions_over_10",
    ),
    ("OTH-06", "allogeneic", _few, "/other/transfusions"),
    ("OTH-07", "thyroid", _ten, "/other/transfusion_count"),
    ("OTH-08", "hodgkin", _late_port, "/date"),
    (
        "OTH-09",
        "hodgkin",
        put(other__toxicity_description="ototoxicity (high-frequency hearing loss)"),
        "/other/toxicity_description",
    ),
    ("SEC-01", "second", _untreated, "/diagnoses/1/diagnosis_number"),
    (
        "SEC-02",
        "second",
        put(diagnoses__1__second_tumour__in_previous_rt_field=True),
        "/in_previous_rt_field",
    ),
    ("REQ-01", "brain", put(request__blocks__excluded=["surgery"]), "/surgery"),
    ("REQ-02", "thyroid", put(request__flags={"boost": True}), "/radiotherapy"),
    ("REQ-03", "thyroid", _nothing_done, ""),
)
