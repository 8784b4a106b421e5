"""The Telegram channel. Nothing here is imported before `tirage run` asks for it."""
