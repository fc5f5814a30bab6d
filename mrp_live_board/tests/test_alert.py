from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import MONDAY, BoardCommon


def at(hour):
    return MONDAY + timedelta(hours=hour)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestAlert(BoardCommon):
    """One activity for the right person, once per cause, gone when it is over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-02 08:00:00"):
            cls._lay_out()
        cls.company.mrp_board_alerts = True
        cls.env["res.company"].search(
            [("id", "!=", cls.company.id)]
        ).mrp_board_alerts = False
        cls.order = cls._plan([60])
        cls.order.user_id = cls.user

    def _alert(self):
        self.env.flush_all()
        self.board.invalidate_model()
        return self.board._alert()

    def _get_activities(self):
        kind = self.env.ref("mrp_live_board.mail_activity_type_board")
        return self.order.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def _block(self):
        return self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.saw.id,
                "loss_id": self.env.ref("mrp.block_reason1").id,
                "company_id": self.company.id,
                "date_start": at(8),
            }
        )

    def test_off(self):
        self.company.mrp_board_alerts = False
        self.order.date_deadline = at(8)
        self.assertEqual(self._alert(), (0, 0))
        self.assertFalse(self._get_activities())

    def test_in_time(self):
        self.order.date_deadline = at(12)
        self._alert()
        self.assertFalse(self._get_activities())

    def test_late_once(self):
        self.order.date_deadline = at(8)
        self._alert()
        activity = self._get_activities()
        self.assertEqual(activity.user_id, self.user)
        self.assertIn(self.order.name, activity.summary)
        self._alert()
        self.assertEqual(self._get_activities(), activity)
        # done by the responsible: not told again about the same cause
        activity.action_done()
        self._alert()
        self.assertFalse(self._get_activities())

    def test_resolved(self):
        self.order.date_deadline = at(8)
        self._alert()
        self.order.date_deadline = at(12)
        self._alert()
        self.assertFalse(self._get_activities())
        [alert] = self.order.board_alert_ids
        self.assertEqual(alert.date_resolved, at(8))
        self.order.date_deadline = at(8)
        self._alert()
        self.assertTrue(self._get_activities())
        self._complete(self.order)
        self._alert()
        self.assertFalse(self._get_activities())

    def test_does_not_flicker(self):
        """Late by less than the tolerance: no news, and not over either."""
        self.order.date_deadline = at(8)
        self._alert()
        self.order.date_deadline = self._get_expected(self.order) - timedelta(minutes=1)
        self._alert()
        self.assertTrue(self._get_activities())

    def test_blocked(self):
        self.order.date_deadline = at(12)
        block = self._block()
        self._alert()
        self.assertIn("Machine down", self._get_activities().summary)
        block.date_end = at(8)
        self._alert()
        self.assertFalse(self._get_activities())

    def test_two_causes(self):
        self.order.date_deadline = at(8)
        self._block()
        self._alert()
        self.assertEqual(len(self._get_activities()), 2)

    def test_whom(self):
        self.order.date_deadline = at(8)
        self.order.user_id = False
        self.assertEqual(self._alert(), (1, 0))
        self.assertFalse(self._get_activities(), "nobody to tell")
        self.company.mrp_board_user_id = self.user
        self._alert()
        self.assertEqual(self._get_activities().user_id, self.user)

    def test_who_left(self):
        self.order.date_deadline = at(8)
        self.user.active = False
        deputy = self.user.copy({"login": "deputy", "active": True})
        self.company.mrp_board_user_id = deputy
        self._alert()
        self.assertEqual(self._get_activities().user_id, deputy)

    def test_many(self):
        orders = self.env["mrp.production"].union(
            *(self._plan([60]) for _number in range(6))
        )
        orders.write({"date_deadline": at(7), "user_id": self.user.id})
        self.order.date_deadline = at(7)
        self.env.flush_all()
        self.assertEqual(self.board._alert(limit=4), (4, 3))
        self.assertEqual(self.board._alert(limit=4), (3, 0))
        self.assertEqual(self.board._alert(limit=4), (0, 0))

    def _get_expected(self, order):
        return self._get_row(order).expected_date
