"""How the bot is doing, counted without anybody: as a table and as a picture."""
