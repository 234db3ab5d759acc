"""The diagnosis catalogue holds coherent facts and answers to the names people use."""

from decimal import Decimal

import pytest

from fuente.dosing.indications import diagnoses_named
from fuente.patients.anatomy import site, sites
from fuente.patients.catalogue import load_catalogue
from fuente.patients.diagnosis import AgeRange, Frequency, Option

CATALOGUE = load_catalogue()
DIAGNOSES = CATALOGUE.all()


def by_id(diagnosis):
    """The id, for test names."""
    return diagnosis.id


def test_the_catalogue_holds_53_diagnoses():
    """All diagnoses of the hospital's field are understood."""
    assert len(DIAGNOSES) == 53
    assert len({d.id for d in DIAGNOSES}) == 53


def test_an_unknown_id_is_named():
    """Asking for an id the catalogue does not hold says which."""
    with pytest.raises(KeyError, match="'NOPE'"):
        CATALOGUE.diagnosis("NOPE")


def test_the_catalogue_is_read_once():
    """Loading twice gives the same object."""
    assert load_catalogue() is CATALOGUE


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
def test_every_site_and_metastasis_has_a_label(diagnosis):
    """Each topography of an entry is in the site table, in both languages."""
    for code in (*diagnosis.topographies, *diagnosis.metastasis_topographies):
        assert site(code).label("en")
        assert site(code).label("es")


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
def test_weights_are_shares(diagnosis):
    """Site weights add up to 100 and percentages lie between 0 and 100."""
    assert sum(s.weight for s in diagnosis.sites) == 100
    assert 0 <= diagnosis.percent_male <= 100
    assert 0 <= diagnosis.metastatic_percent <= 100
    assert 0 <= diagnosis.genetic_percent <= 100


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
def test_metastases_need_a_place_to_go(diagnosis):
    """A tumour that metastasises has usual metastatic sites, for either sex it affects."""
    if diagnosis.metastatic_percent:
        sexes = (diagnosis.sex,) if diagnosis.sex else ("male", "female")
        assert all(diagnosis.metastasis_sites_for(sex) for sex in sexes)


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
def test_each_affected_sex_has_a_site(diagnosis):
    """A sex that can have the tumour has at least one site for it."""
    sexes = (diagnosis.sex,) if diagnosis.sex else ("male", "female")
    assert all(diagnosis.sites_for(sex) for sex in sexes)


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
def test_stages_and_risks_cover_both_extents(diagnosis):
    """Where stages or risk groups are listed, localised disease always has some that fit.

    Metastatic disease has some too when the tumour metastasises.
    """
    extents = (False, True) if diagnosis.metastatic_percent else (False,)
    for metastatic in extents:
        for system in diagnosis.stage_systems:
            assert system.options(metastatic, 10)
        if diagnosis.risk_groups:
            assert diagnosis.risk_options(metastatic, 10)


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
def test_a_transplant_has_a_type(diagnosis):
    """When transplants are more than exceptional the usual type is stated."""
    if diagnosis.modalities.hsct.at_least(Frequency.SOMETIMES):
        assert diagnosis.hsct_type in ("autologous", "allogeneic")


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_catalogue_understands_its_own_names(diagnosis, language):
    """Each catalogue name is found again as that diagnosis, in capitals and in lower case."""
    name = diagnosis.name(language)
    for written in (name, name.lower(), name.upper()):
        assert CATALOGUE.find(f"un caso de {written}.") == (diagnosis.id,)


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=by_id)
def test_documents_find_the_diagnosis_by_each_long_name(diagnosis):
    """The names given to the document reader lead it to the diagnosis."""
    names = CATALOGUE.names()
    for printed in (diagnosis.name_en, diagnosis.name_es):
        assert diagnosis.id in diagnoses_named(f"Protocol for {printed}", names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hodgkin's Lymphoma, mixed cellularity NE (malignant)", ("HL_MC",)),
        ("Hodgkin lymphoma", ("HL_NS",)),
        ("linfomas de Hodgkin", ("HL_NS",)),
        ("child with ALL", ("ALL_B",)),
        ("child with all blocks", ()),
        ("T-ALL", ("ALL_T",)),
        ("LLA-T", ("ALL_T",)),
        ("leucemias linfoblasticas agudas de celulas T", ("ALL_T",)),
        ("leukemia with KMT2A rearrangement", ("ALL_INF",)),
        ("Wilms' tumour", ("WILMS",)),
        ("tumores de Wilms", ("WILMS",)),
        ("Ewing sarcoma", ("EWS_BONE",)),
        ("sarcoma de Ewing extraóseo", ("EWS_ST",)),
        ("osteossarcoma", ("OS",)),
        ("câncer de tireoide", ("PTC",)),
        ("AT/RT", ("ATRT",)),
        ("neuroblastoma and Burkitt lymphoma", ("NBL", "BURKITT")),
        ("ganglioneuroblastoma", ("GNBL",)),
        ("non-Hodgkin lymphoma", ()),
        ("leukaemia", ()),
        ("OS in the left femur", ("OS",)),
        ("OS DOENTES", ()),
        ("wilms. tumour of the kidney", ("WILMS",)),
    ],
)
def test_names_are_found_as_people_write_them(text, expected):
    """Inflections, accents, spellings, abbreviations and shared names are understood."""
    assert CATALOGUE.find(text) == expected


