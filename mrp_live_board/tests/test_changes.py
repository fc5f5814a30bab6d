import json

from odoo.tests import new_test_user, tagged

from .common import BoardCommon


class ChangesCommon(BoardCommon):
    def _listen(self):
        """Begin a transaction: what was noted before is sent."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env["bus.bus"].search([]).unlink()
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _hear(self):
        """End it.

        :return: list of what boards are told
        """
        self.env.flush_all()
        self.env.cr.precommit.run()
        group = self.env.ref("mrp_live_board.mrp_live_board_group_viewer")
        messages = [
            (json.loads(row.channel), json.loads(row.message))
            for row in self.env["bus.bus"].search([])
        ]
        return [
            message["payload"]
            for channel, message in messages
            if message["type"] == "mrp_live_board/changed"
            and channel[1:] == ["res.groups", group.id]
        ]


@tagged("post_install", "-at_install")
class TestChanges(ChangesCommon):
    """One message per transaction, with nothing but ids."""

    def _check(self, order, work):
        self._listen()
        work()
        self.assertEqual(self._hear(), [{"ids": order.ids, "all": False}])

    def test_what_happens_to_a_run(self):
        order = self._plan([10, 10, 10])
        first = order.workorder_ids[0]
        for work in (
            first.button_start,
            first.button_pending,
            lambda: self._declare(order, "good", 2, 0),
            first.button_finish,
            lambda: order.write({"priority": "1"}),
            lambda: order.write({"user_id": self.user.id}),
            lambda: order.write({"date_deadline": "2030-01-01 00:00:00"}),
            order.workorder_ids[1].action_cancel,
            lambda: order.workorder_ids[2].write({"workcenter_id": self.saw.id}),
            lambda: self._complete(order),
        ):
            with self.subTest(work=work):
                self._check(order, work)

    def test_planning(self):
        order = self._plan([10, 10])
        self._check(order, order.button_plan)

    def test_reservation(self):
        """Material that comes in lets boards know without a touch of the order."""
        rare = self._make_product("Rennet", price=1)
        bom = self._make_bom(self._make_product("Curd"), [(rare, 1)])
        order = self._make_order(bom, 5)

        def work():
            self._receive(rare, 10, 1)
            order.action_assign()

        self._check(order, work)
        self.assertEqual(order.reservation_state, "assigned")

    def test_confirmation(self):
        order = self.env["mrp.production"].create(self._prepare_order(self.bom, 1))
        self._check(order, order.action_confirm)

    def test_drafts_are_silent(self):
        self._listen()
        order = self.env["mrp.production"].create(self._prepare_order(self.bom, 1))
        order.product_qty = 3
        self.assertFalse(self._hear())

    def test_deletion(self):
        order = self._plan([10])
        order.action_cancel()
        ids = order.ids
        self._listen()
        order.unlink()
        self.assertEqual(self._hear(), [{"ids": ids, "all": False}])

    def test_blocked_workcenter_concerns_all(self):
        self._listen()
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.saw.id,
                "loss_id": self.env.ref("mrp.block_reason1").id,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self._hear(), [{"ids": [], "all": True}])
        self._listen()
        self.saw.unblock()
        self.assertTrue(log.date_end)
        self.assertEqual(self._hear(), [{"ids": [], "all": True}])

    def test_reason_given(self):
        self.company.mrp_delay_tracking = True
        order = self._plan([10])
        order.workorder_ids.button_start()
        order.workorder_ids.button_pending()
        self._check(
            order,
            lambda: order.delay_ids._classify([{"reason_id": self.stop_reason}]),
        )

    def test_many_are_one_message(self):
        orders = self.env["mrp.production"].create(
            [self._prepare_order(self.bom, 1) for _number in range(5)]
        )
        self._listen()
        orders.action_confirm()
        self.assertEqual(self._hear(), [{"ids": sorted(orders.ids), "all": False}])
        self.env["mrp.live.board"]._note_changed(range(1, 500))
        self.env["mrp.live.board"]._note_gone(range(1, 500))
        self._listen()
        self.env["mrp.live.board"]._note_gone(range(1, 500))
        self.assertEqual(self._hear(), [{"ids": [], "all": True}])

    def test_given_up(self):
        """What was made in a savepoint that was given up is not spoken of."""
        order = self._plan([10])
        self._listen()
        with self.env.cr.savepoint() as savepoint:
            self._plan([10])
            self.env.flush_all()
            savepoint.close(rollback=True)
        self.env.invalidate_all()
        order.priority = "1"
        self.assertEqual(self._hear(), [{"ids": order.ids, "all": False}])

    def test_nothing_changed(self):
        order = self._plan([10])
        self._listen()
        order.origin = "Nobody sees it"
        self.assertFalse(self._hear())

    def test_boards_hear(self):
        """Everybody who sees the board is in its group; other companies' ids say
        nothing: rows are read with the reader's own rights.
        """
        group = self.env.ref("mrp_live_board.mrp_live_board_group_viewer")
        for name in ("mrp.group_mrp_user", "mrp_operator.mrp_operator_group_operator"):
            user = new_test_user(self.env, login=f"hears {name}", groups=name)
            self.assertIn(group, user.all_group_ids)

    def test_statements(self):
        """A message costs one statement, however many runs it tells of."""
        self.env["mrp.live.board"]._note_changed([])
        self._listen()
        orders = self.env["mrp.production"].union(*(self._plan([1]) for _n in range(3)))
        self._listen()
        orders.mapped("state")
        self.env["mrp.live.board"]._note_changed(orders.ids)
        with self.assertQueryCount(1):
            self.env.cr.precommit.run()
