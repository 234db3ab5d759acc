import pytest

from fuente.dosing.sites import procedure_codes, target_site, target_sites


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Craniospinal axis", "craniospinal"),
        ("Eje craneoespinal", "craniospinal"),
        ("neuro-eixo", "craniospinal"),
        ("Posterior fossa", "posterior_fossa"),
        ("Fosa posterior", "posterior_fossa"),
        ("Primary tumour bed", "tumour_bed"),
        ("Lecho tumoral", "tumour_bed"),
        ("Whole lung", "whole_lung"),
        ("Irradiación pulmonar total", "whole_lung"),
        ("Irradiación corporal total (ICT)", "whole_body"),
        ("Total body (TBI)", "whole_body"),
        ("Whole abdomen", "whole_abdomen"),
        ("Abdomen total", "whole_abdomen"),
        ("Involved nodes", "involved_nodes"),
        ("Ganglios afectos", "involved_nodes"),
        ("Ventrículos completos", "ventricles"),
        ("Cráneo", "cranial"),
        ("Whole brain", "cranial"),
        ("Órbita", "orbit"),
        ("Flanco", "flank"),
        ("Primary, post-operative", "primary"),
        ("Pons", "brainstem"),
        ("Nasopharynx", "nasopharynx"),
        ("see the planning form", ""),
    ],
)
def test_target_words_give_the_site(words, code):
    """A target is known by its words in English, Spanish and Portuguese."""
    assert target_site(words) == code


def test_two_targets_keep_their_order():
    """A boost to one of two sites names both, in printed order."""
    assert target_sites("posterior fossa or tumour bed") == ("posterior_fossa", "tumour_bed")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Resección máxima segura", ("resection",)),
        ("delayed excision of the primary (adrenalectomy)", ("resection", "adrenalectomy")),
        ("limb salvage with endoprosthesis or amputation", ("limb_salvage", "amputation")),
        ("Nefrectomía radical en la semana 5", ("nephrectomy",)),
        ("derivación ventriculoperitoneal", ("shunt_placement",)),
        ("third ventriculostomy and biopsy", ("shunt_placement", "biopsy")),
        ("metastasectomy of lung nodules", ("thoracotomy_metastasectomy",)),
        ("radical inguinal orchidectomy / salpingo-oophorectomy", ("orchidectomy", "oophorectomy")),
        ("enucleación con implante", ("enucleation",)),
        ("hepatectomía parcial", ("hepatectomy",)),
        ("tireoidectomia total", ("thyroidectomy",)),
        ("craniotomy", ("craniotomy",)),
        ("irradiation of the flank", ()),
    ],
)
def test_operation_words_give_the_procedures(words, codes):
    """Operations are known by their words, and nothing else is an operation."""
    assert procedure_codes(words) == codes
