"""The Comprehensive Ranking System (CRS): core, partner, transferability, additional, and the exact range of a partial profile."""
