"""What the documents say is there: links, commands, settings, modules, the example entry."""

from __future__ import annotations

import argparse
import dataclasses
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from bot.cli import parser
from bot.settings import Settings
from knowledge import files
from knowledge.opening import open_answerer
from knowledge.outcome import Answer, Question

ROOT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


README: Final = read(ROOT / "README.md")


def named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def links(document: Path) -> list[str]:
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", read(document)))
    return re.findall(r"\]\(([^)\s]+)\)", prose)


def anchors(document: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", read(document)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(document: Path) -> Iterator[str]:
    """The uses of advisory-bot that a document shows as code, without the command's own name."""
    prose = FENCE.sub("", read(document))
    fenced = [line for _, block in FENCE.findall(read(document)) for line in block.splitlines()]
    for shown in [*re.findall(r"`([^`\n]+)`", prose), *fenced]:
        found = re.search(r"(?:^|[\s/])advisory-bot ([a-z].*)$", shown)
        if found:
            yield re.split(r"\s{2,}", found[1])[0]  # what stands further off is a remark


def test_no_unit_of_systemd_sets_what_the_file_of_settings_overrides() -> None:
    in_file = set(re.findall(r"^(\w+)=", read(ROOT / ".env.example"), re.MULTILINE))
    set_in_units = {
        name for document in DOCUMENTS for name in re.findall(r"\bEnvironment=(\w+)=", read(document))
    }
    assert "XDG_DATA_HOME" in set_in_units
    assert not set_in_units & in_file, "EnvironmentFile= wins, even with an empty value"


def subcommands() -> set[str]:
    (action,) = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return set(action.choices)


def is_understood(words: list[str]) -> bool:
    try:
        parser().parse_args(words)
    except SystemExit as ended:
        return ended.code == 0
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    dead = []
    for link in links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_that_is_shown_is_understood(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = [shlex.split(command, comments=True) for command in commands(document)]
    # One word alone names a command, and needn't show all that it needs.
    assert {words[0] for words in shown} <= subcommands()
    refused = [words for words in shown if len(words) > 1 and not is_understood(words)]
    assert refused == [], capsys.readouterr().err


# The README


def test_the_readme_begins_with_the_two_commands() -> None:
    blocks = [block.strip() for _, block in FENCE.findall(README)]
    assert blocks[:2] == [
        "pip install uv && uv run advisory-bot chat",
        "pip install uv && uv run pytest",
    ]


def test_the_readme_tells_of_every_subcommand() -> None:
    assert {command.split()[0] for command in commands(ROOT / "README.md")} == subcommands()


def test_the_readmes_example_entry_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "cache"))
    (example,) = [block for form, block in FENCE.findall(README) if form == "yaml"]
    path = tmp_path / "faq.yaml"
    path.write_text(example, encoding="utf-8")
    assert {problem.code for problem in files.check(path).problems} == {"few-phrasings", "no-guardrail"}
    (asked,) = re.findall(r'advisory-bot ask --knowledge faq\.yaml "([^"]+)"', README)
    assert isinstance(open_answerer(path).answer(Question(asked)).outcome, Answer)


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("i dont want any more treatment i want to die", "emergency"),
        ("my dad cant breathe", "emergency"),
        ("thank you!", "thanks"),
        ("are you a real person", "are-you-a-bot"),
        ("is there a car park?", "where-can-i-park-at-the-clinic"),
    ],
)
def test_the_entries_to_copy_work_beside_others(
    said: str, entry: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.getbasetemp() / "copied"
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(folder / "cache"))
    (folder / "base").mkdir(parents=True, exist_ok=True)
    examples = [block for form, block in FENCE.findall(README) if form == "yaml"]
    examples += re.findall(
        r"^```yaml\n(# (?:emergencies|courtesies)\.yaml\n.*?)^```",
        read(ROOT / "docs" / "authoring.md"),
        re.MULTILINE | re.DOTALL,
    )
    assert len(examples) == 3
    for number, example in enumerate(examples):
        (folder / "base" / f"{number}.yaml").write_text(example, encoding="utf-8")
    verdict = open_answerer(folder / "base").answer(Question(said))
    assert isinstance(verdict.outcome, Answer)
    assert verdict.answered == entry


def test_the_readmes_picture_is_described_and_small() -> None:
    (alt, path), *others = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)
    picture = (ROOT / path).read_bytes()
    assert not others
    assert len(alt) > 100
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 300_000


def test_the_readmes_link_to_an_answer_names_an_entry() -> None:
    (entry_id,) = re.findall(r"\?start=([a-z0-9-]+)", README)
    base = files.load(files.bundled()).draft
    assert base.entry(entry_id)


# The documents


def test_operating_tells_every_setting_and_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]*)\|", read(ROOT / "docs" / "operating.md"), re.MULTILINE)
    told = {name: default.strip() for name, default in rows}
    fields = {field.name.upper(): field for field in dataclasses.fields(Settings)}
    assert told.keys() == fields.keys()
    for name, default in told.items():
        if default.startswith("`"):
            assert default.strip("`") == str(fields[name].default)
        else:
            assert not fields[name].default


def test_architecture_tells_of_every_module() -> None:
    told = set(re.findall(r"`((?:bot|knowledge)/[\w/.]*)`", read(ROOT / "docs" / "architecture.md")))
    modules = {f"{p}/{m.name}" for p in ("bot", "knowledge") for m in (ROOT / p).glob("*.py")}
    packages = {f"{m.parent.relative_to(ROOT).as_posix()}/" for m in ROOT.glob("[bk]*/*/__init__.py")}
    there = {m for m in modules if not m.endswith("/__init__.py")} | {
        p for p in packages if p.startswith(("bot/", "knowledge/"))
    }
    assert there - told == set(), "add a line for each to docs/architecture.md"
    assert {m for m in told if not (ROOT / m).exists()} == set()


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(folder.glob("*.md"))
    assert [r.name[:5] for r in records] == [f"{number:04}-" for number in range(1, len(records) + 1)]
    listed = links(records[0])
    assert [r.name for r in records[1:] if r.name not in listed] == []
    for record in records:
        body = read(record)
        assert body.startswith(f"# {record.name[:4]}: ")
        assert all(f"**{part}.**" in body for part in ("Context", "Decision", "Consequences")), record.name


def test_every_test_that_shows_a_defence_is_there() -> None:
    named_tests = re.findall(r"`(tests/[\w/.]+\.py)::(\w+)`", read(ROOT / "docs" / "threats.md"))
    assert len(named_tests) > 40
    missing = [
        f"{file}::{test}" for file, test in named_tests if not re.search(rf"def {test}\(", read(ROOT / file))
    ]
    assert missing == []
