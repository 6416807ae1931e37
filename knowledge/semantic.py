"""Meaning as a vector: an optional block of features from a sentence-transformers model in ONNX form.

The model is read from a folder and run on this machine; nothing is ever fetched. Needs the extra `semantic`.

Source: N. Reimers and I. Gurevych, "Sentence-BERT: Sentence embeddings using Siamese BERT-networks", 2019 (pooling).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from knowledge.weights import Floats

TOKENIZER: Final = "tokenizer.json"
POOLING: Final = "1_Pooling/config.json"
LENGTH: Final = "sentence_bert_config.json"
MODELS: Final = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
"""Where a folder keeps the network; the first one found is taken."""
DEFAULT_LENGTH: Final = 128
SHARE: Final = 0.65
"""How much of a similarity such a meaning carries."""
_BATCH: Final = 64
_THREADS: Final = 2


class ModelError(Exception):
    """A model can't be used; the message says why, and what to do."""


class SentenceModel:
    """Texts -> unit vectors.

    Args:
        parts: Name in the model's folder -> bytes: `TOKENIZER`, one of `MODELS`, and where there are such `POOLING`
            and `LENGTH`.

    Raises:
        ModelError: The packages or a part are missing, or a part is no such thing.
    """

    share = SHARE

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        network = next((parts[name] for name in MODELS if name in parts), None)
        if network is None or TOKENIZER not in parts:
            lacking = TOKENIZER if network is not None else " or ".join(MODELS)
            raise ModelError(
                f"the model's folder has no {lacking}: give a sentence-transformers model in ONNX form"
            )
        try:
            import onnxruntime  # noqa: PLC0415 - an optional extra
            from tokenizers import Tokenizer  # noqa: PLC0415 - as above
        except ImportError:
            raise ModelError(
                "a semantic model needs the extra: pip install 'advisory-bot[semantic]'"
            ) from None
        try:
            self._tokenizer = Tokenizer.from_str(parts[TOKENIZER].decode("utf-8"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = _THREADS
            self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
            pooling = json.loads(parts.get(POOLING, b"{}"))
            length = json.loads(parts.get(LENGTH, b"{}")).get("max_seq_length") or DEFAULT_LENGTH
            self._tokenizer.enable_truncation(int(length))
            self._tokenizer.enable_padding()
            self._first_token = bool(pooling.get("pooling_mode_cls_token", False))
            self._inputs = {given.name for given in self._session.get_inputs()}
            self.dimensions = int(self.embed([""]).shape[1])
            """How long the vectors are."""
        except Exception as fault:
            # The runtimes raise classes of their own, one for each kind of fault.
            reason = next(iter(str(fault).splitlines()), type(fault).__name__)
            raise ModelError(f"the model can't be used: {reason}") from fault
        digest = hashlib.sha256()
        for name in sorted(parts):
            digest.update(name.encode() + b"\0" + parts[name])
        self.digest = digest.hexdigest()[:16]
        """Changes with the model."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """The texts' vectors, shape (texts, dimensions), each of length 1."""
        # Those of like length together: in a batch, short ones are filled up to the longest.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        ordered = [texts[at] for at in order]
        rows = np.concatenate(
            [self._batch(ordered[first : first + _BATCH]) for first in range(0, len(texts), _BATCH)]
        )
        out: Floats = np.empty_like(rows)
        out[order] = rows
        return out

    def _batch(self, texts: Sequence[str]) -> Floats:
        encoded = self._tokenizer.encode_batch(list(texts))
        if not any(e.ids for e in encoded):  # not even marks of beginning and end
            encoded = self._tokenizer.encode_batch(["?"] * len(texts))
        mask = np.array([e.attention_mask for e in encoded], np.int64)
        given: dict[str, npt.NDArray[Any]] = {
            "input_ids": np.array([e.ids for e in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([e.type_ids for e in encoded], np.int64),
        }
        states = self._session.run(None, {name: given[name] for name in self._inputs})[0].astype(np.float32)
        if self._first_token:
            pooled = states[:, 0]
        else:
            pooled = (states * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)[:, None]
        unit: Floats = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return unit.astype(np.float32)
