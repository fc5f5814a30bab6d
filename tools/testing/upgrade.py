"""Upgrade from the previous release: installed from git's history, then updated."""

import subprocess
import tarfile

from tools.base.console import Failure, say
from tools.base.console import run as run_command
from tools.base.paths import LOCAL, LOGS, ROOT
from tools.base.stamps import fresh_folder
from tools.odoo import addons as addons_of_suite
from tools.odoo.addons import names
from tools.testing import odoolog
from tools.testing.runner import judge

CONFIG = "odoo-previous.conf"


def run(stages):
    """Install the previous release, update it to this one and read both logs."""
    commit = previous_release(stages.suite)
    if not commit:
        return None
    suite_then = addons_of_suite.discover(_checked_out(commit))
    runtime = stages.runtime
    runtime.configure(CONFIG, roots=[_folder(commit)])
    database = stages.core_copy("upgrade")
    log = LOGS / "upgrade.log"
    arguments = ("-i", names(suite_then), "--with-demo")
    runtime.run("Installing the previous release", database, *arguments, config=CONFIG)
    modules = names(stages.suite)
    code = 0
    try:
        runtime.run("Upgrading", database, "-u", modules, "-i", modules, log=log)
    except Failure:
        code = 1
    report = odoolog.read(log.read_text().splitlines())
    outcome = judge(f"upgrade from {commit[:9]}", log, code, report)
    outcome.passed = 0 if outcome.failed else 1
    return outcome


def previous_release(suite):
    """Return the newest commit in which some add-on had another version, if any."""
    versions = {addon.name: addon.version for addon in suite}
    if not _git("rev-parse", "HEAD"):
        say("upgrade: no git history here, so no previous release to upgrade from")
        return None
    manifests = [f"{name}/__manifest__.py" for name in versions]
    for commit in _git("log", "--format=%H", "--", *manifests).split():
        for name, version in versions.items():
            then = _git("show", f"{commit}:{name}/__manifest__.py")
            if then and _version(then, commit) != version:
                return commit
    shallow = _git("rev-parse", "--is-shallow-repository").strip() == "true"
    reason = "git's history is cut off (shallow clone)" if shallow else "none yet"
    say(f"upgrade: no previous release to upgrade from: {reason}")
    return None


def _version(manifest, commit):
    return addons_of_suite.parse_manifest(manifest, commit).get("version", "")


def _folder(commit):
    return LOCAL / "previous" / commit[:12]


def _checked_out(commit):
    folder = _folder(commit)
    if not folder.exists():
        archive = LOCAL / "previous.tar"
        run_command(
            ["git", "archive", "-o", archive, commit],
            "Reading the previous release from git",
            cwd=ROOT,
        )
        with fresh_folder(folder) as part, tarfile.open(archive) as content:
            content.extractall(part, filter="data")
        archive.unlink()
    return folder


def _git(*arguments):
    """Return git's answer; nothing when it has none or is not there."""
    try:
        done = subprocess.run(
            ["git", "-c", f"safe.directory={ROOT}", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
