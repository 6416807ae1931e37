"""`make soak`: minutes of questions under every kind of trouble. Ends with 1 if a question was lost.

    uv run python -m tests.soak [--seconds N] [--rate N] [--chats N] [--only polling|webhook]

Three parts, each a third of the time: one process that polls with SQLite, one that polls with PostgreSQL, and two replicas
by webhook with PostgreSQL. In each the processes are killed at random moments, the database server is restarted, and calls to
Telegram are refused, broken and delayed; in the last third of a part there is trouble with Telegram alone.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter

from knowledge import files
from tests.soak.scenario import Result, Scenario, soak


def _told(result: Result) -> str:
    waits, strays = result.waits, Counter(result.strays)
    lines = [
        f"{result.scenario.name}",
        f"  asked {result.asked}, lost = {result.lost}, duplicates = {result.duplicates} (at most {result.bound} can't be helped)",
        "  trouble: " + ", ".join(f"{count} {name}" for name, count in sorted(result.trouble.items())),
        f"  answered after: p50 {waits['p50']:.2f} s, p99 {waits['p99']:.2f} s, at most {waits['most']:.2f} s",
        f"  in the calm part: p50 {waits['calm p50']:.2f} s, p99 {waits['calm p99']:.2f} s",
        f"  memory {result.memory:.0f} MB, growth in the calm part {result.growth:+.1f} MB",
    ]
    lines += [f"  {count} times: {text}" for text, count in strays.most_common(5)]
    lines += [f"  against the Bot API: {violation}" for violation in result.violations[:5]]
    if any(result.statuses):
        lines.append(f"  ended with {result.statuses}")
    return "\n".join(lines)


def main() -> int:
    """Run all, print each, and say how it went."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--rate", type=float, default=15.0, help="questions a second")
    parser.add_argument("--chats", type=int, default=120)
    parser.add_argument("--only", choices=("polling", "webhook"))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    ways = [(False, 0), (True, 0), (True, 2)]
    if given.only:
        ways = [way for way in ways if bool(way[1]) == (given.only == "webhook")]
    results = []
    for postgres, replicas in ways:
        scenario = Scenario(
            files.bundled(),
            given.seconds / len(ways),
            given.rate,
            given.chats,
            postgres=postgres,
            replicas=replicas,
            seed=given.seed,
        )
        results.append(asyncio.run(soak(scenario)))
        print(_told(results[-1]), flush=True)
    lost, twice = sum(r.lost for r in results), sum(r.duplicates for r in results)
    print(f"\nall: asked {sum(r.asked for r in results)}, lost = {lost}, duplicates = {twice}")
    return 0 if all(result.good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
