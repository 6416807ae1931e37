"""Ranked matches -> what to do: answer, ask back, decline or keep quiet.

The order of the rules is the policy: guardrails first and urgent ones before all others, then what was overheard, then
confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from knowledge.calibration import Calibration
from knowledge.matcher import is_question
from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Clarify, Decline, Match, Outcome, Ranking, Silent
from knowledge.overhearing import asks_everybody, pleads

GUARDRAIL_RATIO: Final = 0.9
"""A guardrail that is at least this likely, against the likeliest entry, goes first: the worse mistake decides."""
URGENT: Final = 0.6
"""Confidence from which an urgent guardrail speaks, and goes first, however sure another entry is."""
SURE: Final = 0.95
"""Confidence from which a message that asks nothing is about something else than the urgent answer before it."""
TOLD: Final = 0.99
"""Confidence from which a danger speaks that somebody only tells others of: none of the tests' group talk reaches it."""
GUARDRAIL_IN_STORY: Final = 0.9
"""From which confidence a guardrail speaks on one sentence of many: every long story has one about health or law.

Below it, the guardrail is the first thing that is asked back."""
URGENT_IN_STORY: Final = 0.85
"""The same for an urgent one."""
CHITCHAT_SHARE: Final = 0.5
"""A courtesy is answered when the classifier gives it at least this share: little harm is done by a wrong one."""
CLARIFY: Final = 0.25
"""Confidence from which asking back is likelier to help than to annoy."""
SUSPECTED: Final = 0.15
"""Confidence from which a guardrail among the likeliest entries is offered, whatever else is answered."""
SUSPECTED_URGENT: Final = 0.2
"""The same for an urgent one, which is pointed out more loudly: people who see it everywhere learn to ignore it."""
LONE_OPTION: Final = 0.5
"""Confidence from which a single entry is asked back about."""
OPTION_RATIO: Final = 0.1
"""An option that is less likely than this, against the first one, isn't offered."""
MAX_OPTIONS: Final = 3
MIN_OPTIONS: Final = 2


def order(ranking: Ranking, entries: Mapping[str, Entry]) -> tuple[Match, ...]:
    """The matches with a guardrail that is about as likely as the best one put first, or one that may well be urgent."""
    matches, suspected = ranking.matches, ranking.suspected
    if not matches:
        return ()
    for match in (*matches, suspected) if suspected else matches:
        if match.confidence >= URGENT and entries[match.entry_id].urgent:
            return first(match, matches)
    floor = GUARDRAIL_RATIO * matches[0].probability
    for match in matches:
        if match.probability >= floor and entries[match.entry_id].kind is Kind.GUARDRAIL:
            return first(match, matches)
    return matches


