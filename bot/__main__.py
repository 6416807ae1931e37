"""`python -m bot` is `advisory-bot`."""

import sys

from bot.cli import main

sys.exit(main())
