# Two stages: the first one installs, the second one keeps only what runs.

FROM python:3.12-slim AS builder

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"

WORKDIR /src
# The dependencies first: they change seldom, so this layer is mostly taken from the cache. Wheels with known hashes
# alone are let in, so that nothing is compiled and no set-up code of a dependency runs.
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN pip install --no-deps .


FROM python:3.12-slim

ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ADVISORY_BOT_CACHE=/data \
    ADVISORY_BOT_READY=/tmp/advisory-bot-ready \
    XDG_DATA_HOME=/data

# A fixed number, so that the owner of a mounted folder can be set from outside.
RUN groupadd --gid 10001 bot \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot -m 0700 /data

COPY --from=builder /opt/venv /opt/venv

USER 10001:10001
WORKDIR /data

# Trains the index of the bundled advisory and keeps it in /data, so that a start takes seconds. An image whose
# knowledge base can't be used, or that can't answer, isn't built.
RUN advisory-bot ask "Is it illegal to take my stem cells out of the US?"

# The only place written to; with it as a volume the rest can be read-only. A new volume starts with the index above.
VOLUME /data

# Healthy: within the last minute the bot has seen that it can take updates, by the same rules as /readyz, and touched this
# file. One that hangs touches nothing. The knowledge base isn't read again: an edit with a fault in it must not mark a bot
# that works as ill.
HEALTHCHECK --interval=60s --timeout=5s --start-period=90s --retries=3 \
    CMD ["sh", "-c", "test -n \"$(find \"$ADVISORY_BOT_READY\" -mmin -1)\""]

# What has come in is answered before it stops.
STOPSIGNAL SIGTERM
ENTRYPOINT ["advisory-bot"]
CMD ["run"]
