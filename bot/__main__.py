"""`python -m bot` is `advisory-bot`."""

import os
import signal
import sys


def main() -> int:
    """Run the command line; Ctrl-C while it is still being imported ends it without a word."""
    usual = signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.argv[1:2] == ["run"]:
        _be_a_service()
    from bot.cli import main as run  # noqa: PLC0415 - see above

    signal.signal(signal.SIGINT, usual)
    return run()


def _be_a_service() -> None:
    """Take signals from the first moment on as later: a manager of services may send them while all this is imported."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if not os.isatty(0):  # else the terminal may have been closed
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
