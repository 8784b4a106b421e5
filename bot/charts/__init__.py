"""Pictures of what a reply says in numbers (`conversations.pictures`): as PNG, and as text for a terminal.

The library that draws is loaded when the first picture is drawn: `render` does that, and whoever draws often does it
outside of the event loop, through `pictures.Pictures`.
"""
