"""Which values of an option list go together."""

import pytest

from fuente.patients.catalogue import load_catalogue

TOGETHER = [
    # diagnosis, list, what is known, what is possible, what is not
    ("HL_NS", "stage", {"risk": "low"}, {"IA", "IIA"}, {"IIIB", "IVB"}),
    ("HL_NS", "stage", {"risk": "high"}, {"IIIB", "IVA"}, {"IIA", "IIIA"}),
    ("BURKITT", "stage", {"risk": "low"}, {"I", "II"}, {"III"}),
    ("HB", "stage", {"risk": "standard"}, {"PRETEXT II"}, {"PRETEXT IV"}),
    ("NBL", "stage", {"risk": "high"}, {"L2", "M"}, {"L1", "MS"}),
    ("LCH", "stage", {"risk": "low"}, {"multisystem without risk organs"}, {"IV"}),
    ("MB", "marker", {"risk": "high"}, {"group 3"}, {"WNT-activated"}),
    ("ALL_B", "marker", {"risk": "standard"}, {"ETV6::RUNX1"}, {"BCR::ABL1"}),
    ("AML", "marker", {"risk": "high"}, {"FLT3-ITD"}, {"RUNX1::RUNX1T1"}),
    ("EPN", "marker", {"site": "C71.0"}, {"ZFTA fusion"}, {"posterior fossa group A"}),
    ("RB", "marker", {"hereditary": "yes"}, {"RB1 germline variant"}, {"RB1 somatic variants"}),
    ("RB", "marker", {}, {"RB1 germline variant", "RB1 somatic variants"}, set()),
]


@pytest.mark.parametrize(("diagnosis", "kind", "facts", "possible", "impossible"), TOGETHER)
def test_stage_and_markers_go_with_risk_site_and_heredity(
    diagnosis, kind, facts, possible, impossible
):
    """A value is excluded by a known fact only."""
    entry = load_catalogue().diagnosis(diagnosis)
    every = entry.markers if kind == "marker" else entry.stage_systems[0].values
    fitting = {one.value for one in every if one.suits(facts)}

    assert possible <= fitting
    assert not impossible & fitting


@pytest.mark.parametrize("entry", load_catalogue().all(), ids=lambda one: one.id)
def test_every_risk_group_has_a_stage_and_a_marker(entry):
    """No condition of the catalogue contradicts the others."""
    for risk in entry.risk_groups:
        facts = {"risk": risk.value}
        spread = (True, False) if risk.metastatic is None else (risk.metastatic,)
        for metastatic in spread:
            if metastatic and not entry.metastatic_percent:
                continue
            for options in (*(one.values for one in entry.stage_systems), entry.markers):
                fitting = [one for one in options if one.fits(metastatic, 5) and one.suits(facts)]
                assert fitting or not options, (risk.value, metastatic)
