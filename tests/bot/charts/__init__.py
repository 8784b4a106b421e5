"""Pictures of what a reply says in numbers: how they look, and what they say."""
