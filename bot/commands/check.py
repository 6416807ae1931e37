"""`advisory-bot check`: every fault of a knowledge base, with its place and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bot import settings
from bot.locales import DEFAULT_LANGUAGE, languages
from bot.opening import learned
from knowledge import files
from knowledge.importer import ImportedPage, read_page
from knowledge.model import KnowledgeBase
from knowledge.problems import PRINTERS, Problem, has_errors, problem, tidy
from knowledge.stealing import stolen_phrasings
from knowledge.texts import counted
from knowledge.validator import Block, check_fingerprints, check_stolen


def check(
    path: Path | None, *, form: str, source: Path | None = None, strict: bool = False, quick: bool = False
) -> int:
    """Print the faults of a knowledge base.

    Args:
        path: Where it is; None for what the settings name, else the bundled one.
        form: A key of the printers: text, github or json.
        source: The advisory's page, to compare the passages with.
        strict: Warnings count as errors.
        quick: Leave out what needs a trained index.

    Returns:
        0 where nothing is wrong that counts, else 1.
    """
    where = path or settings.load().knowledge_dir or files.bundled()
    loaded = files.check(where)
    problems = list(loaded.problems)
    fits = ""
    if source is not None:
        try:
            page = read_page(
                files.read_page_file(source),
                name=source.name,
                author=loaded.draft.advisory.author,
                known=tuple(loaded.draft.passages.values()),
            )
        except OSError as fault:
            print(f"advisory-bot: {source} can't be read: {fault.strerror}", file=sys.stderr)
            return 1
        differences = check_fingerprints(loaded.draft, _blocks(page))
        problems += differences
        fits = "" if differences else f"its {counted(len(loaded.draft.passages), 'passage')} fit {source}"
    problems += unspoken(loaded.draft)
    if loaded.knowledge_base is not None and not quick:
        problems += _stolen(loaded.knowledge_base)
    problems = tidy(problems)
    if problems or form != "text":
        print(PRINTERS[form](problems), end="")
        if fits and form == "text":
            print(fits)
    else:
        print("; ".join(filter(None, (f"{where}: nothing to mend", fits))))
    return 1 if has_errors(problems) or (strict and problems) else 0


def unspoken(base: KnowledgeBase) -> Iterator[Problem]:
    """A language of the knowledge base that the bot has no words of its own in."""
    for language, entries in base.entries.items():
        if entries and language not in languages():
            yield problem(
                "unspoken-language",
                base.advisory.location,
                f'the bot has no words of its own in "{language}": greetings, buttons and refusals are in "{DEFAULT_LANGUAGE}"',
                mend=f"translate bot/locales/en.ftl as bot/locales/{language}.ftl (CONTRIBUTING.md tells how)",
            )


def _stolen(base: KnowledgeBase) -> list[Problem]:
    answerer = learned(base)
    stolen = [theft for language in base.languages for theft in stolen_phrasings(answerer.index(language))]
    return check_stolen(base, stolen)


def _blocks(page: ImportedPage) -> list[Block]:
    return [Block(b.id, b.position, b.fingerprint, b.voice) for b in page.blocks if b.id and b.voice]
