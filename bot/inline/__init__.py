"""Answers in chats that the bot is not in: offered while somebody types, or where it is mentioned."""
