"""The order of passages and the reasons each hit carries."""

import pytest
from tests.factories_store import make_passage, make_reference

from fuente.dosing.reference import Cap, ReferenceKind
from fuente.evidence.question import Asked, parse_question
from fuente.evidence.ranking import WEIGHTS, Candidate, rank, states_what_is_asked


def candidate(text, *, page=1, dense=0.5, lexical=1.0, title="A protocol", file="a.pdf", **more):
    """A candidate that both searches brought with the same score."""
    section = more.pop("section", ())
    passage = make_passage(text, page=page, section=section)
    references = tuple(make_reference(passage, **more) for _ in [0] if more)
    return Candidate(passage, file, title, dense, lexical, references)


def texts(question, candidates):
    """The ranked passages' words."""
    return [hit.passage.text for hit in rank(parse_question(question), candidates).hits]


def test_the_passage_with_drug_and_disease_comes_first():
    """The drug in another disease, and the disease without the drug, come after."""
    both = candidate("Carboplatin 175 mg/m2 for low-grade glioma", page=1)
    drug = candidate("Carboplatin 500 mg/m2 for neuroblastoma", page=2)
    disease = candidate("Low-grade glioma is the most frequent tumour", page=3)
    ranked = texts("Carboplatin dose in low-grade glioma?", [disease, drug, both])
    assert ranked[0] == both.passage.text


def test_a_question_in_spanish_finds_a_passage_in_portuguese():
    """Cognates and synonyms bridge the languages."""
    right = candidate("Vimblastina 6,0 mg/m2 semanal, glioma de baixo grau", page=1)
    wrong = candidate("Vincristina 1,5 mg/m2 semanal, glioma de alto grau", page=2)
    ranked = texts("¿Dosis semanal de vinblastina en el glioma de bajo grado?", [wrong, right])
    assert ranked[0] == right.passage.text


def test_the_section_tells_two_equal_rows_apart():
    """The same row stands in several protocols; its headings say which one is meant."""
    wanted = candidate("Cisplatin 75 mg/m2", page=9, section=("Medulloblastoma", "Maintenance"))
    other = candidate("Cisplatin 75 mg/m2", page=2, section=("Osteosarcoma", "Induction"))
    hits = rank(parse_question("Cisplatin in medulloblastoma maintenance"), [other, wanted]).hits
    assert hits[0].passage.page == 9


def test_words_elsewhere_on_the_page_count_for_less():
    """A page about the disease lifts its rows, but not above a row that names it."""
    row = candidate("Cisplatin 75 mg/m2", page=4)
    neighbour = candidate("Ependymoma after surgery", page=4)
    far = candidate("Cisplatin 80 mg/m2", page=7)
    named = candidate("Cisplatin 90 mg/m2 in ependymoma", page=8)
    ranked = texts("Cisplatin in ependymoma", [far, row, neighbour, named])
    assert ranked.index(named.passage.text) < ranked.index(row.passage.text)
    assert ranked.index(row.passage.text) < ranked.index(far.passage.text)


def test_a_passage_with_a_fitting_reference_comes_before_one_without():
    """A stated dose of the drug outweighs a mention of it."""
    mention = candidate("Vincristine causes neuropathy", page=1)
    stated = candidate("Vincristine 1.5 mg/m2 weekly", page=2, drug="vincristine")
    assert texts("Vincristine dose?", [mention, stated])[0] == stated.passage.text


def test_equal_passages_come_in_document_order():
    """Ties are broken by file, page and place, never by the order of the searches."""
    rows = [candidate("Vincristine 1.5 mg/m2", page=page, file=f) for f in "ba" for page in (2, 1)]
    hits = rank(parse_question("vincristine"), rows).hits
    assert [(hit.file, hit.passage.page) for hit in hits] == [
        ("a", 1),
        ("a", 2),
        ("b", 1),
        ("b", 2),
    ]


def test_every_hit_explains_its_score():
    """The parts are between 0 and 1 and, weighted, add up to the score."""
    rows = [candidate("Vincristine 1.5 mg/m2", drug="vincristine"), candidate("Other", page=2)]
    for hit in rank(parse_question("vincristine in glioma"), rows).hits:
        assert set(hit.parts) == set(WEIGHTS)
        assert all(0.0 <= part <= 1.0 for part in hit.parts.values())
        assert hit.score == pytest.approx(sum(WEIGHTS[key] * hit.parts[key] for key in WEIGHTS))


def test_rare_terms_weigh_more_than_frequent_ones():
    """A word that all candidates have says little about which is meant."""
    rows = [candidate(f"Treatment number {page}", page=page) for page in range(9)]
    rows.append(candidate("Treatment of ependymoma", page=10))
    weights = rank(parse_question("treatment of ependymoma"), rows).term_weights
    assert weights["ependimom"] > weights["treatment"]


def test_nothing_to_rank_gives_no_hits():
    """No candidate, no hit, and no error."""
    assert rank(parse_question("vincristine"), []).hits == ()


@pytest.mark.parametrize(
    ("kind", "cap", "asked", "states"),
    [
        (ReferenceKind.DOSE, False, Asked.DOSE, True),
        (ReferenceKind.METABOLIC, False, Asked.DOSE, True),
        (ReferenceKind.CAP, False, Asked.DOSE, False),
        (ReferenceKind.CAP, False, Asked.CAP, True),
        (ReferenceKind.DOSE, True, Asked.CAP, True),
        (ReferenceKind.DOSE, False, Asked.CAP, False),
        (ReferenceKind.REDUCTION, False, Asked.REDUCTION, True),
        (ReferenceKind.CUMULATIVE, False, Asked.CUMULATIVE, True),
        (ReferenceKind.DOSE, False, Asked.CUMULATIVE, False),
        (ReferenceKind.RADIOTHERAPY, False, Asked.RADIOTHERAPY, True),
        (ReferenceKind.DOSE, False, Asked.RADIOTHERAPY, False),
    ],
)
def test_which_references_state_what_is_asked(kind, cap, asked, states):
    """A cap is no dose, a dose is no cap unless it carries one."""
    limit = Cap(2, "mg") if cap else None
    reference = make_reference(make_passage("x"), kind=kind, cap=limit)
    assert states_what_is_asked(reference, asked) is states
