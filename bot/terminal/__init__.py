"""The chat in a terminal, or with a script: `bot.terminal.chat` runs it."""
