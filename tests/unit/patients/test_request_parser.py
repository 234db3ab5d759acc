"""The parts of a request come together: blocks, people, second tumours, questions."""

import pytest

from fuente.errors import InvalidRequest
from fuente.patients.request_language import detect_language
from fuente.patients.request_parser import parse_request
from fuente.patients.request_people import read_people
from fuente.patients.request_phrases import number_of
from fuente.patients.request_spelling import repair


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("35-year-old with osteosarcoma", "OUT_OF_SCOPE_AGE"),
        ("an adult with osteosarcoma", "OUT_OF_SCOPE_AGE"),
        ("10-year-old with breast cancer", "NOT_IN_CATALOGUE"),
        ("10-year-old with diabetes", "NOT_IN_CATALOGUE"),
        ("10-year-old with leukaemia", "AMBIGUOUS_DIAGNOSIS"),
        ("10-year-old with Wilms tumour and neuroblastoma", "AMBIGUOUS_DIAGNOSIS"),
        ("a boy with ALL and a girl with AML", "SEVERAL_PATIENTS"),
        ("boy with dysgerminoma", "SEX_MISMATCH"),
        ("8-year-old diagnosed at 12", "AGE_ORDER"),
        ("2000 patients with ALL", "TOO_MANY_PATIENTS"),
        ("10-year-old with surgery but without surgery", "CONTRADICTION surgery"),
        ("10-year-old with a shunt and no surgery", "CONTRADICTION surgery"),
        ("tell me a joke", "UNDEFINED"),
        ("9-year-old with flurbosis", "UNDEFINED"),
    ],
)
def test_what_cannot_be_met_is_asked_back(text, warning):
    """Each reason to ask back names itself and comes with a question."""
    request = parse_request(text)
    assert request.action == "clarify"
    assert warning in request.warnings
    assert request.questions


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("17-year-old with retinoblastoma, surgery", "ATYPICAL_AGE"),
        ("ALL without intrathecal treatment", "UNUSUAL no intrathecal treatment in ALL_B"),
        ("hepatoblastoma with radiotherapy", "UNUSUAL radiotherapy in HB"),
        ("osteosarcoma without surgery", "UNUSUAL no surgery in OS"),
        ("neuroblastoma with an allogeneic transplant", "UNUSUAL allogeneic transplant in NBL"),
        ("neuroblastoma with intrathecal therapy", "UNUSUAL intrathecal treatment in NBL"),
        ("osteosarcoma with a shunt", "UNUSUAL shunt in OS"),
        ("osteosarcoma of the mandible, surgery", "UNUSUAL_SITE C41.1"),
        ("8 months, hepatoblastoma", "age given in months"),
        ("9-year-old", "underspecified: only demographics + diagnosis mandatory"),
        ("9-year-old, second tumour", "SEC-02 latency check"),
    ],
)
def test_what_is_unusual_is_let_through_with_a_warning(text, warning):
    """A wish that is unusual for the disease is generated, and said to be unusual."""
    request = parse_request(text)
    assert request.action == "generate"
    assert warning in request.warnings
    assert request.questions == ()


def test_exclusions_alone_keep_the_backbone():
    """When treatments are only excluded, chemotherapy stays if every course has it."""
    assert parse_request("Burkitt lymphoma without surgery").blocks.required == ("chemotherapy",)
    assert parse_request("melanoma without radiotherapy").blocks.required == ()


def test_an_excluded_kind_of_transplant_leaves_the_other():
    """Refusing an allogeneic transplant beside a wanted autologous one excludes nothing."""
    request = parse_request("no allogeneic transplant but an autologous transplant, 5-year-old")
    assert request.blocks.required == ("hsct",)
    assert request.blocks.excluded == ()


def test_only_excludes_the_rest():
    """`Only` excludes every block that is not named."""
    blocks = parse_request("only surgery for a 9-year-old").blocks
    assert blocks.required == ("surgery",)
    assert len(blocks.excluded) == 6


