"""A wkhtmltopdf that prints headers and several documents, for demo and tests.

Debian's is built without the Qt patches Odoo's reports need.  The one used here comes
from an unmaintained package: it is put on the PATH of our own processes only, and
production servers keep the build that Odoo recommends.
"""

import shutil
import subprocess

from tools.base.console import warn
from tools.base.paths import BIN
from tools.setup.python_env import ODOO


def ensure():
    """Make `wkhtmltopdf` on our PATH a patched one."""
    link = BIN / "wkhtmltopdf"
    system = shutil.which("wkhtmltopdf")
    if system and _is_patched(system):
        link.unlink(missing_ok=True)
        return
    binary = ODOO / "bin/wkhtmltopdf-pack"
    if not binary.exists():
        warn("no patched wkhtmltopdf for this machine: reports print without headers.")
        return
    binary.chmod(0o755)
    if not link.is_symlink() or link.readlink() != binary:
        link.unlink(missing_ok=True)
        link.symlink_to(binary)


def _is_patched(binary):
    done = subprocess.run([binary, "--version"], capture_output=True, text=True)
    return "patched qt" in done.stdout
