"""Updates a second and processor time an update of the whole bot, beside bots that do nothing but echo.

    uv run python benchmarks/throughput.py [--updates 1000] [--rounds 3] [--only NAME,...]

The bot is `advisory-bot run` with the bundled knowledge base and a SQLite file: each question is stored, matched, rendered,
answered and noted as done. It has processes that match beside it as far as there are cores; "alone" it has none. The others get the same texts and send them back. All talk to the same server
(benchmarks/light_api.py), one after the other, in processes of their own. Numbers on a machine that others use too mean
little; the ratios of one run mean more.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

ROOT: Final = Path(__file__).parents[1]
TOKEN: Final = "123456789:AAFakeTokenForBenchmarks_0123456789ab"  # noqa: S105 - made up
OURS: Final = "advisory-bot"
ALONE: Final = f"{OURS}, alone"
OURS_WITH: Final = {OURS: "", ALONE: "0"}
"""How many processes match beside it: as many as there are cores for, or none."""
ECHO: Final = {"aiogram": "aiogram", "ptb": "ptb", "ptb, concurrent": "ptb-concurrent"}
LATENCIES: Final = (0.0, 0.05)
WARM_UP: Final = 200
WITHIN: Final = 120.0


@dataclass(frozen=True)
class Run:
    """What one bot did: updates a second, milliseconds of processor time an update, the server's share of the time, megabytes."""

    rate: float
    processor: float
    server: float
    memory: float


def ask(url: str, path: str, **given: object) -> Any:  # noqa: ANN401 - JSON
    """Ask the server something beside the Bot API."""
    request = Request(f"{url}/{path}", json.dumps(given).encode())  # noqa: S310 - on this machine
    with urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
        return json.loads(answer.read())["result"]


@contextmanager
def running(command: Sequence[str], output: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process, killed at the end."""
    with output.open("ab") as stream:
        process = subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, *command],
            stdout=stream,
            stderr=stream,
            cwd=output.parent,
            env={**os.environ, **settings},
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def family(process: subprocess.Popen[bytes]) -> list[Path]:
    """A process and its children in /proc."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    return [Path("/proc") / str(pid) for pid in (process.pid, *children)]


def processor_time(process: subprocess.Popen[bytes]) -> float:
    """Seconds of all threads of it and its children so far."""
    ticks = 0
    for place in family(process):
        fields = (place / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes of it and its children, each shared page counted once: the proportional set size."""
    found = 0
    for place in family(process):
        for line in (place / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                found += int(line.split()[1])
    return found / 1024


def settled(url: str, count: int) -> dict[str, float]:
    """Wait until so many answers came and nothing waits any more."""
    end = time.monotonic() + WITHIN
    while True:
        state: dict[str, float] = ask(url, "state")
        if state["sent"] >= count and not state["waiting"]:
            return state
        if time.monotonic() > end:
            raise TimeoutError(f"of {count} answers {state['sent']:.0f} came")
        time.sleep(0.1)


def measured(
    name: str, url: str, process: subprocess.Popen[bytes], texts: list[str], updates: int
) -> dict[float, Run]:
    """Each latency's run of a bot that has just been started."""
    runs = {}
    ask(url, "load", texts=texts, count=WARM_UP, latency=0.0)
    settled(url, WARM_UP)
    for latency in LATENCIES:
        time.sleep(0.5)  # what is still noted as done isn't this run's
        before, served = processor_time(process), ask(url, "state")["processor"]
        # One at a time would take minutes to say what is known.
        count = updates // 10 if name == "ptb" and latency else updates
        ask(url, "load", texts=texts, count=count, latency=latency)
        state = settled(url, count)
        time.sleep(0.5)
        spent = processor_time(process) - before
        runs[latency] = Run(
            count / state["seconds"],
            spent / count * 1000,
            (state["processor"] - served) / state["seconds"],
            memory(process),
        )
    return runs


def command_of(name: str, url: str) -> tuple[list[str], dict[str, str]]:
    """How a bot is started, and with which settings."""
    if name not in OURS_WITH:
        return [str(ROOT / "benchmarks" / "echo_bots.py"), ECHO[name], url, TOKEN], {}
    return ["-m", "bot", "run"], {
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "LOG_LEVEL": "WARNING",
        "MESSAGES_PER_SECOND": "100000",  # what is measured is the bot, not Telegram's limits
        "MATCHING_PROCESSES": OURS_WITH[name],
    }


def play(name: str, texts: list[str], updates: int) -> dict[float, Run]:
    """Start a server and a bot, and measure."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output.txt"
        with running([str(ROOT / "benchmarks" / "light_api.py"), str(port)], output):
            time.sleep(1)
            command, settings = command_of(name, url)
            with running(command, output, XDG_DATA_HOME=folder, **settings) as process:
                try:
                    return measured(name, url, process, texts, updates)
                except TimeoutError:
                    print(output.read_text(encoding="utf-8")[-2000:], file=sys.stderr)
                    raise


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--updates", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(name.replace(", ", "-") for name in (*OURS_WITH, *ECHO)))
    given = parser.parse_args()
    names = [n for n in (*OURS_WITH, *ECHO) if n.replace(", ", "-") in given.only.split(",")]
    lines = (ROOT / "tests" / "questions" / "in-scope.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["q"] for line in lines]
    found: dict[tuple[str, float], list[Run]] = {}
    for _ in range(given.rounds):
        for name in names:
            for latency, run in play(name, texts, given.updates).items():
                found.setdefault((name, latency), []).append(run)
    print(
        f"{'':20}{'latency':>8}{'updates/s':>11}{'ms each':>9}{'server':>8}{'memory':>8}   {OURS} beside it: updates/s, ms each"
    )
    for latency in LATENCIES:
        for name in names:
            print(line(name, latency, found[name, latency], found.get((OURS, latency), [])))


def line(name: str, latency: float, runs: list[Run], ours: list[Run]) -> str:
    """One row; ratios are of each round, and then the median: what disturbs a round disturbs all in it."""
    rate, each, server, megabytes = (
        statistics.median(values)
        for values in zip(*((r.rate, r.processor, r.server, r.memory) for r in runs), strict=True)
    )
    ratios = ""
    if ours:
        rates = statistics.median(o.rate / r.rate for o, r in zip(ours, runs, strict=True))
        costs = statistics.median(o.processor / r.processor for o, r in zip(ours, runs, strict=True))
        ratios = f"   {rates:.2f} x, {costs:.2f} x"
    busy = "  (the server is at its limit)" if server > 0.8 else ""
    return f"{name:20}{latency * 1000:6.0f}ms{rate:11.0f}{each:9.2f}{server:8.0%}{megabytes:5.0f} MB{ratios}{busy}"


if __name__ == "__main__":
    main()
