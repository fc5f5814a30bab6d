"""Run Odoo's own tests with everything installed.

Odoo runs most of its tests while their module is being installed, when nothing that
depends on it is loaded yet.  Here they run afterwards, with the suite in the registry.
"""

import sys

del sys.path[0]

import odoo.cli  # noqa: E402
from odoo.tests import loader  # noqa: E402

_make_suite = loader.make_suite


def make_suite(module_names, position="at_install"):
    """Return the tests of both positions for `post_install`, none for the other."""
    if position != "post_install":
        return loader.OdooSuite()
    tests = []
    for each in ("at_install", "post_install"):
        tests += list(_make_suite(module_names, each))
    return loader.OdooSuite(tests)


loader.make_suite = make_suite

if __name__ == "__main__":
    odoo.cli.main()
