"""Debian packages fetched into a private folder: never installed, always verified.

apt itself downloads them and checks them against Debian's signed lists; no host is
named here, the mirror is the machine's own (`DEBIAN_MIRROR` overrides it).
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.base.console import Failure, run, say
from tools.base.paths import LOCAL
from tools.base.stamps import fresh_folder
from tools.setup.host import require_debian

APT = LOCAL / "apt"
DEBS = LOCAL / "debs"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
SUITES = ("sid", "bookworm")


def fetch(folder, wanted):
    """Return the .deb files of `wanted` ("name/suite"), downloaded once."""
    cache = DEBS / folder
    found = _cached(cache, wanted)
    if found:
        return found
    options = refresh_lists()
    cache.parent.mkdir(parents=True, exist_ok=True)
    say(f"Downloading {len(wanted)} Debian packages ({folder})")
    with fresh_folder(cache) as part:
        run(
            ["apt-get", *options, "download", *wanted],
            "Downloading Debian packages (is the mirror reachable?)",
            cwd=part,
        )
    return _cached(cache, wanted)


def _cached(cache, wanted):
    found = []
    for package in wanted:
        name = re.split("[/=]", package)[0]
        match = sorted(cache.glob(f"{name}_*.deb"))
        if not match:
            return None
        found.append(match[-1])
    return found


def unpack(debs, target, exclude=()):
    """Unpack packages into a folder without running any of their scripts."""
    rules = [f"--exclude={pattern}" for pattern in exclude]
    for deb in debs:
        with subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE
        ) as archive:
            tar = subprocess.run(
                ["tar", "-x", "-C", target, "--no-same-owner", *rules],
                stdin=archive.stdout,
            )
        if archive.returncode or tar.returncode:
            shutil.rmtree(deb.parent, ignore_errors=True)
            raise Failure(
                f"{deb.name} cannot be unpacked (damaged, or the disk is full): it was "
                "thrown away, run this again."
            )


def refresh_lists():
    """Read Debian's signed lists into private folders and return apt's options."""
    require_debian()
    if not Path(KEYRING).exists():
        raise Failure(f"{KEYRING} is missing: install debian-archive-keyring.")
    for folder in ("lists/partial", "cache/archives/partial"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    (APT / "suite.sources").write_text(
        f"Types: deb\nURIs: {_mirror()}\nSuites: {' '.join(SUITES)}\n"
        f"Components: main\nSigned-By: {KEYRING}\n"
    )
    options = _options()
    say("Reading Debian's package lists")
    run(
        ["apt-get", *options, "-o", "APT::Update::Error-Mode=any", "update"],
        "Reading Debian's package lists (is the mirror reachable?)",
    )
    return options


def _options():
    settings = {
        "Dir::Etc::sourcelist": APT / "suite.sources",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::State::Lists": APT / "lists",
        "Dir::Cache": APT / "cache",
        "APT::Default-Release": "bookworm",
        # the _apt user cannot enter a private checkout
        "APT::Sandbox::User": "root",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled": "false",
        "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
        "Debug::NoLocking": "1",
    }
    options = ["-q"]
    for name, value in settings.items():
        options += ["-o", f"{name}={value}"]
    return options


def _mirror():
    return os.environ.get("DEBIAN_MIRROR") or _mirror_of_lists() or _mirror_of_files()


def _mirror_of_lists():
    """Ask apt, which knows every format of sources; silent before its first update."""
    form = "$(REPO_URI) $(RELEASE) $(COMPONENT)"
    targets = run(
        ["apt-get", "indextargets", "--format", form, "Created-By: Packages"],
        "Asking apt for its mirrors",
    )
    for line in targets.splitlines():
        if line.endswith((" bookworm main", " stable main")):
            return line.split()[0]
    return None


def _mirror_of_files():
    etc = Path("/etc/apt")
    files = [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]
    text = "\n".join(file.read_text() for file in files if file.is_file())
    pattern = r"^(?:URIs:|deb(?: \[[^]]*\])?)\s+(\S+/debian)/?(?:\s|$)"
    found = re.search(pattern, text, re.M)
    if not found:
        raise Failure(
            "apt's sources name no Debian mirror: set DEBIAN_MIRROR to the address of "
            "one, such as your other Debian machines use."
        )
    return found[1]
