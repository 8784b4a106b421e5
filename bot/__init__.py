"""The outside world: the command, the channels, what is kept, and the words."""
