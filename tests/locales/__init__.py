"""The words: the catalogue, its typography, and the vocabulary of scoring in both languages."""
