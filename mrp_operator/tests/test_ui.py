from odoo.tests import HttpCase, tagged

from .common import OPERATOR, SUPERVISOR, OperatorCommon, at


class OperatorHttpCase(OperatorCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.company_ids |= cls.company
        admin.company_id = cls.company
        admin.group_ids |= cls.env.user.group_ids
        cls.anna_user = cls._make_user("anna-tour", OPERATOR, cls.anna)
        cls._make_user("tablet-tour", OPERATOR)
        cls._make_user("supervisor-tour", SUPERVISOR)
        cls.anna._set_operator_pin("4711")

    def _open(self, record, action, tour, login="admin"):
        self.env.flush_all()
        self.start_tour(f"/odoo/action-{action}/{record.id}", tour, login=login)
        self.env.invalidate_all()

    def _check_my_work(self):
        self.start_tour("/odoo/my-work", "mrp_operator_my_work", login="anna-tour")
        self.env.invalidate_all()
        self.assertEqual(self.cut.state, "done")
        self.assertEqual(self.cut.time_ids.operator_id, self.anna)

    def _check_shared_device(self):
        self.start_tour(
            "/odoo/my-work", "mrp_operator_shared_device", login="tablet-tour"
        )
        self.env.invalidate_all()
        self.assertEqual(self.cut.working_operator_ids, self.anna)


@tagged("post_install", "-at_install", "browser")
class TestDesktop(OperatorHttpCase):
    def test_start(self):
        self._open(self.order, "mrp.mrp_production_action", "mrp_operator_start")
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        self.assertEqual(self.cut.handover_note, "Blade is dull")

    def test_closing(self):
        self._open(self.order, "mrp.mrp_production_action", "mrp_operator_closing")
        self.assertEqual(self.order.state, "done")
        self.assertEqual(self.cut.time_ids.operator_id, self.cora)
        self.assertFalse(self.form.time_ids.operator_id)

    def test_correct(self):
        log = self._log(self.cut, self.anna, at(8), at(9))
        self._open(
            log,
            "mrp_operator.mrp_workcenter_productivity_action",
            "mrp_operator_correct",
            login="supervisor-tour",
        )
        self.assertFalse(log.active)

    def test_my_work(self):
        self._check_my_work()


@tagged("post_install", "-at_install", "browser")
class TestPhone(OperatorHttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_my_work(self):
        self._check_my_work()

    def test_shared_device(self):
        self._check_shared_device()
