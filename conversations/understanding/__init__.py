"""Free text to what it asks for and what it tells: offline, the same text to the same result, with the reason why."""

from conversations.understanding.phrasebook import Phrasebook, PhrasebookError
from conversations.understanding.reader import Reader, Understanding

__all__ = ["Phrasebook", "PhrasebookError", "Reader", "Understanding"]