@pytest.mark.parametrize(
    ("text", "blocks", "first"),
    [
        (
            "osteosarcoma with surgery and a second tumour: AML with chemo",
            ("chemotherapy",),
            ("surgery",),
        ),
        ("osteosarcoma, second tumour AML, surgery", (), ("surgery",)),
        (
            "osteosarcoma with surgery; AML as second tumour treated with chemo",
            ("chemotherapy",),
            ("surgery",),
        ),
        (
            "osteosarcoma treated with surgery, secondary AML with chemo",
            ("chemotherapy",),
            ("surgery",),
        ),
    ],
)
def test_each_tumour_keeps_its_treatments(text, blocks, first):
    """Treatments linked to the second tumour are not the first one's."""
    request = parse_request(f"14-year-old, {text}")
    assert request.diagnosis is not None
    assert request.diagnosis.catalogue_id == "OS"
    assert request.second_tumour is not None
    assert request.second_tumour.catalogue_id == "AML"
    assert request.second_tumour.blocks == blocks
    assert request.blocks.required == (*first, "second_tumour")


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("relapse after first line", "after_end_of_treatment"),
        ("recaida durante el tratamiento", "during_first_line"),
        ("relapse", None),
    ],
)
def test_relapses_keep_their_time(text, timing):
    """The timing of a relapse is taken only when stated."""
    request = parse_request(f"9-year-old, {text}")
    assert "relapse" in request.blocks.required
    assert (request.relapse.timing if request.relapse else None) == timing


def test_the_language_given_wins():
    """Questions come in the language given, else in that of the words."""
    assert parse_request("leukaemia", "es").questions[0].startswith("Varios")
    assert parse_request("niño con leucemia").language == "es"
    assert detect_language("xyz", "xyz") == "en"


def test_a_request_that_is_too_long_is_an_error():
    """More than 4000 characters are refused with a remedy."""
    with pytest.raises(InvalidRequest, match="4000"):
        parse_request("a" * 4001)


def test_the_text_is_kept_as_typed():
    """The request holds the words it was read from, misspellings included."""
    assert parse_request("5yo chemoterapy").text == "5yo chemoterapy"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chemoterapy", "chemotherapy"),
        ("quimoterapia", "quimioterapia"),
        ("neuroblstoma", "neuroblastoma"),
        ("unrelated", "unrelated"),
        ("liposarcoma", "liposarcoma"),
        ("IT", "intrathecal"),
        ("it", "it"),
        ("chemoradiotherapy", "chemotherapy + radiotherapy"),
        ("chemo", "chemo"),
    ],
)
def test_spelling_is_repaired_with_care(typed, meant):
    """Misspelt known words are repaired; opposites, unknown tumours and small words are not."""
    assert repair(f"{typed} x") == f"{meant} x"


@pytest.mark.parametrize(
    ("text", "count", "sex"),
    [
        ("five 4-year-old girls", 5, "female"),
        ("a pair of toddlers", 2, None),
        ("one hundred children", 100, None),
        ("12 casos de neuroblastoma", 12, None),
        ("un paciente varon", 1, "male"),
        ("una paciente", 1, "female"),
        ("patient with his mother", 1, "male"),
        ("ninos y ninas", 1, None),
        ("f, 6y", 1, "female"),
        ("15yo m", 1, "male"),
        ("sexo: v, 5 anos", 1, "male"),
        ("a girl with a male donor", 1, "female"),
    ],
)
def test_people_are_counted_and_told_apart(text, count, sex):
    """Counts in digits and words, and the sex that nouns and pronouns state."""
    people = read_people(text)
    assert (people.count, people.sex) == (count, sex)


def test_numbers_in_words():
    """Tens and units add up, and other words are no numbers."""
    assert number_of("treinta y cinco") == 35
    assert number_of("2,5") == 2.5
    with pytest.raises(ValueError, match="no number"):
        number_of("many")
