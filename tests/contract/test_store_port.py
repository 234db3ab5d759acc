"""What every store does, the one in memory and the one on disk."""

from dataclasses import replace

import pytest
from tests.factories_store import make_event, make_passage, make_prepared, make_reference
from tests.fakes_store import MemoryStore

from fuente.adapters.sqlite_store import SqliteStore
from fuente.audit.chain import verify_chain
from fuente.audit.event import Action
from fuente.documents.standing import CURRENT, WITHDRAWN, superseded_by
from fuente.errors import NotFound
from fuente.evidence.cognates import cognate_keys
from fuente.ports import AgentStep, ReferenceFilter, StoredRecord


@pytest.fixture(params=["memory", "sqlite"])
def store(request, tmp_path):
    """A new, empty store of each kind."""
    made = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path)
    yield made
    made.close()


def test_a_document_comes_back_as_it_was_stored(store):
    """Everything read from a document is returned equal: source, bytes, page, passage, vector."""
    held = make_prepared("Vincristina 1,5 mg/m² día 1", "Cisplatin 75 mg/m2")
    store.add_document(held, make_event())
    sha256 = held.read.source.sha256

    assert store.document(sha256) == held.read.source
    assert store.documents() == (held.read.source,)
    assert store.content(sha256) == held.content
    assert store.page(sha256, 2) == held.read.pages[1]
    assert store.passages_of(sha256) == held.passages
    assert store.references() == held.references
    assert store.regimens() == held.regimens
    assert [(key, tuple(vector)) for key, vector in store.vectors()] == [
        (one.passage_id, vector) for one, vector in zip(held.passages, held.vectors, strict=True)
    ]


def test_what_is_not_held_is_none_or_not_found(store):
    """Unknown ids give nothing, except the bytes of a file, which must exist."""
    assert store.document("0" * 64) is None
    assert store.page("0" * 64, 1) is None
    assert store.passages(["p_unknown"]) == ()
    assert store.passages_of("0" * 64) == ()
    assert store.record("s_unknown") is None
    with pytest.raises(NotFound):
        store.content("0" * 64)


def test_passages_come_in_the_order_asked(store):
    """The order of the ids is the order of the passages; unknown ids are left out."""
    held = make_prepared("one", "two", "three")
    store.add_document(held, make_event())
    first, second, third = (one.passage_id for one in held.passages)
    found = store.passages([third, "p_unknown", first])
    assert [one.passage_id for one in found] == [third, first]
    assert second not in {one.passage_id for one in found}


def test_vectors_are_given_for_the_ids_asked(store):
    """Some ids give their vectors alone; no ids give none."""
    held = make_prepared("one", "two", "three")
    store.add_document(held, make_event())
    second = held.passages[1].passage_id
    found = [(key, tuple(vector)) for key, vector in store.vectors([second, "p_unknown"])]
    assert found == [(second, held.vectors[1])]
    assert list(store.vectors([])) == []


def test_adding_a_document_twice_keeps_the_first_and_both_events(store):
    """The same bytes again change nothing but the log."""
    held = make_prepared("one")
    store.add_document(held, make_event())
    store.add_document(held, make_event())
    assert len(store.documents()) == 1
    assert len(list(store.vectors())) == 1
    assert len(list(store.events())) == 2


def read_again(held, *texts):
    """The same bytes, read as other texts."""
    other = make_prepared(*texts)
    sha256 = held.read.source.sha256
    source = replace(other.read.source, sha256=sha256, pages=len(texts))
    passages = tuple(make_passage(one.text, sha256=sha256, page=one.page) for one in other.passages)
    return replace(
        other,
        read=replace(other.read, source=source),
        content=held.content,
        passages=passages,
        references=tuple(make_reference(one) for one in passages),
        regimens=tuple(replace(one, document_sha256=sha256) for one in other.regimens),
    )


