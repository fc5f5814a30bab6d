"""The checks of `make lint`: each returns what it complains about, "" if nothing."""

import subprocess

from tools.base.paths import ROOT
from tools.setup import host

PRETTY = ("css", "js", "json", "mjs", "scss", "xml", "yml", "yaml")
FACE = (
    "README.rst",
    "pyproject.toml",
    "readme/DESCRIPTION.md",
    "readme/CONTRIBUTORS.md",
    "static/description/icon.png",
    "static/description/index.html",
    "tests/__init__.py",
)
FORBIDDEN_WORDS = ("TODO", "FIXME", "XXX")


class Checks:
    """The programs that check, and the files they look at."""

    def __init__(self, python, node_modules, addons):
        self.python = python
        self.node_modules = node_modules
        self.addons = addons

    def all(self):
        """Return (name, function) of every check."""
        return [
            ("ruff", lambda: self._python("ruff", "check", ".")),
            ("ruff format", lambda: self._python("ruff", "format", "--check", ".")),
            ("pylint-odoo", self.pylint),
            ("oca-checks", self.oca_checks),
            ("prettier", lambda: self.prettier("--check")),
            ("eslint", self.eslint),
            ("codespell", self.codespell),
            ("face of add-ons", self.face),
            ("unfinished work", self.unfinished),
            ("generated readmes", lambda: self.readmes("--check")),
        ]

    def format(self):
        """Apply ruff's and prettier's formats."""
        output = [
            self._python("ruff", "check", "--select", "I", "--fix", "."),
            self._python("ruff", "format", "."),
            self.prettier("--write"),
        ]
        return "\n".join(filter(None, output))

    def pylint(self):
        """Check the add-ons against pylint-odoo's rules."""
        off = "--disable=consider-merging-classes-inherited"
        return self._python("pylint", "--rcfile=.pylintrc", off, *self._names())

    def oca_checks(self):
        """Check XML, CSV and translations of the add-ons."""
        if not self.addons:
            return ""
        program = self.python.parent / "oca-checks-odoo-module"
        # quoted numbers are how Odoo itself writes sequences and priorities
        off = "--disable=xml-field-numeric-without-eval"
        return _run([self.python, program, off, *self._names()])

    def prettier(self, mode):
        """Check or apply prettier's format to the files git knows or would add."""
        plugin = self.node_modules / "@prettier/plugin-xml/src/plugin.js"
        files = [file for file in tracked() if file.rsplit(".", 1)[-1] in PRETTY]
        quiet = ["--log-level=warn", "--ignore-unknown", f"--plugin={plugin}"]
        return self._node("prettier", mode, *quiet, *files) if files else ""

    def eslint(self):
        """Check the JavaScript of the add-ons."""
        files = [f for f in tracked() if f.endswith(".js") and "/static/" in f]
        files = [file for file in files if "/static/lib/" not in file]
        return self._node("eslint", "--max-warnings=0", *files) if files else ""

    def codespell(self):
        """Look for common misspellings."""
        ending = (".py", ".md", ".rst", ".xml", ".js", ".toml")
        files = [file for file in tracked() if file.endswith(ending)]
        return self._python("codespell_lib", *files)

    def face(self):
        """Tell which add-on lacks a part that every add-on has."""
        missing = []
        for addon in self.addons:
            parts = (*FACE, f"i18n/{addon.name}.pot")
            gone = [part for part in parts if not (addon.path / part).exists()]
            missing += [f"{addon.name}/{part} is missing" for part in gone]
        return "\n".join(missing)

    def unfinished(self):
        """Look for notes about work that was left."""
        pattern = "|".join(rf"\b{word}\b" for word in FORBIDDEN_WORDS)
        own = ":!tools/quality/checks.py"
        command = ["git", "grep", "-nIE", pattern, "--", "*.py", "*.xml", "*.js", own]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        return found.stdout.strip()

    def readmes(self, *options):
        """Write the generated readmes, or tell which are stale."""
        module = "tools.quality.readme_writer"
        return self._python(module, *options, *self._names())

    def _names(self):
        return [addon.path for addon in self.addons]

    def _python(self, module, *arguments):
        return _run([self.python, "-m", module, *arguments])

    def _node(self, program, *arguments):
        return _run([self.node_modules / ".bin" / program, *arguments])


def tracked():
    """Return the files git has or would add, from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _run(command):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=dict(host.clean_environment(), NO_COLOR="1", FORCE_COLOR="0"),
    )
    return (done.stdout.strip() or "failed") if done.returncode else ""
