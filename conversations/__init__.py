"""The conversation as a state machine: what to ask next and what to answer, without words or the outside world."""