class TestReadingAgain:
    """What is read anew takes the place of what was."""

    def test_everything_read_is_replaced(self, store):
        """Source, pages, passages, vectors, references, regimens and words; the bytes stay."""
        old = make_prepared("Vincristine", "Scan of ifosfamide")
        store.add_document(old, make_event())
        store.add_document(make_prepared("Cisplatin", file="b.pdf"), make_event())
        new = read_again(old, "Vincristine", "Etoposide", "Cyclophosphamide")
        sha256 = old.read.source.sha256
        store.replace_reading(new, (), make_event(Action.DOCUMENT_READ_AGAIN))
        only = ReferenceFilter(document_sha256s=frozenset({sha256}))
        assert store.document(sha256) == new.read.source
        assert store.content(sha256) == old.content
        assert store.page(sha256, 3) == new.read.pages[2]
        assert store.passages_of(sha256) == new.passages
        assert store.references(only) == new.references
        assert store.regimens(frozenset({sha256})) == new.regimens
        ids = [one.passage_id for one in new.passages]
        assert [tuple(one) for _, one in store.vectors(ids)] == list(new.vectors)
        assert store.lexical_search('"ifosfamide"', 10) == []
        assert [one for one, _ in store.lexical_search('"etoposide"', 10)] == [ids[1]]
        assert len(store.lexical_search('"cisplatin"', 10)) == 1

    def test_pages_put_aside_can_still_be_opened(self, store):
        """The latest first, of one number or all."""
        held = make_prepared("one", "two")
        store.add_document(held, make_event())
        sha256 = held.read.source.sha256
        assert store.earlier_pages(sha256) == ()
        first, second = held.read.pages
        store.replace_reading(read_again(held, "1", "2"), (first, second), make_event())
        third = replace(first, text="1", lines=(), grids=(), character_boxes=b"")
        store.replace_reading(read_again(held, "I", "2"), (third,), make_event())
        assert store.earlier_pages(sha256, 1) == (third, first)
        assert store.earlier_pages(sha256, 2) == (second,)
        assert set(store.earlier_pages(sha256)) == {first, second, third}
        assert store.earlier_pages("0" * 64) == ()

    def test_its_standing_stays(self, store):
        """A superseded edition that is read again is not followed again."""
        held = make_prepared("one")
        sha256 = held.read.source.sha256
        store.add_document(held, make_event())
        store.set_standing(sha256, WITHDRAWN, make_event())
        store.replace_reading(read_again(held, "two"), (), make_event())
        assert dict(store.standings()) == {sha256: WITHDRAWN}

    def test_what_is_not_held_cannot_be_read_again(self, store):
        """Nothing is stored, and no event tells that it was."""
        with pytest.raises(NotFound):
            store.replace_reading(make_prepared("one"), (), make_event())
        assert store.documents() == ()
        assert list(store.events()) == []


@pytest.mark.parametrize(
    ("where", "files"),
    [
        (ReferenceFilter(), ["a.pdf", "b.pdf"]),
        (ReferenceFilter(file="b.pdf"), ["b.pdf"]),
        (ReferenceFilter(drug="cisplatin"), ["b.pdf"]),
        (ReferenceFilter(drug="cisplatin", file="a.pdf"), []),
        (ReferenceFilter(ids=frozenset({"r_unknown"})), []),
        (ReferenceFilter(passage_ids=frozenset({"p_unknown"})), []),
        (ReferenceFilter(document_sha256s=frozenset({"0" * 64})), []),
    ],
)
def test_references_are_filtered_and_ordered_by_file(store, where, files):
    """Each part of the filter narrows the list; the order is that of the files."""
    store.add_document(make_prepared("Cisplatin", file="b.pdf", drug="cisplatin"), make_event())
    store.add_document(make_prepared("Vincristine", file="a.pdf"), make_event())
    assert [one.file for one in store.references(where)] == files


def test_references_are_found_by_id_and_by_passage(store):
    """Ids and passages select exactly their references."""
    held = make_prepared("one", "two")
    store.add_document(held, make_event())
    wanted = held.references[1]
    by_id = ReferenceFilter(ids=frozenset({wanted.reference_id}))
    by_passage = ReferenceFilter(passage_ids=frozenset({wanted.passage_id}))
    by_document = ReferenceFilter(document_sha256s=frozenset({wanted.document_sha256}))
    assert store.references(by_id) == (wanted,)
    assert store.references(by_passage) == (wanted,)
    assert store.references(by_document) == held.references


def test_regimens_are_found_by_document(store):
    """Those of the documents asked for, or of all that are current."""
    held = make_prepared("one", diagnoses=("WILMS", "EWING"))
    store.add_document(held, make_event())
    assert store.regimens() == held.regimens
    assert store.regimens(frozenset({held.read.source.sha256})) == held.regimens
    assert store.regimens(frozenset({"0" * 64})) == store.regimens(frozenset()) == ()


@pytest.fixture
def editions(store):
    """Give an old and a new edition, the new one having superseded the old."""
    old, new = make_prepared("Cisplatin, old"), make_prepared("Cisplatin, new")
    store.add_document(old, make_event())
    old_sha256, new_sha256 = old.read.source.sha256, new.read.source.sha256
    store.add_document(new, make_event(), {old_sha256: superseded_by(new_sha256)})
    return old, new


