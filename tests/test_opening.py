"""Opening a knowledge base: trained once, fetched after that, trained anew when anything that shapes it has changed."""

from __future__ import annotations

import ast
from importlib.metadata import version
from pathlib import Path

import pytest

import knowledge
from knowledge import files, index, opening
from knowledge.answerer import Answerer
from knowledge.calibration import Targets
from knowledge.index import Index
from knowledge.loader import Loaded
from knowledge.model import KnowledgeBase
from knowledge.opening import UnusableKnowledgeError, open_answerer, read_base
from knowledge.outcome import Question
from knowledge.semantic import SentenceModel

SHORTEST = """\
- question: Where do I park my car?
  answer: Behind the house.
  phrasings: [is there a parking space, where can my car go]
- question: May I keep a cat?
  answer: Yes.
  phrasings: [are pets allowed, can i get a kitten]
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(folder))
    return folder


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages of the indexes built, in order."""
    found: list[str] = []
    build = index.build

    def noted(
        base: KnowledgeBase, language: str, *, targets: Targets, embedder: SentenceModel | None = None
    ) -> Index:
        found.append(language)
        return build(base, language, targets=targets, embedder=embedder)

    monkeypatch.setattr(index, "build", noted)
    return found


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A knowledge base in the shortest form."""
    path = tmp_path / "rules.yaml"
    path.write_text(SHORTEST, encoding="utf-8")
    return path


def decides(answerer: Answerer) -> bool:
    return answerer.answer(Question("may i keep a cat")).ranking.matches[0].similarity > 0.9


def kept(cache: Path, family: str = "en") -> list[Path]:
    return list(cache.glob(f"advisory-bot-{family}.*"))


def test_the_second_opening_trains_nothing_and_decides_alike(
    cache: Path, rules: Path, built: list[str]
) -> None:
    first, second = open_answerer(rules), open_answerer(rules)
    assert built == ["en"]
    assert len(kept(cache)) == 1
    for text in ("Where do I park my car?", "kiten", "who won the match", ""):
        assert first.answer(Question(text)) == second.answer(Question(text))


def test_new_content_trains_anew_and_old_content_is_remembered(
    cache: Path, rules: Path, built: list[str]
) -> None:
    open_answerer(rules)
    rules.write_text(SHORTEST.replace("kitten", "parrot"), encoding="utf-8")
    assert open_answerer(rules).answer(Question("parrot")).ranking.matches[0].phrasing == "can i get a parrot"
    rules.write_text(SHORTEST, encoding="utf-8")
    open_answerer(rules)
    assert built == ["en", "en"]
    assert len(kept(cache)) == 2


def test_other_targets_train_anew(cache: Path, rules: Path, built: list[str]) -> None:
    for targets in (
        Targets(),
        Targets(off_topic=0.2),
        Targets(chatter=1e-05),
        Targets(guardrail=0.5),
        Targets(),
    ):
        open_answerer(rules, targets=targets)
    assert built == ["en"] * 4
    assert len(kept(cache)) == 4


def test_other_code_trains_anew(
    cache: Path, rules: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_answerer(rules)
    monkeypatch.setattr(opening, "_code", lambda: "another")
    open_answerer(rules)
    assert built == ["en", "en"]
    assert len(kept(cache)) == 2


@pytest.mark.usefixtures("cache")
def test_another_stemmer_trains_anew(
    rules: Path, built: list[str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    open_answerer(rules)
    monkeypatch.setattr(
        "knowledge.opening.version", lambda name: "0" if name == "PyStemmer" else version(name)
    )
    opening._code.cache_clear()
    request.addfinalizer(opening._code.cache_clear)
    open_answerer(rules)
    assert built == ["en", "en"]


def test_all_code_that_shapes_an_index_counts() -> None:
    folder = Path(knowledge.__file__).parent
    reached: set[str] = set()
    ahead = ["index", "storage"]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "knowledge":
                found = node.module.split(".")[1:] or [alias.name for alias in node.names]
                ahead += [module for module in found if module not in reached]
    assert reached <= set(opening._SHAPES_THE_INDEX)


@pytest.mark.parametrize("damage", ["emptied", "cut", "flipped", "foreign"])
def test_a_damaged_cache_file_is_built_anew_and_replaced(
    cache: Path, rules: Path, built: list[str], damage: str
) -> None:
    open_answerer(rules)
    (file,) = kept(cache)
    good = file.read_bytes()
    middle = len(good) // 2
    file.write_bytes(
        {
            "emptied": b"",
            "cut": good[:middle],
            "flipped": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :],
            "foreign": b"PK\x03\x04 this is no index",
        }[damage]
    )
    assert decides(open_answerer(rules))
    assert built == ["en", "en"]
    assert file.read_bytes() == good
    open_answerer(rules)
    assert built == ["en", "en"]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was read as YAML, in order."""
    found: list[Path] = []
    load = files.load

    def noted(path: Path) -> Loaded:
        found.append(path)
        return load(path)

    monkeypatch.setattr(files, "load", noted)
    return found


