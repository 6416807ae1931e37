# Short names for what is done often. What "check" means stands in .ci/run.
.PHONY: check test lint types chat run lock evaluate picture soak

# Judged questions for `make evaluate`.
QUESTIONS ?= tests/questions/in-scope.jsonl tests/questions/off-topic.jsonl

check:
	.ci/run

test:
	.ci/run tests

lint:
	.ci/run lint

types:
	.ci/run types

chat:
	uv run advisory-bot chat

run:
	uv run advisory-bot run

lock:
	.ci/run write-lock

evaluate:
	uv run advisory-bot evaluate $(QUESTIONS)

picture:
	uv run python docs/draw_conversation.py

# Minutes of questions under every kind of trouble; fails if one is lost.
soak:
	uv run python -m tests.soak
