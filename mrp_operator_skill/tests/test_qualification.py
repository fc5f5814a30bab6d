from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError

from .common import SkillCommon


class TestQualification(SkillCommon):
    """Who is qualified, and when."""

    def test_nothing_is_asked_for(self):
        self.assertEqual(
            self.form._get_qualification_problems(self.bert), {self.form: []}
        )
        self.assertEqual(self.form.qualification_state, "free")

    def test_qualified(self):
        self.assertFalse(self._problems(self.anna))
        [problem] = self._problems(self.bert)
        self.assertEqual(problem["operator_id"], self.bert.id)
        self.assertEqual(problem["requirement_id"], self.requirement.id)
        self.assertEqual(problem["mode"], "block")
        self.assertIn("Bert is not qualified for Cut", problem["message"])

    def test_one_level_below(self):
        self._qualify(self.bert, self.beginner)
        self.assertIn("too low a level", self._problems(self.bert)[0]["message"])

    def test_unvalidated(self):
        self._hold(self.bert, self.master)
        self.assertIn("not validated", self._problems(self.bert)[0]["message"])

    def test_ended_yesterday_and_valid_tomorrow(self):
        self._qualify(self.bert, end=-1)
        self._qualify(self.cora, start=1)
        self.assertIn("ended on", self._problems(self.bert)[0]["message"])
        self.assertIn("valid only from", self._problems(self.cora)[0]["message"])

    def test_a_requirement_of_the_operation(self):
        self._make_requirement(operation_id=self.form.operation_id.id)
        problems = self.form._get_qualification_problems(self.anna | self.bert)
        self.assertEqual(
            [each["operator_id"] for each in problems[self.form]], [self.bert.id]
        )

    def test_archived_requirement(self):
        self.requirement.active = False
        self.assertFalse(self._problems(self.bert))

    def test_nobody(self):
        [problem] = self._problems()
        self.assertFalse(problem["operator_id"])
        self.assertEqual(problem["kind"], "nobody")

    def test_levels_of_another_type(self):
        other = self.env["hr.skill.type"].create(
            {
                "name": "Languages",
                "skill_ids": [Command.create({"name": "German"})],
                "skill_level_ids": [
                    Command.create({"name": "C2", "level_progress": 100})
                ],
            }
        )
        with self.assertRaisesRegex(ValidationError, "no level of Saw"):
            self.requirement.skill_level_id = other.skill_level_ids

    def test_a_changed_definition_lifts_nobody(self):
        self._qualify(self.bert, self.beginner)
        self.beginner.level_progress = 100
        self.assertEqual(self._kinds(self.bert), ["lacking"])
        self.able.level_progress = 10
        self.assertEqual(self._kinds(self.bert), ["lacking"])
        self.assertFalse(self._kinds(self.anna))

    def test_copied_recipes_ask_for_the_same(self):
        self._make_requirement(operation_id=self.form.operation_id.id)
        copy = self.bom.copy()
        operation = copy.operation_ids.filtered(lambda each: each.name == "Form")
        self.assertEqual(operation.skill_requirement_ids.skill_id, self.skill)
        self.assertEqual(operation.skill_requirement_ids.minimum_progress, 60)

    def test_candidates(self):
        self._qualify(self.cora)
        self.env["mrp.operator.presence"].sudo().create(
            {
                "operator_id": self.cora.id,
                "workcenter_id": self.saw.id,
                "company_id": self.company.id,
                "date_start": datetime.now(),
            }
        )
        self.assertEqual(self.cut.present_candidate_ids, self.cora)
        self.assertEqual(self.cut.absent_candidate_ids, self.anna)

    def test_whoever_sees_the_work_order_sees_who_may_do_it(self):
        for user in (self.user, self.supervisor, self._make_user("somebody")):
            self.env.invalidate_all()
            [values] = self.cut.with_user(user).read(
                [
                    "qualification_state",
                    "qualification_message",
                    "skill_requirement_ids",
                    "present_candidate_ids",
                    "absent_candidate_ids",
                    "skill_override_ids",
                    "skill_exception_ids",
                ]
            )
            self.assertEqual(values["absent_candidate_ids"], self.anna.ids)
            self.assertEqual(values["skill_requirement_ids"], self.requirement.ids)

    def test_constant_queries(self):
        orders = self.env["mrp.production"].union(
            *(self._make_order(self.bom, 1) for _number in range(6))
        )
        for order in orders:
            order.workorder_ids.operator_ids = self.anna

        def ask(workorders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            workorders.browse(workorders.ids)._get_qualification_problems()
            return self.env.cr.sql_log_count - before

        ask(orders.workorder_ids)
        few, many = ask(orders[:1].workorder_ids), ask(orders.workorder_ids)
        self.assertLessEqual(many, few)


class TestDays(SkillCommon):
    """The day of the work, where the work is done, when the shift began."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Nights in Auckland",
                "tz": "Pacific/Auckland",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Night",
                                "dayofweek": str(day),
                                "hour_from": begin,
                                "hour_to": end,
                                "day_period": "morning",
                            }
                        )
                        for day in range(7)
                        for begin, end in ((0, 6), (22, 24))
                    ),
                ],
            }
        )
        cls.saw.resource_calendar_id = cls.calendar
        # 10 June 2026 in Auckland is twelve hours before UTC
        cls.day = datetime(2026, 6, 10).date()

    def _at(self, hour, day=10):
        """:return: UTC of an hour in Auckland in June"""
        return datetime(2026, 6, day) + timedelta(hours=hour - 12)

    def test_the_time_zone_of_the_work_center(self):
        self._qualify(self.bert, start=self.day, end=self.day)
        for hour, kinds in (
            (-3, ["lacking"]),
            (9, []),
            (21, []),
            (22, []),
            (24 + 7, ["lacking"]),
        ):
            self.assertEqual(
                self._kinds(self.bert, at=self._at(hour)), kinds, f"hour {hour}"
            )

    def test_a_night_shift_may_be_finished(self):
        self._qualify(self.bert, start=self.day, end=self.day)
        self.assertFalse(self._kinds(self.bert, at=self._at(24 + 5.9)))
        self.assertEqual(self._kinds(self.bert, at=self._at(24 + 6.1)), ["lacking"])
        # nor does somebody start the night before
        self.assertEqual(self._kinds(self.bert, at=self._at(3)), ["lacking"])

    def test_without_calendar(self):
        self.saw.resource_calendar_id = False
        self.saw.tz = "Pacific/Auckland"
        self.assertEqual(self.saw._get_qualification_day(self._at(0)), self.day)
        self.assertEqual(
            self.saw._get_qualification_day(self._at(-0.1)),
            self.day - timedelta(days=1),
        )

    def test_default_start_of_a_certificate(self):
        """Core's default is the day on which the server was started."""
        with (
            freeze_time("2031-05-05 10:00:00"),
            patch.object(self.env.cr, "now", return_value=datetime(2031, 5, 5, 10)),
        ):
            row = self.env["hr.employee.skill"].new({"employee_id": self.bert.id})
            self.assertEqual(str(row.valid_from), "2031-05-05")


class TestCrews(SkillCommon):
    """At least one, so many, two persons, trainees."""

    def test_trainee(self):
        self.requirement.trainee_allowed = True
        self._qualify(self.bert, self.beginner)
        self.assertEqual(self._kinds(self.bert), ["untrained"])
        self.assertFalse(self._kinds(self.bert, self.anna))
        self.cut._start_operators(self.anna)
        self.cut._start_operators(self.bert)
        self.assertEqual(self.cut.working_operator_ids, self.anna | self.bert)

    def test_trainer_on_another_operation(self):
        self.requirement.trainee_allowed = True
        self._qualify(self.bert, self.beginner)
        self.form._start_operators(self.anna)
        self.assertEqual(self._kinds(self.bert), ["untrained"])

    def test_trainer_level(self):
        self.requirement.write(
            {"trainee_allowed": True, "trainer_level_id": self.master.id}
        )
        self._qualify(self.bert, self.beginner)
        self.assertEqual(self._kinds(self.bert, self.anna), ["untrained"])
        self._qualify(self.cora, self.master)
        self.assertFalse(self._kinds(self.bert, self.anna, self.cora))

    def test_at_least_one(self):
        self.requirement.scope = "one"
        self.assertEqual(self._kinds(self.bert), ["crew"])
        self.assertFalse(self._kinds(self.bert, self.anna))
        self.cut._start_operators(self.anna)
        self.assertFalse(self._kinds(self.bert))

    def test_so_many(self):
        self.requirement.write({"scope": "count", "crew_count": 2})
        self.assertEqual(self._kinds(self.anna, self.bert), ["crew", "crew"])
        self._qualify(self.cora)
        self.assertFalse(self._kinds(self.anna, self.bert, self.cora))

    def test_two_persons(self):
        self.requirement.write({"scope": "one", "two_person": True})
        self.assertEqual(self._kinds(self.anna), ["alone"])
        self.assertFalse(self._kinds(self.anna, self.bert))

    def test_left_alone(self):
        """Leaving is never refused, but recorded for who stays."""
        self.requirement.trainee_allowed = True
        self._qualify(self.bert, self.beginner)
        self.cut._start_operators(self.anna | self.bert)
        self.cut._stop_operators(self.anna)
        exception = self._exceptions()
        self.assertEqual(exception.operator_id, self.bert)
        self.assertEqual(exception.kind, "untrained")
        self.assertEqual(exception.door, "stop")

    def test_handing_over_to_another_trainer(self):
        self.requirement.trainee_allowed = True
        self._qualify(self.bert, self.beginner)
        self._qualify(self.cora)
        self.cut._start_operators(self.anna | self.bert)
        self.cut._hand_over(self.anna, self.cora)
        self.assertFalse(self._exceptions())
        self.assertEqual(self.cut.working_operator_ids, self.bert | self.cora)

    def test_leaving_together(self):
        self.requirement.write({"scope": "count", "crew_count": 2})
        self._qualify(self.bert)
        self.cut._start_operators(self.anna | self.bert)
        self.cut._stop_operators()
        self.assertFalse(self._exceptions())
