"""`python -m bot` is the command `tirage`."""

from bot.cli import main

main()