@pytest.mark.usefixtures("cache")
def test_the_second_reading_parses_nothing_and_finds_the_same(rules: Path, parsed: list[Path]) -> None:
    first = read_base(rules)
    assert read_base(rules) == first
    assert [entry.phrasings[0] for entry in first.entries["en"].values()] == [
        "is there a parking space",
        "are pets allowed",
    ]
    assert parsed == [rules]


@pytest.mark.usefixtures("cache")
def test_an_edit_another_name_and_other_code_are_read_anew(
    rules: Path, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_base(rules)
    other = rules.with_name("house.yaml")
    other.write_bytes(rules.read_bytes())
    assert read_base(other).advisory.title != before.advisory.title
    rules.write_text(SHORTEST.replace("Yes.", "No."), encoding="utf-8")
    assert [entry.answer for entry in read_base(rules).entries["en"].values()][1] == "No."
    monkeypatch.setattr(opening, "_all_code", lambda: b"another")
    read_base(rules)
    assert parsed == [rules, other, rules, rules]


def test_a_damaged_reading_is_read_anew_and_replaced(cache: Path, rules: Path, parsed: list[Path]) -> None:
    first = read_base(rules)
    (file,) = kept(cache, "base")
    good = file.read_bytes()
    file.write_bytes(good.replace(b"Behind", b"Before"))
    assert read_base(rules) == first
    assert file.read_bytes() == good
    assert parsed == [rules, rules]


@pytest.mark.usefixtures("cache")
def test_a_fault_in_the_files_is_told_although_they_were_read_before(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.yaml").write_text(SHORTEST, encoding="utf-8")
    read_base(folder)
    (folder / "b.yaml").symlink_to(tmp_path / "nowhere.yaml")
    with pytest.raises(UnusableKnowledgeError):
        read_base(folder)


def test_a_cache_folder_that_cant_be_made_is_done_without(
    tmp_path: Path, rules: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "file" / "cache"))
    assert decides(open_answerer(rules))
    assert decides(open_answerer(rules))
    assert built == ["en", "en"]


@pytest.mark.usefixtures("cache")
def test_a_cache_that_cant_be_written_is_done_without(
    rules: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("knowledge.cache.put_in_place", full)
    assert decides(open_answerer(rules))
    assert decides(open_answerer(rules))
    assert built == ["en", "en"]


def test_an_unusable_base_is_refused_with_all_its_problems(
    cache: Path, rules: Path, built: list[str]
) -> None:
    rules.write_text("- question: Where?\n- answer: Here.\n- 7\n", encoding="utf-8")
    with pytest.raises(UnusableKnowledgeError, match=r"rules\.yaml can't be used") as caught:
        open_answerer(rules)
    assert caught.value.path == rules
    assert len({problem.location.line for problem in caught.value.problems}) == 3
    assert not built
    assert not list(cache.glob("*"))


def test_a_base_that_isnt_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableKnowledgeError) as caught:
        open_answerer(tmp_path / "none.yaml")
    assert caught.value.problems[0].code == "unreadable-file"


@pytest.mark.usefixtures("cache")
def test_warnings_stop_nobody(rules: Path) -> None:
    thin = "".join(line for line in SHORTEST.splitlines(keepends=True) if "phrasings" not in line)
    rules.write_text(thin, encoding="utf-8")
    assert {problem.code for problem in files.check(rules).problems} == {"few-phrasings", "no-guardrail"}
    assert decides(open_answerer(rules))


def test_without_a_path_the_bundled_advisory_is_opened(answerer: Answerer) -> None:
    assert answerer.base.advisory.id == files.bundled().name
    assert open_answerer().base.content_hash == answerer.base.content_hash
