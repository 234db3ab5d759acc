"""One break for each rule about the person, the tumour and the order of dates."""

from decimal import Decimal

from tests.factories_broken import at, day, later, put, resize, rows


def _diagnosed_as_an_adult(data):
    diagnosed = data["diagnoses"][0]["date_of_diagnosis"]
    data["demographics"]["birth_date"] = day(diagnosed, -18 * 366)


def _dead_too_soon(data):
    data["demographics"] |= {"vital_status": "dead", "death_date": rows(data)[3][1]["date"]}
    data["outcome"]["status"] = "dead_of_disease"


def _transfused_before_birth(data):
    data["other"]["last_transfusion_date"] = day(data["demographics"]["birth_date"], -1)


def _too_tall(data):
    resize(data["anthropometry"][0], height_cm=Decimal(250))


def _shrunk(data):
    last = dict(data["anthropometry"][-1])
    resize(last, height_cm=Decimal(last["height_cm"]) - 3, measured_on=day(last["measured_on"], 1))
    data["anthropometry"].append(last)


def _other_surface(data):
    row = rows(data, "doxorubicin")[0][1]
    row["bsa_used"] = Decimal(row["bsa_used"]) + Decimal("0.02")
    row["dose_administered"] = Decimal(row["prescribed_value"]) * row["bsa_used"]


def _diagnosed_after_treatment(data):
    data["diagnoses"][0]["date_of_diagnosis"] = day(rows(data)[0][1]["date"], 1)


def _line_into_the_next(data):
    data["treatment_lines"][0]["end_date"] = data["treatment_lines"][1]["start_date"]


def _spread(*sites):
    return put(diagnoses__0__metastatic=True, diagnoses__0__metastasis_sites=list(sites))


def _same_tumour_twice(data):
    first, second = data["diagnoses"]
    kept = ("diagnosis_number", "date_of_diagnosis", "second_tumour", "metastatic")
    data["diagnoses"][1] = first | {key: second[key] for key in kept}
    data["diagnoses"][1]["metastatic"] = first["metastatic"]
    del data["request"]["second_tumour"]


def _second_within_the_year(data):
    first = data["diagnoses"][0]["date_of_diagnosis"]
    data["diagnoses"][1]["date_of_diagnosis"] = day(first, 200)


def _diagnosed_at_birth(data):
    data["diagnoses"][0]["date_of_diagnosis"] = data["demographics"]["birth_date"]


def _diagnosed_before_transplant(data):
    data["diagnoses"][0]["date_of_diagnosis"] = day(data["hsct"][0]["date"], -60)


def _operated_long_before(data):
    data["surgery"][0]["date"] = day(data["diagnoses"][0]["date_of_diagnosis"], -40)


def _seen_in_the_future(data):
    data["outcome"]["date_last_contact"] = day(data["generated_at"], 1)


def _late_beams(data):
    row = data["radiotherapy"][0]
    row["end_date"] = day(row["start_date"], 95)


def _too_fast(data):
    row = data["radiotherapy"][0]
    row["end_date"] = day(row["start_date"], 1)


# Rule, record, change, pointer of the finding.
BREAKS = (
    ("ID-01", "brain", put(disclaimer="A patient."), "/disclaimer"),
    ("ID-03", "brain", put(demographics__national_id="12345678Z"), "/demographics/national_id"),
    ("ID-04", "brain", put(demographics__email="ana@hospital.es"), "/demographics/email"),
    ("ID-05", "brain", put(demographics__phone="+34 612345678"), "/demographics/phone"),
    (
        "ID-06",
        "brain",
        put(demographics__address__postal_code="46009"),
        "/demographics/address/postal_code",
    ),
    ("ID-07", "brain", put(demographics__email_owner="patient"), "/demographics/email_owner"),
    ("DEM-01", "brain", _transfused_before_birth, "/other/last_transfusion_date"),
    ("DEM-02", "brain", at("/request/age_years", 8), "/demographics/birth_date"),
    ("DEM-03", "hodgkin", _diagnosed_as_an_adult, "/diagnoses/0/date_of_diagnosis"),
    ("DEM-04", "hodgkin", _dead_too_soon, "/demographics/death_date"),
    ("DEM-05", "brain", put(outcome__status="dead_of_disease"), "/outcome/status"),
    ("DEM-06", "ovary", put(demographics__sex="male"), "/diagnoses/0/topography"),
    ("DEM-07", "brain", _seen_in_the_future, "/outcome/date_last_contact"),
    (
        "ANT-01",
        "brain",
        at("/anthropometry/0/bsa_m2", lambda m2: Decimal(m2) + Decimal("0.05")),
        "/anthropometry/0/bsa_m2",
    ),
    ("ANT-02", "thyroid", _too_tall, "/anthropometry/0/height_cm"),
    ("ANT-03", "thyroid", _shrunk, "/anthropometry/1/height_cm"),
    ("ANT-04", "hodgkin", _other_surface, "bsa_used"),
    ("DX-02", "ewing", put(diagnoses__0__morphology="9260/3"), "/diagnoses/0/morphology"),
    ("DX-03", "hodgkin", put(diagnoses__0__topography="C77.5"), "/diagnoses/0/topography"),
    ("DX-04", "hodgkin", put(diagnoses__0__iccc3_group="II(b)"), "/diagnoses/0/iccc3_group"),
    ("DX-05", "hodgkin", put(diagnoses__0__laterality="left"), "/diagnoses/0/laterality"),
    ("DX-06", "hodgkin", put(diagnoses__0__metastatic=True), "/diagnoses/0/metastatic"),
    ("DX-07", "hodgkin", _spread("C73.9"), "/diagnoses/0/metastasis_sites/0"),
    ("DX-08", "brain", _spread("C34.9"), "/diagnoses/0/metastasis_sites/0"),
    ("DX-09", "hodgkin", _diagnosed_after_treatment, "/diagnoses/0/date_of_diagnosis"),
    ("DX-10", "hodgkin", put(diagnoses__0__stage_system="Chang"), "/diagnoses/0/stage_system"),
    (
        "DX-11",
        "hodgkin",
        put(diagnoses__0__genetic_disease=True),
        "/diagnoses/0/genetic_disease_name",
    ),
    (
        "DX-12",
        "hodgkin",
        put(diagnoses__0__prosthesis_placed=True),
        "/diagnoses/0/prosthesis_placed",
    ),
    ("DAT-01", "hodgkin", _diagnosed_at_birth, "/diagnoses/0/date_of_diagnosis"),
    ("DAT-02", "second", _line_into_the_next, "/treatment_lines/0/end_date"),
    (
        "DAT-03",
        "hodgkin",
        at("/chemotherapy/0/start_date", later(1)),
        "/chemotherapy/0/administrations/0/date",
    ),
    ("DAT-04", "hodgkin", _too_fast, "/radiotherapy/0/end_date"),
    ("DAT-05", "hodgkin", _late_beams, "/radiotherapy/0/end_date"),
    ("DAT-06", "transplant_only", _diagnosed_before_transplant, "/hsct/0/date"),
    (
        "DAT-07",
        "autologous",
        at("/hsct/0/conditioning/0/days/0", -20),
        "/hsct/0/conditioning/0/days/0",
    ),
    ("DAT-08", "relapse", put(relapse__0__timing="during_first_line"), "/relapse/0/date"),
    ("DAT-09", "bone", _operated_long_before, "/surgery/0/date"),
    ("DAT-10", "second", _same_tumour_twice, "/diagnoses/1/morphology"),
    ("DAT-11", "second", _second_within_the_year, "/diagnoses/1/date_of_diagnosis"),
)
