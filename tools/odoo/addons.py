"""The suite's add-ons: every folder of the root that has a manifest."""

import ast
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.base.console import Failure
from tools.base.paths import ROOT
from tools.base.stamps import digest

# what a database does not depend on
NOT_INSTALLED = ("tests", "readme", "__pycache__", "README.rst", "pyproject.toml")


@dataclass(frozen=True)
class Addon:
    """One add-on in its folder."""

    path: Path

    @property
    def name(self):
        """Return the technical name."""
        return self.path.name

    @cached_property
    def manifest(self):
        """Return the manifest as data."""
        file = self.path / "__manifest__.py"
        return parse_manifest(file.read_text(), file)

    @property
    def depends(self):
        """Return the technical names it depends on."""
        return tuple(self.manifest.get("depends", ()))

    @property
    def version(self):
        """Return the version of the manifest."""
        return self.manifest.get("version", "")

    def content_hash(self):
        """Return what changes when installed databases need an update."""
        parts = []
        for file in sorted(self.path.rglob("*")):
            inside = file.relative_to(self.path).parts
            generated = inside[:2] == ("static", "description")
            if not generated and not set(inside) & set(NOT_INSTALLED):
                if file.is_file():
                    parts += ["/".join(inside), file.read_bytes()]
        return digest(*parts)

    def tests_tagged(self, tag):
        """Return the names of the test classes that carry a tag."""
        classes = set()
        for file in (self.path / "tests").glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(), str(file))):
                if isinstance(node, ast.ClassDef) and _has_tag(node, tag):
                    classes.add(node.name)
        return classes


def parse_manifest(text, source):
    """Return a manifest's text as data; `source` is named when it is none."""
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise Failure(f"{source} cannot be read: {error}") from error


def _has_tag(node, tag):
    """Tell whether a class or one of its methods is decorated `@tagged(…, tag)`."""
    for inner in ast.walk(node):
        for decorator in getattr(inner, "decorator_list", ()):
            if not isinstance(decorator, ast.Call):
                continue
            if getattr(decorator.func, "id", "") == "tagged":
                if any(getattr(a, "value", None) == tag for a in decorator.args):
                    return True
    return False


def discover(root=None):
    """Return the add-ons, each after those it depends on."""
    root = root or Path(os.environ.get("SUITE_ADDONS") or ROOT)
    found = {
        file.parent.name: Addon(file.parent)
        for file in sorted(root.glob("*/__manifest__.py"))
    }
    ordered, visiting = {}, set()

    def visit(addon):
        if addon.name in visiting:
            raise Failure(f"The add-on {addon.name} depends on itself.")
        visiting.add(addon.name)
        for name in addon.depends:
            if name in found and name not in ordered:
                visit(found[name])
        visiting.discard(addon.name)
        ordered[addon.name] = addon

    for addon in found.values():
        if addon.name not in ordered:
            visit(addon)
    return list(ordered.values())


def select(addons, wanted):
    """Return the add-ons named in "a,b"; all of them when nothing is named."""
    names = [name for name in re.split(r"[,\s]+", wanted or "") if name]
    known = {addon.name: addon for addon in addons}
    for name in names:
        if name not in known:
            raise Failure(
                f"There is no add-on {name}; there are: {', '.join(known) or 'none'}."
            )
    return [known[name] for name in names] or list(addons)


def with_dependencies(addon, addons):
    """Return an add-on of the suite and those of the suite it needs, in order."""
    known = {each.name: each for each in addons}
    needed = set()

    def visit(name):
        if name in known and name not in needed:
            needed.add(name)
            for each in known[name].depends:
                visit(each)

    visit(addon.name)
    return [each for each in addons if each.name in needed]


def core_modules(addons, suite):
    """Return the modules outside the suite that these add-ons depend on."""
    own = {addon.name for addon in suite}
    return sorted({name for a in addons for name in a.depends if name not in own})


def names(addons):
    """Return "a,b" for Odoo's command line."""
    return ",".join(addon.name for addon in addons)
