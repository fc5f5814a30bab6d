"""Odoo 19 itself: Debian's package unpacked privately, or a tree that is given."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from tools.base.console import Failure, say
from tools.base.paths import LOCAL
from tools.base.stamps import digest, fresh_folder
from tools.setup import debian

SERIES = (19, 0)
PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-underscore/sid",
    "libjs-jquery-form/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-montserrat/sid",
    # sid's newer one no longer has the 4.7 fonts Odoo's stylesheets name
    "fonts-font-awesome/bookworm",
)
# Translations are four fifths of the bytes.  The second `addons` folder is a slip of
# the packaging: modules without their data, which Odoo would find and fail to install.
EXCLUDED = (
    "./usr/share/doc*",
    "./usr/share/lintian*",
    "./usr/lib/python3/dist-packages/addons",
    "./usr/lib/python3/dist-packages/setup",
    "./usr/lib/python3/dist-packages/doc",
    "*/i18n/*.po",
    "*/i18n_extra/*.po",
)
# Removed by Debian but named in mail's assets: without it every browser test fails.
STUBS = {
    "mail/static/lib/selfie_segmentation/selfie_segmentation.js": (
        "// Not in Debian's package (blurs the background of video calls).\n"
    ),
}
RECIPE = digest(PACKAGES, EXCLUDED, STUBS)


@dataclass(frozen=True)
class OdooTree:
    """A place Odoo can be imported from, and what identifies its content."""

    python_path: Path
    addons_paths: tuple
    identity: str


def ensure():
    """Return the Odoo to use, fetching it when none is given."""
    given = os.environ.get("ODOO_PATH")
    return _given_tree(Path(given).expanduser()) if given else _debian_tree()


def _debian_tree():
    tree = LOCAL / "odoo"
    site = tree / "usr/lib/python3/dist-packages"
    mark = tree / "recipe"
    if not mark.exists() or mark.read_text().split()[0] != RECIPE:
        debs = debian.fetch("odoo", PACKAGES)
        say("Unpacking Odoo 19")
        with fresh_folder(tree) as part:
            debian.unpack(debs, part, EXCLUDED)
            _add_stubs(part / site.relative_to(tree) / "odoo/addons")
            (part / mark.name).write_text(f"{RECIPE} {debs[0].name}\n")
    _require_series(site, tree)
    return OdooTree(site, (site / "odoo/addons",), mark.read_text().strip())


def _add_stubs(addons):
    for name, text in STUBS.items():
        file = addons / name
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


def _given_tree(path):
    """Accept a source tree, an installed package or the folder it is installed in."""
    path = path.resolve()
    candidates = (path, path.parent, path / "usr/lib/python3/dist-packages")
    for root in candidates:
        if (root / "odoo/release.py").exists():
            version = _require_series(root, path)
            folders = (root / "odoo/addons", root / "addons")
            addons = tuple(f for f in folders if (f / "base").exists() or f.is_dir())
            return OdooTree(root, addons, digest(str(root), version, _revision(root)))
    raise Failure(
        f"ODOO_PATH={path} has no odoo/release.py: give the root of an Odoo 19 source "
        "tree, or the folder that holds the installed `odoo` package."
    )


def _revision(root):
    """Return what moves when a given source tree is updated."""
    head = root / ".git/HEAD"
    if not head.is_file():
        return (root / "odoo/release.py").stat().st_mtime_ns
    text = head.read_text().strip()
    branch = root / ".git" / text.removeprefix("ref: ")
    return branch.read_text() if branch.is_file() else text


def _require_series(root, path):
    text = (root / "odoo/release.py").read_text()
    found = re.search(r"^version_info = \((\d+), (\d+),", text, re.M)
    series = tuple(map(int, found.groups())) if found else None
    if series != SERIES:
        shown = ".".join(map(str, series)) if series else "of an unknown version"
        raise Failure(f"The Odoo in {path} is {shown}; this suite needs Odoo 19.0.")
    return found[0]
