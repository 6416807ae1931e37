"""What becomes of an urgent answer that was given before, at a further message: it stands, fades, and is over. Pure.

How much of it stands is an `Alert`, and `talk.py` says which message leaves how much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto

from knowledge.calibration import Calibration
from knowledge.context import FOLLOW_UP_WORDS
from knowledge.lexicon import lexicon
from knowledge.model import Entry, Kind
from knowledge.outcome import Alert, Answer, Clarify, Decline, Match, Outcome, Ranking, Relief
from knowledge.overhearing import plainly_asks
from knowledge.policy import CLARIFY, LONE_OPTION, MAX_OPTIONS, SURE, URGENT, first, is_grave
from knowledge.verdict import Verdict


class Standing(Enum):
    """What becomes of an urgent answer that was given before, at a further message."""

    STAYS = auto()
    """The message gets it again."""
    BESIDE = auto()
    """It is repeated before the answer to the message."""
    LEFT = auto()
    """The message is answered like any other."""


def standing(
    text: str, ranking: Ranking, entries: Mapping[str, Entry], calibration: Calibration, language: str
) -> Standing:
    """What becomes of an urgent answer that was given before.

    It stays for all short messages but those that by their own words are surely about something else. Who plainly asks
    (begins or ends as questions do, with words that have matter in them) is answered as anybody is; with the number first
    where that is less sure, and hangs on one word ("where do I call") or is a refusal. Who tells something, or says no more
    than a courtesy, may be in danger all the same: "they don't answer", "I already took them", "help".

    Args:
        text: The message as typed.
        ranking: How its words by themselves rank the entries, in `order`.
        entries: The entries by id.
        calibration: The thresholds.
        language: The message's.
    """
    if len(ranking.tokens) > FOLLOW_UP_WORDS:
        return Standing.LEFT
    if not ranking.matches:
        return Standing.STAYS
    best, entry = ranking.matches[0], entries[ranking.matches[0].entry_id]
    if entry.urgent:
        return Standing.LEFT if best.confidence >= URGENT else Standing.STAYS
    sure, matter = best.confidence >= SURE, set(ranking.tokens) - lexicon(language).stop_words
    if entry.kind is Kind.CHITCHAT:
        left, beside = is_grave(entry, entries) and best.confidence >= calibration.answer, sure
    else:
        asks = bool(matter) and plainly_asks(text)
        plain = asks and (sure or (len(matter) > 1 and entry.kind is not Kind.GUARDRAIL))
        left = plain and best.confidence >= LONE_OPTION
        beside = bool(matter) and best.confidence >= (calibration.answer if asks else SURE)
    if left:
        return Standing.LEFT
    return Standing.BESIDE if beside else Standing.STAYS


def alarmed(
    text: str, outcome: Outcome, urgent: Match, entries: Mapping[str, Entry], alert: Alert
) -> Outcome:
    """What to do in a conversation in which an urgent answer was given.

    It isn't given whole again, unless it is over and a message surely tells of a danger anew. While it is spoken of, questions
    to choose from are for who plainly asks, and refusals are none of them; in an alert that doesn't fade yet, what has no sure
    answer gets what to do once more.

    Args:
        text: The message as typed.
        outcome: What would be done in any other conversation.
        urgent: The entry whose answer was given.
        entries: The entries by id.
        alert: How much of that answer still stands.
    """

    def refuses(match: Match) -> bool:
        entry = entries[match.entry_id]
        return entry.kind is Kind.GUARDRAIL and not entry.urgent

    again = urgent if alert >= Alert.SHORT else None
    match outcome:
        case Answer(match, _, False) if match.entry_id == urgent.entry_id:
            outcome = replace(outcome, again=alert > Alert.OVER or match.confidence < SURE)
        case _ if alert is Alert.OVER:
            pass
        case Clarify(matches):
            others = tuple(m for m in matches if m.entry_id != urgent.entry_id and not refuses(m))
            if not others or not plainly_asks(text):
                return Decline(again=again)
            options = (urgent, *others)[:MAX_OPTIONS] if again else others
            outcome = Clarify(options, again=bool(again))
        case Decline(""):
            outcome = Decline(again=again)
        case Answer(_, also) if also and refuses(also):
            outcome = replace(outcome, also=None)
    return outcome


def goes_on(text: str, after: Ranking, urgent: Match, *, spoken_of: bool) -> bool:
    """Whether a message that has no answer of its own goes on with an urgent answer that fades: "nobody picks up", "call who".

    Args:
        text: The message as typed.
        after: How it ranks the entries as what comes after that answer.
        urgent: The urgent entry.
        spoken_of: Whether nothing else was answered since then.
    """
    floor = URGENT if spoken_of else SURE
    likely = [m for m in after.matches[:1] if m.entry_id == urgent.entry_id and m.confidence >= floor]
    return bool(likely) and not plainly_asks(text)


def relieved(
    text: str, outcome: Outcome, relief: Relief, urgent: Match | None, entries: Mapping[str, Entry]
) -> Outcome:
    """What to do about what else somebody says beside good news about a danger.

    Args:
        text: What else, as typed.
        outcome: What would be done about that alone.
        relief: The good news: help that comes is no end of the danger yet, which stays among what is asked back about.
        urgent: The entry whose answer was given; None where a danger was only suspected.
        entries: The entries by id.
    """

    def warns(match: Match) -> bool:
        return entries[match.entry_id].kind is Kind.GUARDRAIL

    match outcome:
        case Answer(match, also) if also and warns(also):
            sure = urgent is None or not entries[also.entry_id].urgent
            return Answer(match) if sure else Answer(match, also, again=True)
        case Clarify(matches):
            options = tuple(m for m in matches if not warns(m))
            if not options or not plainly_asks(text):
                return Decline(again=urgent)
            stays = (urgent,) if urgent and relief is Relief.HELP else ()
            return Clarify((*options[: MAX_OPTIONS - len(stays)], *stays))
        case Decline(""):
            return Decline(again=urgent)
    return outcome


def warmly(ranking: Ranking, entries: Mapping[str, Entry], *, denied: bool) -> Match | None:
    """What to say to who talks on after an urgent answer, and may mean it less than a feeling; None for nothing.

    Args:
        ranking: How what they say ranks the entries, an urgent one first.
        entries: The entries by id.
        denied: Whether they say that nobody is in danger.
    """
    kind = [
        m
        for m in ranking.matches[1:MAX_OPTIONS]
        if is_grave(entries[m.entry_id], entries) and not entries[m.entry_id].urgent
    ]
    likely = ranking.matches[:1] and ranking.matches[0].confidence < SURE
    return next((m for m in kind if denied or (likely and m.confidence >= CLARIFY)), None)


def says_itself(urgent: str, ranking: Ranking) -> bool:
    """Whether a message, no story, by its own words gets the very urgent answer that stands."""
    best = ranking.matches[0] if ranking.matches else None
    own = best is not None and best.entry_id == urgent and best.confidence >= URGENT
    return own and not ranking.clause


def match_of(urgent: str | None, ranking: Ranking) -> Match:
    """An urgent entry's match, whatever the message is like."""
    ranked = (match for match in ranking.matches if match.entry_id == urgent)
    return next(ranked, Match(urgent or "", 0.0, 0.0, 0.0, ""))


def again(urgent: str, ranking: Ranking, language: str) -> Verdict:
    """An urgent entry's answer once more, whatever the message is like."""
    match = match_of(urgent, ranking)
    ranking = replace(ranking, matches=first(match, ranking.matches), clause="", also=None)
    return Verdict(Answer(match, again=True), ranking, language, "the urgent answer before it stands")