def test_a_shared_name_without_default_is_mentioned_but_not_meant():
    """A name that several tumours share is reported as a family."""
    mention = CATALOGUE.mentions("a girl with leukaemia")[0]
    assert mention.id == "leukaemia"
    family = CATALOGUE.family(mention.id)
    assert family is not None
    assert family.default is None
    assert CATALOGUE.family("NBL") is None


def test_a_mention_points_at_the_words():
    """The character range of a mention cuts out the words."""
    text = "Niña con tumor de Wilms bilateral"
    mention = CATALOGUE.mentions(text, "es")[0]
    assert text[mention.start : mention.end] == "tumor de Wilms"


def test_family_members_are_catalogue_ids():
    """Members and defaults of families exist."""
    ids = {d.id for d in DIAGNOSES}
    for family in CATALOGUE.families():
        assert set(family.members) <= ids
        assert family.default is None or family.default in ids


def test_documents_titled_with_a_shared_name_are_about_all_members():
    """A protocol for rhabdomyosarcoma is about both subtypes."""
    found = diagnoses_named("Rhabdomyosarcoma protocol", CATALOGUE.names())
    assert set(found) == {"ERMS", "ARMS"}


def test_portuguese_names_reach_the_document_reader():
    """A Portuguese title is understood."""
    assert diagnoses_named("Protocolo de osteossarcoma", CATALOGUE.names()) == ("OS",)


def test_older_codes_lead_to_the_diagnosis():
    """A legacy morphology finds the entry it became part of."""
    assert {d.id for d in CATALOGUE.with_morphology("9260/3")} == {"EWS_BONE", "EWS_ST"}


def test_iccc_follows_the_site():
    """The ICCC-3 group of a germ cell tumour depends on where it is."""
    yolk_sac = CATALOGUE.diagnosis("YST")
    assert yolk_sac.iccc3_at("C62.9") == "X(c)"
    assert yolk_sac.iccc3_at("C76.3") == "X(b)"


def test_sites_follow_the_sex():
    """A boy has no ovarian tumour and a girl none of the testis."""
    yolk_sac = CATALOGUE.diagnosis("YST")
    assert "C56.9" not in {s.code for s in yolk_sac.sites_for("male")}
    assert "C62.9" not in {s.code for s in yolk_sac.sites_for("female")}


def test_sides_are_drawn_for_paired_sites_only():
    """A kidney has sides to choose from, bone marrow has none."""
    assert {o.value for o in CATALOGUE.diagnosis("WILMS").sides_at("C64.9")} == {
        "left",
        "right",
        "bilateral",
    }
    assert CATALOGUE.diagnosis("AML").sides_at("C42.1") == ()


def test_special_neuroblastoma_stages_are_for_the_young():
    """Stage MS exists only below 18 months."""
    inrgss = CATALOGUE.diagnosis("NBL").stage_systems[0]
    assert inrgss.system == "INRGSS"
    assert "MS" in {o.value for o in inrgss.options(True, Decimal("1.0"))}
    assert "MS" not in {o.value for o in inrgss.options(True, 3)}


def test_groups_of_tumours_are_told_apart():
    """Brain tumours and blood cancers know what they are."""
    assert CATALOGUE.diagnosis("MB").is_intracranial
    assert CATALOGUE.diagnosis("BURKITT").is_haematological
    assert not CATALOGUE.diagnosis("OS").is_intracranial
    assert not CATALOGUE.diagnosis("OS").is_haematological


def test_frequencies_are_ordered():
    """Always is more than sometimes and a block that is no modality has no frequency."""
    assert Frequency.ALWAYS.at_least(Frequency.SOMETIMES)
    assert not Frequency.RARE.at_least(Frequency.USUAL)
    modalities = CATALOGUE.diagnosis("HB").modalities
    assert modalities.of("radiotherapy") is Frequency.NEVER
    assert modalities.of("other") is None


def test_age_ranges_are_checked():
    """A peak outside the range is an error, and ranges are in completed years."""
    with pytest.raises(ValueError, match="peak"):
        AgeRange(Decimal(1), Decimal(5), Decimal(4), Decimal(8))
    assert AgeRange(Decimal(1), Decimal("17.9"), Decimal(2), Decimal(6)).admits(17)
    assert not AgeRange(Decimal(1), Decimal("17.9"), Decimal(2), Decimal(6)).admits(0)


def test_an_option_without_extent_fits_both():
    """A value that is not tied to metastases fits with and without."""
    assert Option("x", 1).fits(True, 3)
    assert Option("x", 1).fits(False, 3)
    assert not Option("x", 1, metastatic=True).fits(False, 3)


def test_no_dose_is_packaged():
    """The packaged patient data holds no dose unit of any kind."""
    from importlib.resources import files

    for entry in (files("fuente.patients") / "data").iterdir():
        text = entry.read_text(encoding="utf-8")
        for unit in ("mg/m2", "mg/kg", "g/m2", " Gy", "mg)", "regimen"):
            assert unit not in text, f"{unit} in {entry.name}"


def test_site_table_knows_sexes_and_pairs():
    """Rules DX-05 and DEM-06 have their facts."""
    assert sites()["C64.9"].paired
    assert sites()["C56.9"].sex == "female"
    with pytest.raises(KeyError, match=r"C99\.9"):
        site("C99.9")
