"""The words in English and French, as data."""
