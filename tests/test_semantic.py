"""A second look by meaning: with a tiny model made here, since none is part of the project."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from bot.cli import main
from knowledge import files
from knowledge.explain import MEANING, drawn_by
from knowledge.index import build
from knowledge.matcher import Matcher
from knowledge.model import Advisory, Entry, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.opening import open_answerer
from knowledge.semantic import LENGTH, POOLING, TOKENIZER, ModelError, SentenceModel
from knowledge.storage import from_bytes, to_bytes
from knowledge.word_vectors import WordVectors

# Words of one line mean the same: they have the same vector.
MEANINGS = ("car van automobile", "park leave", "cat kitten", "keep have", "fee price cost", "the is i my a")
DIMENSIONS = len(MEANINGS)
WORDS = {word: 2 + number for number, word in enumerate(" ".join(MEANINGS).split())}
ENTRIES = {
    entry.id: entry
    for entry in (
        Entry("parking", "where can i park my car", "A.", phrasings=("park the car here",)),
        Entry("cats", "may i keep a cat", "A.", phrasings=("have a cat in the flat",)),
        Entry("rent", "what is the price", "A.", phrasings=("how high is the price",)),
    )
}
STRAYS = (OffTopicMessage("who won the match", OffTopic.FAR),)
BASE = KnowledgeBase(Advisory("house", "House"), {}, {"en": ENTRIES}, {"en": {}}, STRAYS)


def network(takes: str = "input_ids") -> bytes:
    """A network that looks each word up in a table."""
    table = np.zeros((2 + len(WORDS), DIMENSIONS), np.float32)
    for number, line in enumerate(MEANINGS):
        for word in line.split():
            table[WORDS[word], number] = 1
    shape = ["texts", "words"]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", takes], ["states"])],
        "tiny",
        [helper.make_tensor_value_info(takes, TensorProto.INT64, shape)],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, [*shape, DIMENSIONS])],
        [numpy_helper.from_array(table, "table")],
    )
    opset = [helper.make_opsetid("", 17)]
    made: bytes = helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()
    onnx.checker.check_model(made)
    return made


def parts(*, first_token: bool = False) -> dict[str, bytes]:
    tokenizer = Tokenizer(models.WordLevel({"[PAD]": 0, "[UNK]": 1} | WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return {
        TOKENIZER: tokenizer.to_str().encode(),
        "model.onnx": network(),
        POOLING: json.dumps({"pooling_mode_cls_token": first_token}).encode(),
    }


EMBEDDER = SentenceModel(parts())
INDEX = build(BASE, embedder=EMBEDDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in parts().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_vectors_are_the_mean_of_the_words_at_length_one() -> None:
    found = EMBEDDER.embed(["car", "car cat", "car car cat"])
    np.testing.assert_allclose(found[0], [1, 0, 0, 0, 0, 0])
    np.testing.assert_allclose(found[1], np.array([1, 0, 1, 0, 0, 0]) / np.sqrt(2), rtol=1e-6)
    np.testing.assert_allclose(found[2], np.array([2, 0, 1, 0, 0, 0]) / np.sqrt(5), rtol=1e-6)
    assert EMBEDDER.dimensions == DIMENSIONS


def test_a_text_means_the_same_in_any_company() -> None:
    texts = ["car", "the cat is my cat", "price " * 40, "unknown words"] * 30
    np.testing.assert_allclose(
        EMBEDDER.embed(texts), np.stack([EMBEDDER.embed([t])[0] for t in texts]), atol=1e-6
    )


def test_a_model_may_speak_by_its_first_token() -> None:
    np.testing.assert_allclose(
        SentenceModel(parts(first_token=True)).embed(["cat car"])[0], [0, 0, 1, 0, 0, 0]
    )


def test_other_words_of_the_same_meaning_are_found() -> None:
    ranking = Matcher(INDEX, ENTRIES).rank("leave the automobile")
    assert ranking.matches[0].entry_id == "parking"
    lexical = Matcher(build(BASE), ENTRIES).rank("leave the automobile")
    assert ranking.matches[0].probability > lexical.matches[0].probability


def test_a_text_is_fully_like_itself() -> None:
    vector = INDEX.space.vector(INDEX.tokens("may i keep a cat"))
    assert float(np.linalg.norm(vector.values)) == pytest.approx(1, abs=1e-5)
    assert float(INDEX.documents.similarities(1, vector)[0]) == pytest.approx(1, abs=1e-4)


def test_the_meanings_part_is_told_and_the_parts_still_sum_up() -> None:
    tokens = INDEX.tokens("keep the kitten")
    logits = INDEX.logits(INDEX.space.vector(tokens))
    drawn = drawn_by(INDEX, tokens, "cats", "parking")
    assert sum(part.score for part in drawn) == pytest.approx(float(logits[1] - logits[0]), abs=1e-3)
    assert next(part.score for part in drawn if part.word == MEANING) > 0


def test_a_stored_index_is_read_with_its_own_model_only() -> None:
    stored, texts = to_bytes(INDEX), INDEX.documents.texts
    found = from_bytes(stored, texts, EMBEDDER)
    assert found is not None
    question = "leave the automobile"
    assert Matcher(found, ENTRIES).rank(question) == Matcher(INDEX, ENTRIES).rank(question)
    assert from_bytes(stored, texts) is None
    assert from_bytes(stored, texts, SentenceModel(parts(first_token=True))) is None
    assert from_bytes(to_bytes(build(BASE)), texts, EMBEDDER) is None


def test_a_folder_is_read_and_each_model_has_an_index_of_its_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "cache"))
    faq = tmp_path / "faq.yaml"
    faq.write_text(
        "- question: may i keep a cat\n  answer: You may.\n- question: where to park\n  answer: Here.\n"
    )
    assert isinstance(open_answerer(faq, model=folder).index().space.embedder, SentenceModel)
    assert isinstance(open_answerer(faq).index().space.embedder, WordVectors)
    assert len(list((tmp_path / "cache").glob("advisory-bot-en.*"))) == 2


@pytest.mark.parametrize("missing", [TOKENIZER, "model.onnx"])
def test_a_part_that_is_missing_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=missing):
        SentenceModel(files.read_model(folder))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        *((part, b"rubbish") for part in (TOKENIZER, "model.onnx", POOLING, LENGTH)),
        (POOLING, b"[]"),
        (LENGTH, b'{"max_seq_length": "many"}'),
        ("model.onnx", network("pixels")),
    ],
)
def test_a_part_of_another_form_is_no_traceback(folder: Path, part: str, content: bytes) -> None:
    (folder / part).write_bytes(content)
    with pytest.raises(ModelError, match=r"can't be used: ."):
        SentenceModel(files.read_model(folder))


def test_the_command_line_says_in_a_sentence_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEMANTIC_MODEL", str(tmp_path / "nowhere"))
    assert main(["ask", "is it legal"]) == 2
    said = capsys.readouterr().err
    assert "SEMANTIC_MODEL" in said
    assert said.count("\n") == 1


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelError, match=r"advisory-bot\[semantic\]"):
        SentenceModel(parts())
