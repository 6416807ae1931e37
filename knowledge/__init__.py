"""The core: a knowledge base, and how a question finds its answer. No Telegram, no network, no event loop."""
