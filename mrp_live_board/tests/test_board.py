from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from .common import MONDAY, BoardCommon


def at(hour, minute=0, day=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestBoard(BoardCommon):
    """What a row says about its run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-02 08:00:00"):
            cls._lay_out()

    def test_rows_are_runs_in_flight(self):
        draft = self.env["mrp.production"].create(self._prepare_order(self.bom, 1))
        open_order, done, cancelled = (self._plan([10]) for _number in range(3))
        self._complete(done)
        cancelled.action_cancel()
        self.env.flush_all()
        found = self.board.search([("id", "in", (draft | done | cancelled).ids)])
        self.assertFalse(found)
        row = self._get_row(open_order)
        self.assertEqual(row.production_id, open_order)
        self.assertEqual(row.name, open_order.name)
        self.assertEqual(row.state, "confirmed")
        self.assertEqual(row.product_id, open_order.product_id)
        self.assertEqual(row.product_qty, 10)

    def test_current_operation(self):
        order = self._plan([10, 10, 10])
        first, second, third = order.workorder_ids
        self.assertEqual(self._get_row(order).workorder_id, first)
        first.button_finish()
        row = self._get_row(order)
        self.assertEqual(row.workorder_id, second)
        self.assertEqual(row.operation_name, second.name)
        self.assertEqual(row.workcenter_id, self.press)
        # the one that somebody works on comes first
        third.button_start()
        row = self._get_row(order)
        self.assertEqual(row.workorder_id, third)
        self.assertEqual(row.workcenter_id, self.paint)
        self.assertEqual(row.people, self.env.user.name)

    def test_operations_of_the_same_place(self):
        """Operations added by hand all have the same place in the sequence."""
        order = self._plan([10, 10, 10])
        order.workorder_ids.sequence = 7
        order.workorder_ids[0].workcenter_id = self.paint
        row = self._get_row(order)
        self.assertEqual(row.workorder_id, order.workorder_ids.sorted("id")[0])
        self.assertEqual(row.workcenter_id, row.workorder_id.workcenter_id)

    def test_who(self):
        employee = self.env["hr.employee"].create(
            {"name": "Anna", "company_id": self.company.id, "is_operator": True}
        )
        order = self._plan([10])
        self._log(order.workorder_ids, at(8), operator_id=employee.id)
        self.assertEqual(self._get_row(order).people, "Anna")

    def test_progress(self):
        """Weighted by time: one hour of three is done, and half of the next."""
        order = self._plan([60, 60, 60])
        order.workorder_ids[0].button_finish()
        order.workorder_ids[1].button_start()
        for workorder in order.workorder_ids:
            workorder.duration_expected = 60
        self.assertAlmostEqual(self._get_row(order).progress, 100 / 3)
        with freeze_time("2026-03-02 08:30:00"):
            self.assertAlmostEqual(self._get_row(order).progress, 50)
        with freeze_time("2026-03-02 12:30:00"):
            self.assertAlmostEqual(self._get_row(order).progress, 190 / 3)

    def test_progress_by_quantity(self):
        order = self._plan([30, 10])
        self._declare(order, "good", 4, 0)
        self._declare(order, "scrap", 1, 0, reason_id=self.scrap_reason.id)
        order.workorder_ids[0].duration_expected = 30
        order.workorder_ids[1].duration_expected = 10
        self.assertAlmostEqual(self._get_row(order).progress, 37.5)

    def test_progress_without_times(self):
        order = self._plan([0, 0])
        order.workorder_ids[0].button_finish()
        for workorder in order.workorder_ids:
            workorder.duration_expected = 0
        self.assertAlmostEqual(self._get_row(order).progress, 50)

    def test_lateness(self):
        """Against the deadline, else against the frozen plan."""
        order = self._plan([120])
        row = self._get_row(order)
        self.assertEqual(row.due_date, order.date_deadline or order.baseline_end)
        order.date_deadline = at(9)
        row = self._get_row(order)
        self.assertAlmostEqual(row.lateness, 1)
        self.assertTrue(row.is_late)
        self.company.mrp_delay_tolerance = 61
        self.assertFalse(self._get_row(order).is_late)
        order.date_deadline = at(12)
        self.assertAlmostEqual(self._get_row(order).lateness, -2)
        self.assertIn(order.id, self.board.search([("lateness", "<", 0)]).ids)

    def test_reason(self):
        self.company.mrp_delay_tracking = True
        order = self._plan([60])
        workorder = order.workorder_ids
        workorder.button_start()
        workorder.button_pending()
        delay = order.delay_ids
        self.assertFalse(self._get_row(order).delay_reason)
        delay._classify([{"reason_id": self.stop_reason}])
        row = self._get_row(order)
        self.assertEqual(row.delay_reason, self.stop_reason.name)
        self.assertEqual(row.last_event, at(8))

    def test_machine_down(self):
        order, other = self._plan([10]), self._plan([0, 10])
        self.saw.resource_calendar_id = self.calendar
        self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.saw.id,
                "loss_id": self.env.ref("mrp.block_reason1").id,
                "company_id": self.company.id,
                "date_start": at(8),
            }
        )
        other.workorder_ids[0].button_finish()
        row = self._get_row(order)
        self.assertEqual((row.blocker, row.is_blocked), ("machine", True))
        self.assertEqual(row.blocker_text, "Machine down")
        self.assertFalse(self._get_row(other).is_blocked)
        self.saw.unblock()
        self.assertFalse(self._get_row(order).is_blocked)

    def test_nobody_there(self):
        order = self._plan([60], start=at(7))
        later = self._plan([60], start=at(12))
        self.assertFalse(self._get_row(order).is_blocked)
        self.company.mrp_operator_tracking = True
        self.assertEqual(self._get_row(order).blocker, "operator")
        self.assertFalse(self._get_row(later).is_blocked)
        with freeze_time("2026-03-02 20:00:00"):
            # nobody has to be there at night
            self.assertFalse(self._get_row(order).is_blocked)
        employee = self.env["hr.employee"].create(
            {"name": "Anna", "company_id": self.company.id, "is_operator": True}
        )
        presence = self.env["mrp.operator.presence"].create(
            {
                "operator_id": employee.id,
                "workcenter_id": self.saw.id,
                "company_id": self.company.id,
                "date_start": at(8),
            }
        )
        self.assertFalse(self._get_row(order).is_blocked)
        presence.date_end = at(8)
        self.assertTrue(self._get_row(order).is_blocked)

    def test_not_qualified(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "skill_ids": [Command.create({"name": "Sawing"})],
                "skill_level_ids": [
                    Command.create({"name": "Can do", "level_progress": 100})
                ],
            }
        )
        skill, level = skill_type.skill_ids, skill_type.skill_level_ids
        employee = self.env["hr.employee"].create(
            {"name": "Anna", "company_id": self.company.id, "is_operator": True}
        )
        order = self._plan([60])
        order.workorder_ids.operator_ids = employee
        self.assertFalse(self._get_row(order).is_blocked)
        self.env["mrp.skill.requirement"].create(
            {
                "workcenter_id": self.saw.id,
                "skill_type_id": skill_type.id,
                "skill_id": skill.id,
                "skill_level_id": level.id,
            }
        )
        row = self._get_row(order)
        self.assertEqual(row.blocker, "skill")
        held = self.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_type_id": skill_type.id,
                "skill_id": skill.id,
                "skill_level_id": level.id,
                "valid_from": MONDAY.date(),
            }
        )
        self.assertTrue(self._get_row(order).is_blocked, "nobody validated it")
        held.sudo().action_validate()
        self.assertFalse(self._get_row(order).is_blocked)

    def test_blockers_together(self):
        """All are told; the first is what runs are grouped by."""
        rare = self._make_product("Rennet")
        self.bom.bom_line_ids = [
            Command.create({"product_id": rare.id, "product_qty": 1})
        ]
        self.press.resource_calendar_id = self._make_calendar("Closed", [])
        self._lay_out()
        row = self._get_row(self._plan([10, 10]))
        self.assertEqual(row.blocker, "material")
        self.assertEqual(row.blockers, "material,calendar")
        self.assertEqual(row.blocker_text, "Material short, No working hours")
        groups = self.board.formatted_read_group(
            [("id", "=", row.id)], ["blocker"], ["__count"]
        )
        self.assertEqual(groups[0]["blocker"], "material")

    def test_last_event(self):
        order = self._plan([60])
        self.assertFalse(self._get_row(order).last_event)
        log = self._log(order.workorder_ids, at(8, 1))
        row = self._get_row(order)
        self.assertEqual((row.last_event, row.last_event_kind), (at(8, 1), "start"))
        log.date_end = at(8, 5)
        row = self._get_row(order)
        self.assertEqual((row.last_event, row.last_event_kind), (at(8, 5), "stop"))
        self._declare(order, "good", 1, 0, date=at(8, 6))
        row = self._get_row(order)
        self.assertEqual((row.last_event, row.last_event_kind), (at(8, 6), "good"))

    def test_counts_come_with_the_rows(self):
        late = self._plan([60], date_deadline=at(7))
        late.date_deadline = at(7)
        self._plan([60]).date_deadline = at(15)
        domain = [("company_id", "=", self.company.id)]
        spec = dict.fromkeys(("name", "run_count", "late_count", "blocked_count"), {})
        self.env.flush_all()
        found = self.board.web_search_read(domain, spec, limit=1)
        self.assertEqual(found["length"], 2)
        [row] = found["records"]
        self.assertEqual(row["name"], late.name, "late first")
        counts = (row["run_count"], row["late_count"], row["blocked_count"])
        self.assertEqual(counts, (2, 1, 0))
        self.assertEqual(
            self.board.get_board_counts(domain),
            {"run_count": 2, "late_count": 1, "blocked_count": 0},
        )
        self.assertEqual(
            self.board.get_board_counts([("id", "=", 0)]),
            {"run_count": 0, "late_count": 0, "blocked_count": 0},
        )

    def test_search_and_groups(self):
        order = self._plan([60])
        order.user_id = self.env.user
        self.env.flush_all()
        for field in (
            "workcenter_id",
            "operation_name",
            "user_id",
            "product_id",
            "expected_date:day",
        ):
            groups = self.board.formatted_read_group(
                [("id", "=", order.id)], [field], ["__count", "lateness:max"]
            )
            self.assertEqual(groups[0]["__count"], 1, field)
        for domain in (
            [("people", "=", False)],
            [("operation_name", "ilike", "cut")],
            [("progress", "<", 50)],
            [("expected_date", ">", at(8))],
            [("production_id.name", "=", order.name)],
        ):
            found = self.board.search([("id", "=", order.id), *domain])
            self.assertTrue(found, domain)

    def test_click_through(self):
        order = self._plan([60])
        row = self._get_row(order)
        action = row.action_open_production()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )
        action = row.action_open_workorder()
        self.assertEqual(action["res_id"], order.workorder_ids.id)
        order.workorder_ids.button_finish()
        action = self._get_row(order).action_open_workorder()
        self.assertEqual(action["res_id"], order.id)
        action = order.action_open_live_board()
        self.assertEqual(action["domain"], [("id", "in", order.ids)])

    def test_no_prices(self):
        for name, field in self.board._fields.items():
            self.assertNotEqual(field.type, "monetary", name)
            self.assertNotRegex(name, "cost|price|value|amount|rate")

    def test_workcenter_form(self):
        with Form(self.saw) as form:
            form.parallel_operations = 3
        self.assertEqual(self.saw.parallel_operations, 3)

    def test_upper_rooms_add_columns(self):
        """Whoever extends the hooks has nothing else to do."""
        board = type(self.board)

        def _select(rows):
            columns = original(rows)
            return columns | {"name": columns["state"]}

        original = board._select
        order = self._plan([10])
        self.patch(board, "_select", _select)
        self.assertEqual(self._get_row(order).name, "confirmed")

    def test_upper_rooms_look_up_columns(self):
        """What is looked up for the rows that are shown is theirs to change, too."""
        board = type(self.board)

        def _get_shown(rows):
            return original(rows) | {"people": lambda row: SQL("%s.id::text", row)}

        original = board._get_shown
        order = self._plan([10])
        self.patch(board, "_get_shown", _get_shown)
        self.assertEqual(self._get_row(order).people, str(order.id))
        self.assertTrue(self.board.search([("people", "=", str(order.id))]))

    def test_looked_up_columns(self):
        """What is looked up after the limit is filtered, sorted and grouped by, too."""
        order = self._plan([10, 20], date_deadline=at(8))
        other = self._plan([60])
        order.workorder_ids[0].button_start()
        domain = [("id", "in", (order | other).ids)]
        rows = self.board.search(domain, order="operation_name, progress desc, id")
        self.assertEqual(set(rows.ids), set((order | other).ids))
        for field in ("people", "blocker", "last_event_kind", "operation_name"):
            values = {row[field] for row in rows}
            groups = self.board._read_group(domain, [field], ["__count"])
            self.assertEqual({value for value, _count in groups}, values, field)
            for value in values:
                found = self.board.search([*domain, (field, "=", value)])
                self.assertEqual(found, rows.filtered_domain([(field, "=", value)]))
        days = self.board._read_group(domain, ["expected_date:day"], ["progress:avg"])
        self.assertTrue(days)


@tagged("post_install", "-at_install")
class TestAccess(BoardCommon):
    """Who sees which rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._make_company("Other Creamery")
        cls._lay_out()

    def _make_user(self, group, company=None):
        company = company or self.company
        return new_test_user(
            self.env,
            login=f"board {group} {company.name}",
            groups=f"base.group_user,{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def test_companies(self):
        order = self._plan([60])
        self.env.flush_all()
        own = self._make_user("mrp.group_mrp_user")
        alien = self._make_user("mrp.group_mrp_user", self.other)
        domain = [("id", "=", order.id)]
        boards = {
            user: self.board.with_user(user).with_context(
                allowed_company_ids=user.company_ids.ids
            )
            for user in own | alien
        }
        self.assertEqual(len(boards[own].search(domain)), 1)
        self.assertFalse(boards[alien].search(domain))
        with self.assertRaises(AccessError):
            boards[alien].browse(order.id).read(["name"])

    def test_groups(self):
        order = self._plan([60])
        self.env.flush_all()
        for group in (
            "mrp.group_mrp_user",
            "mrp_operator.mrp_operator_group_operator",
            "mrp_operator.mrp_operator_group_supervisor",
        ):
            user = self._make_user(group)
            spec = {
                name: {"fields": {"display_name": {}}} if field.relational else {}
                for name, field in self.board._fields.items()
            }
            found = self.board.with_user(user).web_search_read(
                [("id", "=", order.id)], spec
            )
            self.assertEqual(found["records"][0]["name"], order.name, group)
        nobody = self._make_user("base.group_user")
        with self.assertRaises(AccessError):
            self.board.with_user(nobody).search([])

    def test_nobody_writes(self):
        order = self._plan([60])
        row = self._get_row(order).with_user(self._make_user("mrp.group_mrp_manager"))
        for call in (
            lambda: row.write({"name": "Mine"}),
            lambda: row.create({"name": "Mine"}),
            row.unlink,
        ):
            with self.assertRaises(AccessError):
                call()
