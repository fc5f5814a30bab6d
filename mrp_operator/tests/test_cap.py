from datetime import timedelta

from freezegun import freeze_time

from .common import OperatorCommon, at


class TestCap(OperatorCommon):
    """The calendar: weekdays from 8 to 12 and from 13 to 17."""

    def _start(self, moment, operators):
        with freeze_time(moment):
            self.cut._start_operators(operators)
            self.env["mrp.operator.presence"]._sign_in(operators, self.saw)

    def _run(self, moment):
        with freeze_time(moment):
            done, remaining = self.env["mrp.workcenter.productivity"]._cap_clocks()
        self.assertFalse(remaining)
        return done

    def test_end_of_shift(self):
        self.company.mrp_shift_supervisor_id = self.user
        self._start(at(9), self.anna | self.bert)
        self.assertEqual(self._run(at(17, 30)), 0)
        self.assertEqual(self._run(at(18, 1)), 2)
        logs = self.cut.time_ids
        self.assertEqual(set(logs.mapped("date_end")), {at(9, 10), at(17)})
        self.assertTrue(all(logs.mapped("is_capped")))
        self.assertEqual(sum(logs.mapped("seconds")), 2 * 8 * 3600)
        presences = self.env["mrp.operator.presence"].search(
            [("operator_id", "in", (self.anna | self.bert).ids)]
        )
        self.assertEqual(set(presences.mapped("date_end")), {at(17)})
        self.assertTrue(all(presences.mapped("is_capped")))
        activities = self.order.activity_ids
        self.assertEqual(activities.user_id, self.user)
        self.assertEqual(len(activities), 2)
        self.assertIn("Anna", "".join(activities.mapped("summary")))
        self.assertEqual(self._run(at(19)), 0)

    def test_longest_shift(self):
        """Whoever starts in the evening is not at work until the next afternoon."""
        self._start(at(18), self.anna)
        self.assertEqual(self._run(at(6, 59, day=1)), 0)
        self.assertEqual(self._run(at(7, 1, day=1)), 1)
        self.assertEqual(max(self.cut.time_ids.mapped("date_end")), at(6, day=1))

    def test_no_calendar(self):
        self.anna.resource_calendar_id = False
        self._start(at(9), self.anna)
        self.assertEqual(self._run(at(21, 30)), 0)
        self.assertEqual(self._run(at(22, 1)), 1)

    def test_not_tracked(self):
        self._start(at(9), self.anna)
        self.company.mrp_operator_tracking = False
        self.assertEqual(self._run(at(20)), 0)

    def test_supervisor_corrects(self):
        self._start(at(9), self.anna)
        self._run(at(18, 1))
        log = self.cut.time_ids.filtered(lambda log: log.date_end == at(17))
        log._correct({"date_end": at(16)}, self.override_reason)
        self.assertTrue(log.is_capped)
        self.assertEqual(log.correction_ids.old_date_end, at(17))

    def test_shares_no_more(self):
        """What is done after the shift shared time with the clock while that ran."""
        self._start(at(9), self.anna)
        with freeze_time(at(19, 30)):
            later = self._log(self.form, self.anna, at(18), at(19))
        self.assertEqual(later.seconds, 1800)
        self._run(at(20))
        self.assertEqual((later.seconds, later.overtime_seconds), (3600, 3600))

    def test_limit(self):
        self._start(at(9), self.anna | self.bert)
        with freeze_time(at(20)):
            logs = self.env["mrp.workcenter.productivity"]
            self.assertEqual(logs._cap_clocks(limit=1), (1, 1))
            self.assertEqual(logs._cap_clocks(limit=1), (1, 0))

    def test_shift_of_another_time_zone(self):
        self.anna.tz = "America/New_York"
        self._start(at(14), self.anna)
        end = self.anna._get_shift_end(at(14))
        self.assertEqual(end, at(17) + timedelta(hours=5))
