"""`tirage occupations`: the search for unit groups, and the titles that can be added to it."""
