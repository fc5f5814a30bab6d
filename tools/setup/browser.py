"""A Chromium for Odoo's browser tests."""

import re
import shlex
import shutil

from tools.base.console import Failure, run, say
from tools.base.paths import BIN, LOCAL
from tools.base.stamps import fresh_folder, write_atomically
from tools.setup import debian, host

# the names Odoo looks for
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PRIVATE = LOCAL / "chromium"
WRAPPER = BIN / "chromium"


def ensure():
    """Make a Chromium available: the machine's, by apt as root, else unpacked here."""
    if any(map(shutil.which, NAMES)) or _works_privately():
        return
    if host.is_root():
        host.install("chromium", why="Browser tests need Chromium")
        return
    try:
        _unpack()
    except Failure as failure:
        sentence = f"Browser tests need Chromium: install chromium. {failure}"
        raise Failure(sentence) from None


def _works_privately():
    return WRAPPER.exists() and PRIVATE.exists()


def _unpack():
    """Unpack Chromium and the libraries this machine lacks, without installing them."""
    options = debian.refresh_lists()
    plan = run(
        ["apt-get", *options, "-s", "--no-install-recommends", "install", "chromium"],
        "Asking apt what Chromium needs",
    )
    wanted = re.findall(r"^Inst (\S+) (?:\[\S+\] )?\((\S+)", plan, re.M)
    debs = debian.fetch("chromium", [f"{name}={version}" for name, version in wanted])
    say("Unpacking Chromium")
    with fresh_folder(PRIVATE) as part:
        debian.unpack(debs, part, ("./usr/share/doc*", "./usr/share/man*"))
    program = PRIVATE / "usr/lib/chromium/chromium"
    libraries = {str(file.parent) for file in PRIVATE.rglob("*.so*")}
    libraries = sorted(libraries - {str(program.parent)})
    write_atomically(
        WRAPPER,
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH={shlex.quote(':'.join(libraries))}\n"
        f'exec {shlex.quote(str(program))} "$@"\n',
    )
    WRAPPER.chmod(0o755)
