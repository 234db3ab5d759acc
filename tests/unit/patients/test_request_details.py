"""Details are flags only when stated, with the value the words give."""

import pytest

from fuente.patients.request_details import read_flags
from fuente.patients.request_signals import read_signals


def flags(text):
    """The flags stated in folded text."""
    return read_flags(text, read_signals(text)).model_dump(exclude_none=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing", {}),
        ("shunt", {"shunt": True}),
        ("no shunt", {"shunt": False}),
        (
            "vp shunt, later removed",
            {"shunt": True, "shunt_type": "ventriculoperitoneal", "shunt_status": "removed"},
        ),
        (
            "drenaje ventricular externo que permanece",
            {"shunt": True, "shunt_type": "external_ventricular_drain", "shunt_status": "present"},
        ),
        ("intrathecal therapy", {"intrathecal": True}),
        ("triple intratecal", {"intrathecal_triple": True}),
        ("sin tratamiento intratecal", {"intrathecal": False}),
        ("corticoides mas de 4 semanas", {"corticosteroid_over_4w": True}),
        ("steroids for 3 weeks", {"corticosteroid_over_4w": False}),
        ("prednisone for 2 months", {"corticosteroid_over_4w": True}),
        ("prolonged steroids", {"corticosteroid_over_4w": True}),
        ("no steroids", {"corticosteroid_over_4w": False}),
        ("less than 4 weeks of steroids", {"corticosteroid_over_4w": False}),
        ("autologous transplant", {"hsct_type": "autologous"}),
        ("transplant from a sibling donor", {"hsct_type": "allogeneic", "donor": "sibling"}),
        (
            "haploidentical transplant from the father",
            {"hsct_type": "allogeneic", "donor": "haploidentical father"},
        ),
        ("haplo transplant", {"hsct_type": "allogeneic", "donor": "haploidentical"}),
        ("acute gvhd grade 3", {"hsct_type": "allogeneic", "gvhd_acute": "III"}),
        ("eicr cronica extensa", {"hsct_type": "allogeneic", "gvhd_chronic": "extensive"}),
        ("no gvhd", {"gvhd_acute": "0", "gvhd_chronic": "none"}),
        ("sin eicr cronica", {"gvhd_chronic": "none"}),
        ("immunosuppressive treatment", {"immunosuppression": True}),
        ("boost", {"boost": True}),
        ("no boost", {"boost": False}),
        ("mibg therapy", {"metabolic_rt": True}),
        ("plaque brachytherapy", {"brachytherapy": True}),
        ("amputation with external prosthesis", {"amputation": True, "prosthesis": "external"}),
        ("endoprotesis retirada", {"prosthesis": "internal", "prosthesis_present": False}),
        ("metastatic", {"metastatic": True}),
        ("no metastases", {"metastatic": False}),
        ("localised", {"metastatic": False}),
        ("port-a-cath", {"catheter": "port-a-cath"}),
        ("sin cateter", {"catheter": False}),
        ("central line", {"catheter": True}),
        (
            "picc with thrombosis",
            {"catheter": "PICC", "catheter_complication": "thrombosis"},
        ),
        (
            "hickman without infection",
            {"catheter": "Hickman-Broviac", "catheter_complication": False},
        ),
        ("severe toxicity", {"toxicity": True}),
        ("ototoxicity with sequelae", {"toxicity": "ototoxicity", "toxicity_outcome": "sequelae"}),
        ("no toxicity", {"toxicity": False}),
        ("sepsis", {"complication": "sepsis"}),
        ("febrile neutropenia", {"complication": "febrile neutropenia"}),
        ("no complications", {"complication": False}),
        ("more than 10 transfusions", {"transfusions_over_10": True}),
        ("menos de diez transfusiones", {"transfusions_over_10": False}),
        ("25 transfusions", {"transfusions_over_10": True}),
        ("3 transfusions", {"transfusions_over_10": False}),
        ("10 transfusions", {}),
        ("no transfusions", {"transfusions_over_10": False}),
        ("sperm banking", {"fertility_preservation": True}),
        ("preservacion de fertilidad no realizada", {"fertility_preservation": False}),
    ],
)
def test_flags(text, expected):
    """Each detail gives its flag and no other."""
    assert flags(text) == expected
