"""`python -m bot` is `advisory-bot`."""

import signal
import sys


def main() -> int:
    """Run the command line; Ctrl-C while it is still being imported ends it without a word."""
    usual = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.cli import main as run  # noqa: PLC0415 - see above

    signal.signal(signal.SIGINT, usual)
    return run()


if __name__ == "__main__":
    sys.exit(main())