def first(match: Match, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The matches with one of them, or another one, put first."""
    return (match, *(m for m in matches if m.entry_id != match.entry_id))


def rule(
    ranking: Ranking,
    entries: Mapping[str, Entry],
    calibration: Calibration,
    *,
    overheard: bool = False,
) -> tuple[Outcome, str]:
    """What to do about a question, and the rule that decided, as a sentence for a curator.

    Args:
        ranking: The matcher's view, its matches already in `order`.
        entries: The entries by id.
        calibration: The thresholds.
        overheard: Whether the message wasn't addressed to the bot; then the only outcomes are Answer and Silent.
    """
    if not ranking.matches:
        return (Silent() if overheard else Decline()), "no word of it is known"
    entry = entries[ranking.matches[0].entry_id]
    if overheard:
        return _overheard(ranking.matches[0], entry.kind, calibration)
    return _addressed(ranking, entries, calibration)


def _overheard(best: Match, kind: Kind, calibration: Calibration) -> tuple[Outcome, str]:
    if kind is Kind.CHITCHAT:
        return Silent(), "a courtesy that isn't meant for the bot"
    said, floor = f"overheard, confidence {best.confidence:.2f}", calibration.overheard
    if best.confidence >= floor:
        return Answer(best), f"{said} is at least {floor:.2f}"
    return Silent(), f"{said} is below {floor:.2f}"


def danger_overheard(
    text: str, ranking: Ranking, entries: Mapping[str, Entry], calibration: Calibration
) -> tuple[Outcome, str] | None:
    """What to do about a danger to life in a group's message, by whether it asks what to do; None where it speaks of none for sure."""
    best = ranking.matches[0] if ranking.matches else None
    if best is None or not entries[best.entry_id].urgent:
        return None
    floor = _guardrail_floor(ranking, calibration, urgent=True)
    said = f"overheard, confidence {best.confidence:.2f}"
    if best.confidence >= floor and pleads(text):
        return Answer(best), f"{said} is at least {floor:.2f}, and it asks what to do"
    if best.confidence >= TOLD and not asks_everybody(text):
        return Answer(best, told=True), f"{said} is at least {TOLD:.2f}: a danger is told of"
    return None


def _guardrail_floor(ranking: Ranking, calibration: Calibration, *, urgent: bool) -> float:
    """The confidence from which a guardrail answers."""
    if ranking.clause:
        return max(calibration.guardrail, URGENT_IN_STORY if urgent else GUARDRAIL_IN_STORY)
    return min(calibration.answer, calibration.guardrail, URGENT if urgent else 1.0)


def _beside(ranking: Ranking, entries: Mapping[str, Entry]) -> Match | None:
    """A guardrail that the message may mean beside, or instead of, its likeliest entry."""
    best, *others = ranking.matches[:MAX_OPTIONS]
    if ranking.danger and ranking.danger.entry_id != best.entry_id:
        return ranking.danger
    guards = [
        m
        for m in others
        if entries[m.entry_id].kind is Kind.GUARDRAIL and m.confidence >= _suspected(entries[m.entry_id])
    ]
    if ranking.suspected and ranking.suspected.entry_id != best.entry_id:
        guards.append(ranking.suspected)
    return max(guards, key=lambda m: (entries[m.entry_id].urgent, m.confidence), default=None)


def _suspected(entry: Entry) -> float:
    return SUSPECTED_URGENT if entry.urgent else SUSPECTED


def _addressed(
    ranking: Ranking, entries: Mapping[str, Entry], calibration: Calibration
) -> tuple[Outcome, str]:
    entry, beside = entries[ranking.matches[0].entry_id], _beside(ranking, entries)
    matches, best, kind = ranking.matches, ranking.matches[0], entry.kind
    said = f"confidence {best.confidence:.2f}"
    floor = calibration.answer
    if kind is Kind.GUARDRAIL:
        floor = _guardrail_floor(ranking, calibration, urgent=entry.urgent)
    if best.confidence >= floor:
        what = "a guardrail's" if kind is Kind.GUARDRAIL else "the answer's"
        also = None if entry.urgent else beside or ranking.also
        return Answer(best, also), f"{said} is at least {what} {floor:.2f}"
    likely = kind is Kind.CHITCHAT and best.probability >= CHITCHAT_SHARE and best.confidence >= CLARIFY
    if likely and not beside:
        return Answer(best), f"a courtesy, with a share of at least {CHITCHAT_SHARE:.2f}"
    worth_asking = _suspected(entry) if kind is Kind.GUARDRAIL else CLARIFY
    options = _options(matches, beside, entries, sure=beside is not None and beside is ranking.danger)
    if len(options) < MIN_OPTIONS:
        worth_asking = max(worth_asking, LONE_OPTION)
    # The likeliest isn't always the surest, and a courtesy, which is none of the options, says nothing of how likely these are.
    others = max((match.confidence for match in options), default=0.0)
    surest = best.confidence if kind is Kind.GUARDRAIL else others
    if surest < worth_asking and beside:
        return Clarify(options), "it may mean a danger"
    if surest < worth_asking:
        return Decline(), f"confidence {surest:.2f} is below {worth_asking:.2f}, from which on it asks back"
    said += (
        f" is below {floor:.2f}, from which on it answers, and {surest:.2f} is at least {worth_asking:.2f}"
    )
    return Clarify(options), said


def instead(matches: tuple[Match, ...], entries: Mapping[str, Entry]) -> tuple[Match, ...]:
    """What may be meant where the first of the matches, which was answered, isn't: the next likeliest, and no refusal for little reason."""

    def is_likely(match: Match) -> bool:
        entry = entries.get(match.entry_id)
        if entry is None:  # the knowledge base was swapped meanwhile
            return False
        suspected = entry.kind is not Kind.GUARDRAIL or match.confidence >= _suspected(entry)
        return suspected and match.probability >= floor and _to_choose(entry, entries)

    floor = OPTION_RATIO * (1 - matches[0].probability) if matches else 0
    return tuple(filter(is_likely, matches[1:]))[:MAX_OPTIONS]


def _groundless(match: Match, entries: Mapping[str, Entry]) -> bool:
    return entries[match.entry_id].urgent and match.confidence < SUSPECTED_URGENT


def _to_choose(entry: Entry, entries: Mapping[str, Entry]) -> bool:
    """Whether an entry's question is a choice for a person: "Goodbye" is none, a fear and "Who runs this bot?" are."""
    return entry.kind is not Kind.CHITCHAT or is_question(entry) or is_grave(entry, entries)


def is_grave(entry: Entry, entries: Mapping[str, Entry]) -> bool:
    """Whether an entry is about a danger, or is told and not asked, and leads on to one: fear, grief, despair."""
    near = (entries[related] for related in entry.related if related in entries)
    return entry.urgent or (not is_question(entry) and any(other.urgent for other in near))


def _options(
    matches: tuple[Match, ...], beside: Match | None, entries: Mapping[str, Entry], *, sure: bool
) -> tuple[Match, ...]:
    """The entries to choose from, likeliest first; a danger that may, or surely is, meant is among them, and no other one."""
    floor = OPTION_RATIO * matches[0].probability
    grounded = tuple(
        m
        for m in matches
        if m is beside or (_to_choose(entries[m.entry_id], entries) and not _groundless(m, entries))
    )
    likely = tuple(m for m in grounded[:MAX_OPTIONS] if m.probability >= floor or m is beside)
    options = likely if len(likely) >= MIN_OPTIONS else grounded[:MIN_OPTIONS]
    if beside and all(m.entry_id != beside.entry_id for m in options):  # mentioned in passing, in a story
        # What a sentence surely means goes first. A refusal that is only suspected goes last: most people mean no harm.
        leads = sure or entries[beside.entry_id].urgent
        options = (beside, *options)[:MAX_OPTIONS] if leads else (*options[: MAX_OPTIONS - 1], beside)
    return options
