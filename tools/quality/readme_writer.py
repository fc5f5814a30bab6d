"""Write each add-on's README.rst and index.html from its `readme/*.md` fragments.

Runs in the environment of `requirements/quality.txt`.  The same fragments give the
same files, byte for byte, so that `--check` can tell when they are stale.
"""

import ast
import re
import sys
from pathlib import Path

from docutils.core import publish_string

from tools.quality.markdown_rst import convert

SECTIONS = (
    ("CONTEXT", "Use cases / context"),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("ROADMAP", "Known issues / roadmap"),
    ("HISTORY", "Changelog"),
)
NOTICE = (
    ".. This file is generated from the fragments in readme/ by `make readme`:",
    "   change those, not this file.",
)
DOCUTILS = {
    "embed_stylesheet": True,
    "initial_header_level": 2,
    "report_level": 2,
    "halt_level": 2,
    "syntax_highlight": "none",
    "datestamp": None,
    "generator": None,
    "_disable_config": True,
}


def main(arguments):
    """Write the files of the add-ons named; `--check` only tells which are stale."""
    check = "--check" in arguments
    stale = []
    for folder in (Path(each) for each in arguments if each != "--check"):
        if not (folder / "readme/DESCRIPTION.md").exists():
            stale.append(f"{folder.name}/readme/DESCRIPTION.md is missing")
            continue
        for path, text in generate(folder).items():
            if path.exists() and path.read_text() == text:
                continue
            if check:
                name = path.relative_to(folder.parent)
                stale.append(f"{name} is stale: run `make readme`")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
    if stale:
        sys.exit("\n".join(stale))


def generate(folder):
    """Return {path: text} of an add-on's generated files."""
    manifest = ast.literal_eval((folder / "__manifest__.py").read_text())
    readme = _readme(folder, manifest)
    index = folder / "static/description/index.html"
    return {folder / "README.rst": readme, index: _page(readme, manifest["name"])}


def _readme(folder, manifest):
    name = manifest["name"]
    bar = "=" * len(name)
    parts = ["\n".join(NOTICE), f"{bar}\n{name}\n{bar}"]
    parts.append(_fragment(folder, "DESCRIPTION"))
    parts.append("**Table of contents**\n\n.. contents::\n   :local:")
    for fragment, title in SECTIONS:
        if text := _fragment(folder, fragment):
            parts.append(_section(title, text))
    parts.append(_section("Credits", _credits(folder, manifest)))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _section(title, text):
    return f"{title}\n{'=' * len(title)}\n\n{text}"


def _credits(folder, manifest):
    authors = [author.strip() for author in manifest["author"].split(",")]
    text = "Authors\n-------\n\n" + "\n".join(f"* {author}" for author in authors)
    if contributors := _fragment(folder, "CONTRIBUTORS"):
        text += f"\n\nContributors\n------------\n\n{contributors}"
    return f"{text}\n\nLicence\n-------\n\n{manifest['license']}"


def _fragment(folder, name):
    path = folder / "readme" / f"{name}.md"
    return convert(path.read_text()) if path.exists() else ""


def _page(readme, name):
    # Odoo shows the page from another folder than the readme's
    text = re.sub(r"(?:\.\./)?static/description/", "", readme)
    page = publish_string(text, writer="html5", settings_overrides=DOCUTILS)
    lines = (line.rstrip() for line in page.decode().splitlines())
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
