"""The bot: everything that knows Telegram, settings, a terminal or a process."""
