import json
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SkillCommon

# what a caller may try to say in his context
CRAFTED = {
    "mrp_reason_server_write": True,
    "mrp_operator_skill_closing": True,
    "mrp_operator_time_door": "fill",
    "skip_backorder": True,
    "bypass_duration_calculation": True,
    "default_operator_id": 1,
    "active_test": False,
    "su": True,
}


@tagged("post_install", "-at_install")
class TestDoors(SkillCommon, HttpCase):
    """Whoever is not qualified tries every door from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # he is an operator and a planner, as nobody may be more
        cls.user.group_ids |= cls.env.ref("mrp_operator.mrp_operator_group_operator")
        # in Odoo, whoever types a duration reads analytic lines
        cls.user.group_ids |= cls.env.ref("analytic.group_analytic_accounting")
        cls.bert.user_id = cls.user
        # he was qualified once
        cls._qualify(cls.bert, start=-60, end=-40)
        cls.stranger = cls.user.copy({"login": "skill-stranger", "name": "Stranger"})
        cls.loss = cls.env["mrp.workcenter.productivity.loss"].search(
            [("loss_type", "=", "productive")], limit=1
        )
        cls.keys = {
            user: cls.env["res.users.apikeys"]
            .with_user(user)
            ._generate(
                "rpc", "doors", fields.Datetime.add(fields.Datetime.now(), days=1)
            )
            for user in (cls.user, cls.stranger, cls.supervisor)
        }

    def _call(self, model, method, user=None, **params):
        """:return: ``(status, answer)`` of ``/json/2``"""
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(params, default=str),
            headers={
                "Authorization": f"bearer {self.keys[user or self.user]}",
                "Content-Type": "application/json",
            },
        )
        return response.status_code, response.json()

    def _refused(self, text, model, method, user=None, **params):
        with mute_logger("odoo.http"):
            status, answer = self._call(model, method, user, **params)
        self.assertGreaterEqual(status, 400, answer)
        self.assertRegex(answer["message"], text)

    def _prepare_log(self, **values):
        now = fields.Datetime.now()
        return {
            "workorder_id": self.cut.id,
            "workcenter_id": self.saw.id,
            "loss_id": self.loss.id,
            "date_start": now - timedelta(minutes=9),
            "date_end": now,
            **values,
        }

    def _doors(self):
        """:return: dict of name to model, method and parameters, for a new order"""
        self.order = self._make_order(self.bom, 10)
        self.cut, self.form, self.coat = self.order.workorder_ids
        workorder, log = "mrp.workorder", "mrp.workcenter.productivity"
        ids = self.cut.ids
        now = fields.Datetime.now()
        return {
            "start": (workorder, "button_start", {"ids": ids}),
            "dropdown": (workorder, "set_state", {"ids": ids, "state": "progress"}),
            "own phone": (workorder, "action_operator_start", {"ids": ids}),
            "state": (workorder, "write", {"ids": ids, "vals": {"state": "progress"}}),
            "typed": (workorder, "write", {"ids": ids, "vals": {"duration": 30}}),
            "typed and begun": (
                workorder,
                "write",
                {"ids": ids, "vals": {"duration": 30, "state": "progress"}},
            ),
            "nested": (
                "mrp.production",
                "write",
                {
                    "ids": self.order.ids,
                    "vals": {
                        "workorder_ids": [
                            Command.update(self.cut.id, {"state": "progress"})
                        ]
                    },
                },
            ),
            "new": (
                workorder,
                "create",
                {
                    "vals_list": [
                        {
                            "name": "Cut again",
                            "production_id": self.order.id,
                            "workcenter_id": self.saw.id,
                            "state": "progress",
                        }
                    ]
                },
            ),
            "log": (
                log,
                "create",
                {"vals_list": [self._prepare_log(operator_id=self.bert.id)]},
            ),
            "clock": (
                log,
                "create",
                {
                    "vals_list": [
                        self._prepare_log(operator_id=self.bert.id, date_end=False)
                    ]
                },
            ),
            "clock begun when it was allowed": (
                log,
                "create",
                {
                    "vals_list": [
                        self._prepare_log(
                            operator_id=self.bert.id,
                            date_start=now - timedelta(days=50),
                            date_end=False,
                        )
                    ]
                },
            ),
            "long log": (
                log,
                "create",
                {
                    "vals_list": [
                        self._prepare_log(
                            operator_id=self.bert.id,
                            date_start=now - timedelta(days=50),
                        )
                    ]
                },
            ),
            "log of nobody": (
                log,
                "create",
                {"vals_list": [self._prepare_log(operator_id=False)]},
            ),
            "time line": (
                workorder,
                "write",
                {
                    "ids": ids,
                    "vals": {
                        "time_ids": [
                            Command.create(self._prepare_log(operator_id=self.bert.id))
                        ]
                    },
                },
            ),
        } | (
            {
                "plan": (
                    workorder,
                    "write",
                    {"ids": ids, "vals": {"operator_ids": [[4, self.bert.id]]}},
                ),
                "plan all": (
                    workorder,
                    "write",
                    {"ids": ids, "vals": {"operator_ids": [[6, 0, [self.bert.id]]]}},
                ),
                "import": (
                    log,
                    "load",
                    {
                        "fields": [
                            "workorder_id/.id",
                            "workcenter_id/.id",
                            "loss_id/.id",
                            "operator_id/.id",
                            "date_start",
                        ],
                        "data": [
                            [
                                str(self.cut.id),
                                str(self.saw.id),
                                str(self.loss.id),
                                str(self.bert.id),
                                str(now)[:19],
                            ]
                        ],
                    },
                ),
            }
        )

    def _state(self):
        self.env.invalidate_all()
        return (
            self.order.workorder_ids.ids,
            self.cut.state,
            self.cut.time_ids.ids,
            self.cut.operator_ids.ids,
            self.cut.working_operator_ids.ids,
        )

    def _try(self, name, user, context):
        """Try a door, with the gate and without: without, it has to open."""
        self.requirement.active = True
        model, method, params = self._doors()[name]
        before = self._state()
        if name == "import":
            status, answer = self._call(model, method, user, context=context, **params)
            self.assertEqual(status, 200, answer)
            self.assertFalse(answer["ids"])
            self.assertRegex(answer["messages"][0]["message"], "Saw")
        else:
            self._refused(
                r"Saw \(Able\)", model, method, user, context=context, **params
            )
        self.assertEqual(self._state(), before)
        self.requirement.active = False
        self.env.flush_all()
        with mute_logger("odoo.http"):
            status, answer = self._call(model, method, user, context=context, **params)
        self.assertEqual(status, 200, answer)
        self.assertNotEqual(self._state(), before)

    def test_every_door(self):
        for name in self._doors():
            for context in ({}, CRAFTED):
                with self.subTest(door=name, crafted=bool(context)):
                    self._try(name, self.user, context)

    def test_untracked(self):
        """The gate holds where the company does not ask who works, too."""
        self.company.mrp_operator_tracking = False
        for name in self._doors():
            with self.subTest(door=name):
                self._try(name, self.user, {})

    def test_somebody_who_is_no_operator(self):
        for tracking in (True, False):
            self.company.mrp_operator_tracking = tracking
            for name in self._doors():
                # the phone asks who it is
                if name != "own phone":
                    with self.subTest(door=name, tracking=tracking):
                        self._try(name, self.stranger, {})

    def test_moving_running_work(self):
        self.form._start_operators(self.bert)
        for vals in (
            {"workcenter_id": self.saw.id},
            {"operation_id": self.cut.operation_id.id, "workcenter_id": self.saw.id},
        ):
            self._refused("Saw", "mrp.workorder", "write", ids=self.form.ids, vals=vals)
        self.env.invalidate_all()
        self.assertEqual(self.form.workcenter_id, self.press)

    def test_moving_time(self):
        """Where time may be changed, it is not moved to where one may not work."""
        self.company.mrp_operator_tracking = False
        other = self.form
        values = self._prepare_log(
            workorder_id=other.id, workcenter_id=self.press.id, operator_id=self.bert.id
        )
        status, ids = self._call(
            "mrp.workcenter.productivity", "create", vals_list=[values]
        )
        self.assertEqual(status, 200, ids)
        self._refused(
            "Saw",
            "mrp.workcenter.productivity",
            "write",
            ids=ids,
            vals={"workorder_id": self.cut.id},
        )

    def test_reopening_a_clock(self):
        self.company.mrp_operator_tracking = False
        self.requirement.active = False
        log = self.env["mrp.workcenter.productivity"].create(
            self._prepare_log(operator_id=self.bert.id)
        )
        log.date_start -= timedelta(days=50)
        self.requirement.active = True
        self.env.flush_all()
        self._refused(
            "Saw",
            "mrp.workcenter.productivity",
            "write",
            ids=log.ids,
            vals={"date_end": False},
        )

    def test_requirements_are_not_for_users(self):
        for method, params in (
            ("write", {"ids": self.requirement.ids, "vals": {"active": False}}),
            ("unlink", {"ids": self.requirement.ids}),
            ("write", {"ids": self.requirement.ids, "vals": {"mode": "flag"}}),
        ):
            self._refused(".", "mrp.skill.requirement", method, **params)
        self.assertTrue(self.requirement.active)

    def test_own_skills(self):
        """Everybody may write his own skills; they do not count."""
        status, ids = self._call(
            "hr.employee.skill",
            "create",
            vals_list=[
                {
                    "employee_id": self.bert.id,
                    "skill_type_id": self.kind.id,
                    "skill_id": self.skill.id,
                    "skill_level_id": self.master.id,
                    "validated_by_id": self.supervisor.id,
                    "validated_progress": 100,
                }
            ],
        )
        self.assertEqual(status, 200, ids)
        row = self.env["hr.employee.skill"].browse(ids)
        self.assertFalse(row.validated_by_id)
        self._refused(
            "use Validate",
            "hr.employee.skill",
            "write",
            ids=ids,
            vals={"validated_by_id": self.supervisor.id},
        )
        self._refused(
            "Only supervisors", "hr.employee.skill", "action_validate", ids=ids
        )
        for model, record in (
            ("hr.skill.level", self.beginner),
            ("hr.skill.type", self.kind),
        ):
            self._refused(".", model, "write", ids=record.ids, vals={"name": "Mine"})
        self._refused(
            "not validated", "mrp.workorder", "button_start", ids=self.cut.ids
        )

    def test_overrides_are_not_forged(self):
        override = {
            "workorder_id": self.cut.id,
            "operator_id": self.bert.id,
            "requirement_id": self.requirement.id,
            "reason_id": self.reason.id,
            "state": "approved",
            "supervisor_id": self.supervisor.id,
        }
        context = CRAFTED | {f"default_{name}": key for name, key in override.items()}
        status, ids = self._call(
            "mrp.skill.override", "create", vals_list=[override], context=context
        )
        self.assertEqual(status, 200, ids)
        self._refused("Saw", "mrp.workorder", "button_start", ids=self.cut.ids)
        self._refused(
            "is a record",
            "mrp.skill.override",
            "write",
            ids=ids,
            vals={"state": "approved"},
            context=context,
        )
        for method in ("action_approve", "action_refuse"):
            self._refused("Only supervisors", "mrp.skill.override", method, ids=ids)
        self._refused(
            "does not allow", "mrp.skill.override", "action_break_glass", ids=ids
        )
        self._refused(".", "mrp.skill.override", "unlink", ids=ids)
        status, answer = self._call(
            "mrp.skill.override", "action_approve", self.supervisor, ids=ids
        )
        self.assertEqual(status, 200, answer)
        status, answer = self._call("mrp.workorder", "button_start", ids=self.cut.ids)
        self.assertEqual(status, 200, answer)
        self.env.invalidate_all()
        self.assertEqual(self.cut.working_operator_ids, self.bert)

    def test_exceptions_are_not_forged(self):
        vals = {"message": "x", "door": "stop", "mode": "flag", "kind": "crew"}
        for context in ({}, CRAFTED):
            self._refused(
                ".",
                "mrp.skill.exception",
                "create",
                vals_list=[vals | {"date": fields.Datetime.now()}],
                context=context,
            )

    def test_stopping_is_open(self):
        for method in ("button_pending", "button_finish", "action_mark_as_done"):
            order = self._make_order(self.bom, 1)
            cut = order.workorder_ids[:1]
            self.requirement.active = False
            cut._start_operators(self.bert)
            self.requirement.active = True
            self.env.flush_all()
            status, answer = self._call("mrp.workorder", method, ids=cut.ids)
            self.assertEqual(status, 200, answer)
            self.env.invalidate_all()
            self.assertFalse(cut.working_operator_ids)
            self.assertEqual(self._exceptions(cut).operator_id, self.bert, method)

    def test_completing_is_open(self):
        status, answer = self._call(
            "mrp.production", "button_mark_done", ids=self.order.ids
        )
        self.assertEqual(status, 200, answer)
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "done")
        self.assertEqual(set(self._exceptions().mapped("door")), {"close"})

    def test_matrix(self):
        status, answer = self._call("mrp.skill.requirement", "get_matrix")
        self.assertEqual(status, 200, answer)
        self.assertIn(
            self.anna.id, [operator["id"] for operator in answer["operators"]]
        )