class TestStanding:
    """A document that is not current is found by its ids and by nothing else."""

    def test_only_current_documents_are_retrieved(self, store, editions):
        """By words, by vectors, by references and by regimens."""
        _, new = editions
        ids = [one.passage_id for one in new.passages]
        assert [key for key, _ in store.lexical_search('"cisplatin"', 10)] == ids
        assert [key for key, _ in store.vectors()] == ids
        assert store.references(ReferenceFilter(current=True)) == new.references
        assert store.regimens() == new.regimens

    def test_what_is_not_current_still_opens(self, store, editions):
        """Its pages, passages, vectors, references and regimens are held as before."""
        old, _ = editions
        sha256 = old.read.source.sha256
        ids = [one.passage_id for one in old.passages]
        assert store.document(sha256) == old.read.source
        assert store.page(sha256, 1).text == old.read.pages[0].text
        assert store.passages(ids) == old.passages
        assert [key for key, _ in store.vectors(ids)] == ids
        assert set(old.references) <= set(store.references())
        assert store.regimens(frozenset({sha256})) == old.regimens
        assert len(store.documents()) == 2

    def test_a_standing_is_set_and_taken_back_with_its_event(self, store, editions):
        """The last one holds; each change is in the log."""
        old, new = (one.read.source.sha256 for one in editions)
        before = len(list(store.events()))
        store.set_standing(new, WITHDRAWN, make_event())
        store.set_standing(old, CURRENT, make_event())
        assert dict(store.standings()) == {new: WITHDRAWN}
        assert len(list(store.events())) == before + 2

    def test_an_unknown_document_has_no_standing_to_change(self, store):
        """Nothing is written, the event neither."""
        with pytest.raises(NotFound):
            store.set_standing("0" * 64, WITHDRAWN, make_event())
        assert dict(store.standings()) == {}
        assert list(store.events()) == []


def test_words_are_found_without_accents_or_case(store):
    """Lexical search ignores accents and case and ranks the better match first."""
    held = make_prepared("Ciclofosfamida", "Ciclofosfamida cada DÍA", "nada")
    store.add_document(held, make_event())
    found = store.lexical_search('"ciclofosfamida" OR "dia"', 10)
    assert [key for key, _ in found] == [held.passages[1].passage_id, held.passages[0].passage_id]
    assert found[0][1] > found[1][1]
    assert len(store.lexical_search('"ciclofosfamida"', 1)) == 1


def test_words_are_found_under_their_cognates(store):
    """A word is found by its key, however the language of the page spells it."""
    held = make_prepared("Ciclofosfamida 1 g/m2", "nada")
    store.add_document(held, make_event())
    found = store.lexical_search(f'cognates : ("{cognate_keys("cyclophosphamide")}")', 10)
    assert [key for key, _ in found] == [held.passages[0].passage_id]


def test_a_record_is_stored_once(store):
    """A second record with the same id is not stored, and its event still is."""
    record = StoredRecord("s_1", b'{"a":1}', (AgentStep("search", {"drug": "x"}, ("p_1",)),))
    event = make_event(Action.PATIENT_GENERATED, "s_1")
    assert store.add_record(record, event) is True
    assert store.add_record(StoredRecord("s_1", b"other"), event) is False
    assert store.record("s_1") == record
    assert store.count_records() == 1
    assert len(list(store.events())) == 2


def test_records_are_listed_newest_first_by_pages(store):
    """Offset and limit cut the list of records, newest first."""
    for number in range(5):
        store.add_record(StoredRecord(f"s_{number}", b"{}"), make_event())
    assert [one.record_id for one in store.records(1, 2)] == ["s_3", "s_2"]
    assert store.records(5, 2) == ()


def test_every_change_appends_one_event_to_a_chain_that_holds(store):
    """Document, record, token and plain events form one contiguous chain ending at the head."""
    assert store.audit_head() is None
    store.add_document(make_prepared("one"), make_event())
    store.add_record(StoredRecord("s_1", b"{}"), make_event(Action.PATIENT_GENERATED))
    store.add_token("f" * 64, make_event(Action.TOKEN_CREATED))
    store.log(make_event(Action.LOGIN, "session", count=3, ok=True, why="día"))
    events = list(store.events())
    assert [one.sequence for one in events] == [1, 2, 3, 4]
    assert verify_chain(events, store.audit_head()) == ()
    assert events[3].event == make_event(Action.LOGIN, "session", count=3, ok=True, why="día")
    assert [one.sequence for one in store.events(after=2)] == [3, 4]


def test_tokens_are_known_by_their_hash(store):
    """Only a hash that was added is known."""
    assert not store.has_tokens()
    store.add_token("a" * 64, make_event(Action.TOKEN_CREATED))
    assert store.has_tokens()
    assert store.knows_token("a" * 64)
    assert not store.knows_token("b" * 64)
    assert store.token_hashes() == ("a" * 64,)
