"""What this machine is and what it lets us do."""

import os
import platform
import shutil
from pathlib import Path

from tools.base.console import Failure, run, say, succeeds

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def is_root():
    """Tell whether we may install packages into the system."""
    return os.geteuid() == 0


def is_amd64():
    """Tell whether prebuilt amd64 binaries run here."""
    return platform.machine() == "x86_64"


def debian_name():
    """Return the release's code name on Debian, else None."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return None
    if release.get("ID") != "debian":
        return None
    return release.get("VERSION_CODENAME")


def require_debian():
    """Odoo is unpacked from Debian's package: say what to do on another system."""
    if debian_name() == "bookworm" and all(map(shutil.which, ("apt-get", "dpkg-deb"))):
        return
    raise Failure(
        "Odoo 19 is fetched with the apt of Debian 12 and this is another system: give "
        "an Odoo 19 source tree or installation with `ODOO_PATH=/path/to/odoo`."
    )


def clean_environment():
    """Return the environment for children, without what would slow or confuse them."""
    environment = dict(os.environ)
    # without .pyc files every start of Odoo compiles some thousand modules again
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("PYTHONPATH", None)
    environment.pop("MAKEFLAGS", None)
    environment.pop("MAKELEVEL", None)
    return environment


def trusting_the_system(environment):
    """Let downloaders trust the certificates this machine trusts, as apt and git do."""
    if CERTIFICATES.exists():
        environment.setdefault("UV_SYSTEM_CERTS", "1")
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
    return environment


def install(*packages, why):
    """Install Debian packages into the system (root only)."""
    if not is_root() or not shutil.which("apt-get"):
        raise Failure(f"{why}: install {' '.join(packages)} and run this again.")
    say(f"Installing {' '.join(packages)} with apt-get")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "-qy", "--no-install-recommends", "install", *packages]
    if not succeeds([*command[:1], "-s", *command[1:]], env=environment):
        run(["apt-get", "-q", "update"], "Refreshing apt's lists", env=environment)
    run(command, f"Installing {' '.join(packages)}", env=environment)
