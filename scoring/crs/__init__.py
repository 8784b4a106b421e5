"""The Comprehensive Ranking System (CRS): its four sections, and the exact range of a partial profile."""
