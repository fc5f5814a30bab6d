import logging

from odoo.tests import tagged

from .common import BoardCommon
from .week import Week

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install", "heavy")
class TestWeek(BoardCommon):
    def test_nearer_than_odoo(self):
        """The board is nearer to what comes than Odoo's own planned end."""
        errors = Week(self.env, seed=7).play()
        self.assertLess(errors["board"], errors["odoo"] * 0.9, errors)
        _logger.info("Mean error in working hours: %s", errors)
