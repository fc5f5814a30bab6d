"""Make the bundles of JavaScript and CSS browser tests ask for, where they are kept.

Odoo makes them before the first browser test of every run.  What a template database
has and no add-on changes is made once instead.  Usage: make_assets.py CONFIG DATABASE
"""

import sys

del sys.path[0]

from odoo import SUPERUSER_ID, api  # noqa: E402
from odoo.modules.registry import Registry  # noqa: E402
from odoo.tools import config  # noqa: E402


def main(config_file, database):
    """Make them and commit."""
    config.parse_config(["-c", config_file, "--no-http", "--log-level=warn"])
    with Registry(database).cursor() as cr:
        api.Environment(cr, SUPERUSER_ID, {})["ir.qweb"]._pregenerate_assets_bundles()


if __name__ == "__main__":
    main(*sys.argv[1:])
