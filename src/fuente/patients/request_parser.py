"""Reads a request in English or Spanish into the structured request.

Rules only, no model: the same words always give the same request. What the words do not settle is
asked back; what is unusual is let through with a warning; nothing is guessed.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, cast

from fuente.dosing.folding import fold
from fuente.errors import InvalidRequest
from fuente.patients.catalogue import Catalogue, load_catalogue
from fuente.patients.diagnosis import Frequency
from fuente.patients.request import (
    Block,
    Request,
    RequestedBlocks,
    RequestedDiagnosis,
    RequestedRelapse,
    RequestedSecondTumour,
)
from fuente.patients.request_age import read_ages
from fuente.patients.request_checks import MOST_PATIENTS, Concern, Reading, concerns
from fuente.patients.request_details import read_flags, read_metastasis_sites
from fuente.patients.request_language import detect_language
from fuente.patients.request_outside import is_other_disease, tumour_shaped
from fuente.patients.request_people import read_people
from fuente.patients.request_phrases import cue
from fuente.patients.request_questions import question
from fuente.patients.request_second import second_part
from fuente.patients.request_signals import Hit, is_only, read_signals
from fuente.patients.request_spelling import repair, unread_wish
from fuente.patients.request_tumour import Named, Tumour, read_tumours, risk_group

_MODALITIES: Final[tuple[Block, ...]] = ("chemotherapy", "radiotherapy", "hsct", "surgery")
_EVENTS: Final[tuple[Block, ...]] = ("relapse", "other", "second_tumour")
_EVERYTHING: Final[tuple[Block, ...]] = (*_MODALITIES, "relapse", "other")
# Signals that bring a block with them without naming it; the blocks named come first.
_SHUNTS: Final = {"shunt", "vp_shunt", "va_shunt", "sp_shunt", "etv", "evd"}
_IMPLYING: Final = frozenset(
    _SHUNTS | {"intrathecal", "triple_intrathecal", "corticosteroid", "internal_prosthesis", "gvhd"}
)
_LONGEST: Final = 4000
_NEAR_RELAPSE: Final = 90


def parse_request(text: str, language: Literal["en", "es"] | None = None) -> Request:
    """The structured request the words state; `action` is `clarify` when they do not settle it.

    The language is detected when it is not given; it is also that of the questions asked back.

    Raises:
        InvalidRequest: the text is longer than 4000 characters.
    """
    if len(text) > _LONGEST:
        raise InvalidRequest(
            f"The request has {len(text)} characters.", f"Shorten it to {_LONGEST} or fewer."
        )
    repaired = repair(" ".join(text.split()))
    folded = fold(repaired)
    spoken = language or detect_language(text, folded)
    return _Parse(text, repaired, folded, spoken, load_catalogue()).request()


class _Parse:
    """One request on its way from words to structure."""

    def __init__(
        self,
        text: str,
        repaired: str,
        folded: str,
        language: Literal["en", "es"],
        catalogue: Catalogue,
    ) -> None:
        self.text, self.language, self.catalogue = text, language, catalogue
        self.repaired, self.folded = repaired, folded
        mentions = catalogue.mentions(repaired)
        signals = read_signals(folded, [(m.start, m.end) for m in mentions])
        self.second = second_part(folded, signals, mentions)
        theirs = self.second.hits if self.second else ()
        self.hits = tuple(hit for hit in signals if hit not in theirs)
        self.named = self._first_named()
        self.ages = read_ages(folded)
        self.people = read_people(folded)
        self.flags = read_flags(folded, self.hits)
        self.everything = any(h.name == "everything" and h.wanted for h in self.hits)

    def request(self) -> Request:
        """The request, judged."""
        blocks, conflicts = self._blocks()
        reading = self._reading(blocks, conflicts)
        found = concerns(reading, self.catalogue)
        ages, tumour = self.ages, reading.tumour
        return Request(
            text=self.text,
            language=self.language,
            age_years=ages.years,
            age_months=ages.months,
            age_min=ages.minimum,
            age_max=ages.maximum,
            age_at_first_diagnosis_years=ages.at_diagnosis,
            sex=self.people.sex,
            diagnosis=_requested(tumour) if tumour else None,
            second_tumour=self._second_tumour(),
            blocks=blocks,
            relapse=self._relapse(),
            flags=self.flags,
            metastasis_sites=read_metastasis_sites(self.folded, self.hits),
            risk_group=risk_group(self.folded),
            n_patients=min(max(self.people.count, len(ages.current)), MOST_PATIENTS),
            action="clarify" if any(c.reason for c in found) else "generate",
            warnings=tuple(dict.fromkeys(c.warning for c in found)),
            questions=self._questions(found),
        )

    def _reading(self, blocks: RequestedBlocks, conflicts: tuple[Block, ...]) -> Reading:
        second = self._second_named()
        return Reading(
            ages=self.ages,
            people=self.people,
            named=self.named,
            other_disease=is_other_disease(self.folded),
            blocks=blocks,
            conflicts=conflicts,
            flags=self.flags,
            everything=self.everything,
            only_diagnosis=self._only_diagnosis(blocks),
            second_wanted="second_tumour" in blocks.required,
            second_unknown=second.unknown if second else (),
            risk_stated=risk_group(self.folded) is not None,
            unread=unread_wish(self.folded),
        )

    def _questions(self, found: Sequence[Concern]) -> tuple[str, ...]:
        asked = [question(c.reason, self.language, c.detail) for c in found if c.reason]
        return tuple(dict.fromkeys(asked))

    def _first_named(self) -> Named:
        repaired, folded = self.repaired, self.folded
        if self.second:
            repaired = _without(repaired, self.second.start, self.second.end)
            folded = _without(folded, self.second.start, self.second.end)
        return _with_shaped(read_tumours(repaired, folded, self.catalogue), folded)

    def _second_named(self) -> Named | None:
        if self.second is None:
            return None
        start, end = self.second.start, self.second.end
        folded = " " * start + self.folded[start:end]
        named = read_tumours(" " * start + self.repaired[start:end], folded, self.catalogue)
        return _with_shaped(named, folded)

    def _second_tumour(self) -> RequestedSecondTumour | None:
        named = self._second_named()
        if self.second is None or named is None:
            return None
        tumour = named.tumours[0] if len(named.tumours) == 1 else None
        return RequestedSecondTumour(
            catalogue_id=tumour.id if tumour else None,
            icdo3=tumour.icdo3 if tumour else None,
            blocks=cast("tuple[Block, ...]", self.second.blocks),
            in_previous_rt_field=self.second.in_field,
        )

    def _blocks(self) -> tuple[RequestedBlocks, tuple[Block, ...]]:
        required = self._required()
        refused = self._refused()
        conflicts = tuple(b for b in refused if b in required and not self._is_excepted(b))
        required = tuple(b for b in required if b not in refused)
        if is_only(self.folded, self.hits) and not self.everything:
            excluded = tuple(b for b in (*_MODALITIES, *_EVENTS) if b not in required)
        else:
            excluded = refused
            required = required or self._backbone(excluded)
        return RequestedBlocks(required=required, excluded=excluded), conflicts

    def _required(self) -> tuple[Block, ...]:
        wanted = [h for h in self.hits if h.wanted]
        named = [h.block for h in wanted if h.name not in _IMPLYING]
        implied = [h.block for h in wanted if h.name in _IMPLYING and self._implies(h)]
        second: list[Block | None] = ["second_tumour"] if self.second else []
        everything = _EVERYTHING if self.everything else ()
        modalities = _MODALITIES if any(h.name == "modalities" for h in wanted) else ()
        found = [b for b in (*everything, *modalities, *named, *implied, *second) if b]
        treatments = [b for b in dict.fromkeys(found) if b in _MODALITIES]
        return (*treatments, *(b for b in _EVENTS if b in found))

    def _implies(self, hit: Hit) -> bool:
        return hit.name != "corticosteroid" or bool(self.flags.corticosteroid_over_4w)

    def _refused(self) -> tuple[Block, ...]:
        found = [h.block for h in self.hits if h.refuses_block and h.block]
        return tuple(dict.fromkeys(b for b in found if not self._wanted_otherwise(b)))

    def _wanted_otherwise(self, block: Block) -> bool:
        """`no allogeneic but an autologous transplant` refuses a kind, not the block."""
        hits = [h for h in self.hits if h.block == block]
        refused = {h.name for h in hits if h.refuses_block}
        wanted = {h.name for h in hits if h.wanted} - {"gvhd"}
        kinds = {"autologous", "allogeneic", "syngeneic"}
        return bool(wanted & kinds) and refused <= kinds and not wanted & refused

    def _is_excepted(self, block: Block) -> bool:
        """Left out of `everything`: an exception, not a contradiction."""
        refused = [h for h in self.hits if h.block == block and h.refuses_block]
        named = any(h.block == block and h.wanted for h in self.hits)
        everything = self.everything or any(h.name == "modalities" for h in self.hits)
        return everything and bool(refused) and not named

    def _backbone(self, excluded: tuple[Block, ...]) -> tuple[Block, ...]:
        """When treatments are only excluded, what every course of the disease has is required."""
        if not excluded or len(self.named.tumours) != 1 or "chemotherapy" in excluded:
            return ()
        diagnosis = self.catalogue.diagnosis(self.named.tumours[0].id)
        return ("chemotherapy",) if diagnosis.modalities.chemotherapy is Frequency.ALWAYS else ()

    def _only_diagnosis(self, blocks: RequestedBlocks) -> bool:
        named = any(h.name == "diagnosis_only" for h in self.hits)
        return named and not blocks.required and is_only(self.folded, self.hits)

    def _relapse(self) -> RequestedRelapse | None:
        for hit in self.hits:
            if hit.name == "relapse" and hit.wanted:
                timing = _timing(self.folded, hit)
                if timing:
                    return RequestedRelapse(timing=timing)
        return None


def _timing(folded: str, hit: Hit) -> Literal["during_first_line", "after_end_of_treatment"] | None:
    after = re.split(r"[.;]", folded[hit.start : hit.end + _NEAR_RELAPSE])[0]
    before = re.split(r"[.;]", folded[max(0, hit.start - _NEAR_RELAPSE) : hit.start])[-1]
    for words in (after, before):
        late, early = cue("after_end").search(words), cue("during").search(words)
        if early and (late is None or early.start() <= late.start()):
            return "during_first_line"
        if late:
            return "after_end_of_treatment"
    return None


def _requested(tumour: Tumour) -> RequestedDiagnosis:
    return RequestedDiagnosis(
        catalogue_id=tumour.id,
        icdo3=tumour.icdo3,
        topography=tumour.topography,
        laterality=tumour.laterality,
    )


def _with_shaped(named: Named, folded: str) -> Named:
    """A word shaped like a tumour's name that is none of the known ones is an unknown tumour."""
    shaped = tumour_shaped(folded, named.spans)
    unknown = tuple(dict.fromkeys((*named.unknown, *shaped)))
    return Named(named.tumours, named.ambiguous, unknown, named.spans)


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
