"""`python -m tests.conversations.draw` draws the diagram in `docs/conversation.md` again."""

import re

from conversations.diagram import diagram
from tests.project import ROOT

DOCS = ROOT / "docs" / "conversation.md"
DRAWN = re.compile(r"(?<=```mermaid\n).*?(?=```)", re.DOTALL)

if __name__ == "__main__":
    text = DOCS.read_text(encoding="utf-8")
    DOCS.write_text(DRAWN.sub(lambda _: diagram(), text, count=1), encoding="utf-8")
