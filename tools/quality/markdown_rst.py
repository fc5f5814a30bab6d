"""Markdown to reStructuredText, for the subset the readme fragments use.

Runs in the environment of `requirements/quality.txt`.
"""

import re

import mistune
from mistune.renderers.rst import RSTRenderer

# what starts markup in reStructuredText but is plain in the fragments
SPECIAL = re.compile(r"([\\*`|]|_(?=\W|$))")


class FragmentRenderer(RSTRenderer):
    """Adds tables and escapes what would be read as markup."""

    # the readme's own title and sections take the first two markers
    HEADING_MARKERS = {1: "-", 2: "-", 3: "~", 4: "^", 5: '"', 6: "'"}

    def text(self, token, state):
        """Render plain text."""
        return SPECIAL.sub(r"\\\1", token["raw"])

    def softbreak(self, token, state):
        """Keep the lines of the fragment."""
        return "\n"

    def table(self, token, state):
        """Render a table row by row, which no width can break."""
        head, *body = token["children"]
        rows = [head["children"]]
        rows += [row["children"] for part in body for row in part["children"]]
        lines = [".. list-table::", "   :header-rows: 1", ""]
        for row in rows:
            for index, cell in enumerate(row):
                mark = "   * -" if index == 0 else "     -"
                text = self.render_children(cell, state).replace("\n", " ").strip()
                lines.append(f"{mark} {text}".rstrip())
        return "\n".join(lines) + "\n\n"


def convert(text):
    """Return reStructuredText for a Markdown text."""
    markdown = mistune.create_markdown(renderer=FragmentRenderer(), plugins=["table"])
    return markdown(text).strip() + "\n"
