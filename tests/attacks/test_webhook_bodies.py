"""Whatever is posted to the webhook, with the right secret or without: an answer by the rules, never a fault of the server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transport.intake import Intake
from bot.transport.webhook import PATH, SECRET_HEADER
from tests.databases import KEY, TestDatabase
from tests.test_webhook import HEADERS, SECRET, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERS = st.one_of(
    st.integers(),
    st.sampled_from([0, -1, 2**63 - 1, 2**63, 2**64, 10**400]),
    st.floats(allow_nan=False),
    st.none(),
    st.text(max_size=5),
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
UPDATES = st.fixed_dictionaries(
    {"update_id": NUMBERS}, optional={"message": ANY, "callback_query": ANY, "x": ANY}
)
BODIES = st.one_of(
    (UPDATES | ANY).map(json.dumps).map(str.encode),
    UPDATES.map(json.dumps).map(lambda text: text.encode("utf-16")),
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"",
            b"{",
            b'{"update_id":1' + b"0" * 5000 + b"}",
            b'{"update_id":NaN}',
            b'{"update_id":1e999}',
            b"[" * 5000,
            b'{"a":' * 5000,
        ]
    ),
)
VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)
HEADS = st.fixed_dictionaries(
    {},
    optional={
        SECRET_HEADER: st.one_of(st.just(SECRET), VALUES, st.just(SECRET[:-1]), st.just(SECRET.upper())),
        "content-type": st.one_of(
            st.just("application/json"), st.just("application/json; charset=x"), VALUES
        ),
        "content-encoding": st.one_of(st.sampled_from(["gzip", "identity", "br, gzip"]), VALUES),
        "x-forwarded-for": VALUES,
        "transfer-encoding": st.just("chunked"),
    },
)


@settings(max_examples=10)
@given(st.lists(st.tuples(BODIES, st.just(HEADERS) | HEADS), min_size=20, max_size=40))
async def test_every_request_gets_an_answer_by_the_rules(
    tmp_path_factory: pytest.TempPathFactory, requests: list[tuple[bytes, Mapping[str, str]]]
) -> None:
    file = tmp_path_factory.mktemp("webhook") / "store.sqlite3"
    async with (
        TestDatabase(f"sqlite:///{file}", KEY).opened() as store,
        opened(store, Intake(store, lambda: None)) as door,
    ):
        taken: set[Any] = set()
        for body, headers in requests:
            answer = await door.client.post(PATH, content=body, headers=headers)
            assert answer.status_code in (200, 400, 403, 413, 415)
            if headers.get(SECRET_HEADER) != SECRET:
                assert answer.status_code == 403
            if answer.status_code == 200:
                taken.add(json.loads(body)["update_id"])
        assert set(await door.stored()) == taken
        assert (await door.post()).status_code == 200
