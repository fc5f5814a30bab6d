"""A PostgreSQL of this checkout's own, or the one that is given.

The server refuses to run as root.  Root therefore starts it in a user namespace, in
which it sees another user while its files stay root's: no user is created and no
folder opened.  Where namespaces are forbidden it runs as `postgres` or `nobody`.
Nobody else can connect: it listens on a socket in a folder only its owner may enter.
"""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.base.console import Failure, run, say, succeeds
from tools.base.paths import LOCAL
from tools.base.stamps import digest, write_atomically
from tools.setup import host, pg_binaries

INFO = LOCAL / "pg.json"
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
SETTINGS = {
    "listen_addresses": "''",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    # a crash may lose the last moments of a demo, never its consistency
    "synchronous_commit": "off",
}


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server."""

    host: str
    port: int
    user: str
    password: str = ""
    data: str = ""

    @property
    def is_ours(self):
        """Tell whether we started it (and may stop it)."""
        return bool(self.data)

    def odoo_options(self):
        """Return the lines of Odoo's configuration that name this server."""
        options = {"db_host": self.host, "db_port": self.port, "db_user": self.user}
        return options | ({"db_password": self.password} if self.password else {})


def ensure():
    """Return a running server, starting our own when none is given."""
    return given() or _started()


def given():
    """Return the server named by the environment, if any."""
    environment = os.environ
    name = environment.get("DB_HOST") or environment.get("PGHOST")
    if not name:
        return None
    port = environment.get("DB_PORT") or environment.get("PGPORT") or 5432
    user = environment.get("DB_USER") or environment.get("PGUSER") or "odoo"
    password = environment.get("DB_PASSWORD") or environment.get("PGPASSWORD") or ""
    return Server(name, int(port), user, password)


def running():
    """Return our own server when it is up."""
    try:
        server = Server(**json.loads(INFO.read_text()))
        pid = (Path(server.data) / "postmaster.pid").read_text().split()[0]
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, TypeError, IndexError):
        return None
    return server if b"postgres" in command else None


def stop():
    """Stop our own server; return whether it was running."""
    server = running()
    if not server:
        return False
    prefix, data = _unprivileged()
    bindir = pg_binaries.ensure(_major_of(data))
    command = [*prefix, bindir / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop"]
    run(command, "Stopping PostgreSQL", env=_environment(), cwd="/")
    return True


def remove():
    """Remove the data of our own server, which may lie outside `.local`."""
    _prefix, data = _unprivileged()
    if data.is_relative_to(LOCAL):
        shutil.rmtree(data, ignore_errors=True)
    else:
        shutil.rmtree(data.parent, ignore_errors=True)


def _started():
    server = running()
    if server:
        return server
    prefix, data = _unprivileged()
    bindir = pg_binaries.ensure(_major_of(data))
    if not (data / "PG_VERSION").exists():
        _initialise(prefix, bindir, data)
    sockets = _socket_folder(prefix, data)
    _configure(prefix, data, sockets)
    say("Starting PostgreSQL")
    log = data / "server.log"
    options = ["-D", data, "-w", "-t", "60", "-l", log]
    command = [*prefix, bindir / "pg_ctl", *options, "start"]
    done = subprocess.run(
        [str(part) for part in command],
        env=_environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if done.returncode:
        tail = log.read_text()[-1500:] if log.exists() else ""
        raise Failure(f"PostgreSQL does not start; its log {log} ends with:\n{tail}")
    server = Server(str(sockets), 5432, "odoo", data=str(data))
    write_atomically(INFO, json.dumps(asdict(server)))
    return server


def _initialise(prefix, bindir, data):
    """Create the cluster beside its place: a killed run leaves none half made."""
    say("Creating a private PostgreSQL cluster")
    part = data.with_name(data.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    _give(part.parent if prefix[:1] == ["setpriv"] else None, prefix)
    options = ["-U", "odoo", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    run(
        [*prefix, bindir / "initdb", "-D", part, *options],
        "Creating the PostgreSQL cluster",
        env=_environment(),
        cwd="/",
    )
    part.rename(data)


def _configure(prefix, data, sockets):
    settings = dict(SETTINGS, unix_socket_directories=f"'{sockets}'")
    text = "".join(f"{name} = {value}\n" for name, value in settings.items())
    file = data / "postgresql.auto.conf"
    file.write_text(text)
    _give(file, prefix)


def _unprivileged():
    """Return what to put before server commands, and the data folder they can use."""
    data = LOCAL / "pg"
    if not host.is_root():
        return [], data
    if shutil.which("unshare") and succeeds([*NAMESPACE, "true"]):
        return list(NAMESPACE), data
    account = _account()
    ids = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}"]
    prefix = ["setpriv", *ids, "--clear-groups", "--"]
    return prefix, Path("/var/tmp") / f"pg-{digest(str(LOCAL))}" / "data"


def _account():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failure("PostgreSQL cannot run as root: run make as an ordinary user.")


def _give(path, prefix):
    """Hand a path to the account the server runs as."""
    if path and prefix[:1] == ["setpriv"]:
        account = _account()
        if not path.exists():
            path.mkdir(mode=0o700, parents=True)
        os.chown(path, account.pw_uid, account.pw_gid)


def _socket_folder(prefix, data):
    """Return a folder for the socket: short, as its address may have 107 characters."""
    name = f"pg-{os.geteuid()}-{digest(str(data))[:12]}"
    base = tempfile.gettempdir()
    folder = Path(base if len(base) < 60 else "/tmp") / name
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = folder.lstat().st_uid
    if folder.is_symlink() or owner not in (os.geteuid(), data.stat().st_uid):
        raise Failure(f"{folder} belongs to somebody else: remove it first.")
    folder.chmod(0o700)
    _give(folder, prefix)
    return folder


def _major_of(data):
    version = data / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _environment():
    environment = host.clean_environment()
    for name in [name for name in environment if name.startswith("PG")]:
        del environment[name]
    return dict(environment, LC_ALL="C.UTF-8")
