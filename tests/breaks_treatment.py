"""One break for each rule about drugs, their totals and what goes into the spine."""

from decimal import Decimal

from tests.factories_broken import (
    at,
    count_injections,
    day,
    first,
    inject,
    put,
    quote,
    repeat_course,
    rows,
    set_at,
    times,
)

_DOSE = "dose_administered"
_ORAL = "20053000"
_SPINE = "20042000"


def _a_tenth_more(dose):
    return round(Decimal(dose) * Decimal("1.1"))


def _by_weight(data):
    row = rows(data, "doxorubicin")[0][1]
    weight = Decimal(row["dose_administered"]) / Decimal(row["prescribed_value"])
    row |= {"prescribed_unit": "mg/kg", "weight_used": weight}
    del row["bsa_used"]


def _far_below_the_fence(data):
    pointer, row = rows(data, "isotretinoin")[0]
    row |= {"dose_administered": Decimal("0.5"), "cap_applied": True}
    data["origins"][f"{pointer}/dose_administered"]["formula"] = "cap 0.5 mg"


def _infant_by_surface(data):
    row = rows(data, "vinblastine")[0][1]
    size = data["anthropometry"][0]["bsa_m2"]
    row |= {
        "citation_id": quote(data, "Vinblastine 6 mg/m2 IV 1"),
        "prescribed_value": Decimal(6),
        "prescribed_unit": "mg/m2",
        "bsa_used": size,
        "dose_administered": Decimal(6) * size,
    }
    del row["weight_used"]


def _total(data, drug):
    for index, one in enumerate(data["chemotherapy"][0]["cumulative_doses"]):
        if one["drug_inn"] == drug:
            return f"/chemotherapy/0/cumulative_doses/{index}/value"
    raise LookupError(drug)


def _double_total(data):
    set_at(data, _total(data, "vincristine"), times("2"))


def _total_with_spine(data):
    extra = sum(
        Decimal(row["dose_administered"]) / Decimal(data["anthropometry"][-1]["bsa_m2"])
        for _, row in rows(data, "methotrexate", _SPINE)
    )
    set_at(data, _total(data, "methotrexate"), lambda value: Decimal(value) + extra)


def _unspoken_dose(data):
    row = rows(data, "vincristine")[0][1]
    cited = next(c for c in data["citations"] if c["citation_id"] == row["citation_id"])
    cited["quote"] = "Vincristine as usual"


def _other_document(data):
    row = rows(data, "vincristine")[0][1]
    cited = next(c for c in data["citations"] if c["citation_id"] == row["citation_id"])
    cited["file"] = "another.pdf"


def _four_digits(data):
    row = next(r for _, r in rows(data) if Decimal(r["dose_administered"]) >= 100)
    row["dose_administered"] = Decimal(row["dose_administered"]) + Decimal("0.25")


def _younger_band(data):
    row = rows(data, "methotrexate", _SPINE)[-1][1]
    row |= {"prescribed_value": 8, "dose_administered": 8}
    count_injections(data)


def _three_in_a_week(data):
    on = rows(data, "methotrexate", _SPINE)[0][1]["date"]
    mg = int(rows(data, "methotrexate", _SPINE)[0][1]["dose_administered"])
    inject(day(on, 2), mg)(data)
    inject(day(on, 3), mg)(data)


def _injection_for_bone(data):
    inject(rows(data)[0][1]["date"])(data)


def _short_steroid(data):
    block = data["corticosteroid"]
    block["end_date"] = day(block["start_date"], 10)


def _uncited(data):
    cited = data["radiotherapy"][0]["citation_id"]
    data["citations"] = [c for c in data["citations"] if c["citation_id"] != cited]


def _unexplained_conversion(data):
    pointer, _ = rows(data, "dactinomycin")[0]
    data["origins"][f"{pointer}/dose_administered"]["formula"] = "computed"


# Rule, record, change, end of the pointer of the finding.
BREAKS = (
    ("CHE-01", "hodgkin", first("doxorubicin", _DOSE, _a_tenth_more), _DOSE),
    ("CHE-02", "ewing", _by_weight, "prescribed_unit"),
    ("CHE-03", "autologous", _far_below_the_fence, "dose_administered"),
    ("CHE-04", "infant", _infant_by_surface, "prescribed_unit"),
    ("CHE-05", "hodgkin", first("doxorubicin", "route", _ORAL), "/route"),
    ("CHE-06", "hodgkin", _double_total, "/value"),
    ("CHE-07", "hodgkin", repeat_course, "/value"),
    ("CHE-08", "autologous", repeat_course, "/value"),
    ("CHE-09", "hodgkin", _unspoken_dose, "/prescribed_value"),
    ("CHE-10", "hodgkin", _other_document, "/citation_id"),
    ("CHE-11", "hodgkin", first("vincristine", "route", _SPINE), "/route"),
    ("CHE-12", "hodgkin", _four_digits, "/dose_administered"),
    ("CHE-13", "leukaemia", _total_with_spine, "/value"),
    ("ITH-01", "hodgkin", first("doxorubicin", "route", _SPINE), "/drug_inn"),
    ("ITH-02", "leukaemia", _younger_band, "/prescribed_value"),
    ("ITH-03", "leukaemia", at("/intrathecal/injections", lambda n: n + 1), "/injections"),
    ("ITH-04", "bone", _injection_for_bone, "/intrathecal/given"),
    ("ITH-05", "leukaemia", _three_in_a_week, "/intrathecal/injections"),
    ("COR-01", "leukaemia", _short_steroid, "/corticosteroid/end_date"),
    ("COR-02", "leukaemia", put(corticosteroid={"over_4_weeks": False}), "/over_4_weeks"),
    ("CIT-01", "brain", _uncited, "/radiotherapy/0/total_dose"),
    ("CIT-02", "kidney", _unexplained_conversion, "/dose_administered"),
)
