"""Knowledge base -> problems: the table of all checks, and the functions that run them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from knowledge.checks import advisory, answers, checklist, phrasings, references, word_classes
from knowledge.checks.advisory import Block
from knowledge.checks.phrasings import Normalize
from knowledge.loader import Loaded
from knowledge.model import KnowledgeBase, Stolen
from knowledge.normalizer import comparison_form
from knowledge.problems import CODES, Problem, Severity, has_errors, tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = [
    "ALL",
    "CHECKS",
    "COMPARING_CHECKS",
    "ERRORS",
    "Block",
    "check_fingerprints",
    "check_stolen",
    "validate",
    "validated",
]

Check: TypeAlias = Callable[[KnowledgeBase], Iterable[Problem]]
ComparingCheck: TypeAlias = Callable[[KnowledgeBase, Normalize], Iterable[Problem]]


def _both(*checks: Check) -> Check:
    """One check of several that report the same of different things."""
    return lambda base: (found for check in checks for found in check(base))


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "answer-too-long": answers.answer_too_long,
        "bad-date": advisory.bad_date,
        "bad-url": advisory.bad_url,
        "checklist-differs": checklist.checklist_differs,
        "checklist-too-long": checklist.checklist_too_long,
        "curly-quotes": answers.curly_quotes,
        "dangling-cite": _both(references.dangling_cite, checklist.dangling_cite),
        "dangling-follow-up": references.dangling_follow_up,
        "dangling-parent": references.dangling_parent,
        "dangling-question": checklist.dangling_question,
        "dangling-related": _both(references.dangling_related, checklist.dangling_related),
        "few-phrasings": phrasings.few_phrasings,
        "idle-refusal": references.idle_refusal,
        "invisible-character": answers.invisible_character,
        "long-first-sentence": answers.long_first_sentence,
        "misplaced-urgent": references.misplaced_urgent,
        "mark-up": answers.mark_up,
        "missing-advice": checklist.missing_advice,
        "missing-disclaimer": advisory.missing_disclaimer,
        "missing-translation": references.missing_translation,
        "no-first-sentence": answers.no_first_sentence,
        "no-guardrail": references.no_guardrail,
        "other-language": advisory.other_language,
        "related-to-itself": references.related_to_itself,
        "uncited-advice": checklist.uncited_advice,
        "uncited-entry": references.uncited_entry,
        "unknown-placeholder": answers.unknown_placeholder,
        "unknown-topic": references.unknown_topic,
    }
)
"""Code -> the check that reports it, which needs the knowledge base alone."""

COMPARING_CHECKS: Mapping[str, ComparingCheck] = MappingProxyType(
    {
        "alike-phrasings": phrasings.alike_phrasings,
        "duplicate-follow-up": phrasings.duplicate_follow_up,
        "duplicate-phrasing": phrasings.duplicate_phrasing,
        "duplicate-word": word_classes.duplicate_word,
        "off-topic-phrasing": phrasings.off_topic_phrasing,
    }
)
"""Code -> the check that reports it, which compares texts by their comparison form."""

ALL: Final = frozenset((*CHECKS, *COMPARING_CHECKS))
"""The codes of all checks."""
ERRORS: Final = frozenset(code for code in ALL if CODES[code] is Severity.ERROR)
"""The codes of the checks that a knowledge base must pass to be used; they are quick."""

_NEED_ALL_FILES: Final = frozenset(
    (
        "checklist-differs",
        "dangling-follow-up",
        "dangling-related",
        "missing-translation",
        "no-guardrail",
        "unknown-topic",
    )
)
"""Where a file couldn't be read, these would report what is only missing because of that."""


def validate(
    base: KnowledgeBase,
    *,
    codes: Collection[str] = ALL,
    complete: bool = True,
    normalize: Normalize = comparison_form,
) -> list[Problem]:
    """Run checks on a knowledge base.

    Args:
        base: The knowledge base.
        codes: Which checks to run; `ERRORS` takes milliseconds, all take about a second for 8,000 phrasings.
        complete: Whether all of its files could be read.
        normalize: Text and language code -> the form in which texts are compared.
    """
    # Three checks compare every phrasing, and bringing it into form is what takes the time.
    remembered = lru_cache(maxsize=None)(normalize)
    wanted = set(codes)
    if not complete:
        wanted -= _NEED_ALL_FILES if base.passages else _NEED_ALL_FILES | {"dangling-cite"}
    found = [p for code, check in CHECKS.items() if code in wanted for p in check(base)]
    found += [
        p for code, compare in COMPARING_CHECKS.items() if code in wanted for p in compare(base, remembered)
    ]
    return tidy(found)


def validated(
    loaded: Loaded, *, codes: Collection[str] = ALL, normalize: Normalize = comparison_form
) -> Loaded:
    """What the loader found and what the checks find, together; no knowledge base where any of it is an error."""
    found = validate(loaded.draft, codes=codes, complete=loaded.complete, normalize=normalize)
    problems = tidy([*loaded.problems, *found])
    return Loaded(None if has_errors(problems) else loaded.draft, problems, loaded.draft, loaded.complete)


def check_stolen(base: KnowledgeBase, stolen: Iterable[Stolen]) -> list[Problem]:
    """Problems from the phrasings that a trained index gives to another entry."""
    return tidy(phrasings.stolen_phrasing(base, stolen))


def check_fingerprints(base: KnowledgeBase, source_blocks: Sequence[Block]) -> list[Problem]:
    """Problems from comparing the source map with the page's blocks as they are now."""
    return tidy(
        [
            *advisory.stale_fingerprint(base, source_blocks),
            *advisory.passage_not_in_source(base, source_blocks),
            *advisory.source_block_unmapped(base, source_blocks),
        ]
    )
