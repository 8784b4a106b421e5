"""What one can talk about: each topic turns the answers so far into one page, short first, details behind buttons."""
