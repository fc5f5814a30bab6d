"""Virtual environments built from hashed locks with uv, which is pinned itself."""

import os
import shutil
import sys
from pathlib import Path

from tools.base.console import Failure, run, say, succeeds
from tools.base.paths import LOCAL, REQUIREMENTS
from tools.base.stamps import digest, is_stamped, stamp, unstamp
from tools.setup import debian, host

ODOO = LOCAL / "venv"
QUALITY = LOCAL / "venv-quality"
BENCH = LOCAL / "venv-bench"


def ensure_odoo(tests=False):
    """Return the Python of Odoo's environment; `tests` adds what only tests need."""
    layers = ["odoo", *(["demo"] if host.is_amd64() else [])]
    return _ensure(ODOO, layers, ["test"] if tests else [])


def ensure_quality():
    """Return the Python of the environment with linters and generators."""
    return _ensure(QUALITY, ["quality"], [])


def ensure_bench():
    """Return the Python of the environment that puts a server under load."""
    return _ensure(BENCH, ["bench"], [])


def add_to_folder(lock, folder):
    """Install one lock into a plain folder, for packages used for their files only."""
    if not is_stamped(folder, _key([lock])):
        unstamp(folder)
        shutil.rmtree(folder, ignore_errors=True)
        options = ("--require-hashes", "--no-deps", "-r", _lock(lock))
        _uv("pip", "install", "--target", folder, *options)
        stamp(folder, _key([lock]))
    return folder


def _ensure(venv, layers, extra):
    python = venv / "bin/python"
    if not is_stamped(venv, _key(layers)) or not succeeds([python, "-c", ""]):
        unstamp(venv)
        shutil.rmtree(venv, ignore_errors=True)
        say(f"Building the Python environment {venv.name}")
        _uv("venv", "--no-project", "--python", sys.executable, venv)
        _install(venv, layers)
        stamp(venv, _key(layers))
    if extra and not is_stamped(venv / "pyvenv.cfg", _key(layers + extra)):
        say(f"Adding Python packages: {', '.join(extra)}")
        _install(venv, extra)
        stamp(venv / "pyvenv.cfg", _key(layers + extra))
    return python


def _install(venv, layers):
    locks = [part for layer in layers for part in ("-r", _lock(layer))]
    options = ("--require-hashes", "--compile-bytecode", *locks)
    _uv("pip", "install", "--python", venv / "bin/python", *options)


def _key(layers):
    locks = [_lock(layer).read_bytes() for layer in layers]
    return digest(sys.executable, sys.version, *locks)


def _lock(layer):
    return REQUIREMENTS / f"{layer}.txt"


def _uv(*arguments):
    environment = host.trusting_the_system(host.clean_environment())
    environment.update(UV_CACHE_DIR=str(LOCAL / "uv-cache"), UV_NO_PROGRESS="1")
    if index := os.environ.get("PIP_INDEX_URL"):
        environment.setdefault("UV_DEFAULT_INDEX", index)
    command = [_ensure_uv() / "bin/uv", *arguments]
    run(command, "Installing Python packages (is PyPI reachable?)", env=environment)


def _ensure_uv():
    folder = LOCAL / "uv"
    if not is_stamped(folder, _key(["uv"])):
        say("Fetching uv")
        unstamp(folder)
        shutil.rmtree(folder, ignore_errors=True)
        install = ["install", "-q", "--no-deps", "--target", folder]
        pip, environment = _pip()
        run(
            [*pip, *install, "--require-hashes", "-r", _lock("uv")],
            "Fetching uv (is PyPI reachable?)",
            env=environment,
        )
        stamp(folder, _key(["uv"]))
    return folder


def _pip():
    """Return a pip to fetch uv with: this Python's, its bundled one, or Debian's."""
    environment = host.clean_environment()
    pip = [sys.executable, "-m", "pip"]
    if succeeds([*pip, "--version"], env=environment):
        return pip, environment
    wheels = [*Path("/usr/share/python-wheels").glob("pip-*.whl")] or _bundled_pip()
    if not wheels:
        target = LOCAL / "pip"
        target.mkdir(exist_ok=True)
        debian.unpack(debian.fetch("pip", ("python3-pip-whl/bookworm",)), target)
        wheels = sorted(target.glob("usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise Failure("This Python has no pip: install python3-venv first.")
    return pip, dict(environment, PYTHONPATH=str(wheels[0]))


def _bundled_pip():
    try:
        import ensurepip
    except ImportError:
        return []
    return sorted((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
