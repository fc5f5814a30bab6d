from datetime import date, datetime, timedelta
from itertools import combinations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools import (
    ALONE,
    CREW,
    EXPIRING,
    LACKING,
    MISSING,
    NOBODY,
    OK,
    TRAINEE,
    UNTRAINED,
    Demand,
    Holding,
    Level,
    combine,
    get_work_day,
    judge_crew,
    rate,
)
from ..tools.rating import Rating

DAY = date(2026, 3, 10)


def examples(count):
    """Hypothesis draws the same every time, and names what fails."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


def hours(day, *spans):
    """:return: working times of a March day, from and to hours"""
    midnight = datetime(2026, 3, day)
    return [
        (
            midnight + timedelta(hours=begin),
            midnight + timedelta(hours=end, microseconds=-1 if end == 24 else 0),
        )
        for begin, end in spans
    ]


class TestShift(BaseCase):
    def _day(self, intervals, hour, day=10):
        return get_work_day(intervals, datetime(2026, 3, day) + timedelta(hours=hour))

    def test_night_shift_counts_for_its_evening(self):
        night = [
            *hours(9, (0, 6), (22, 24)),
            *hours(10, (0, 6), (22, 24)),
        ]
        self.assertEqual(self._day(night, 5), date(2026, 3, 9))
        self.assertEqual(self._day(night, 0), date(2026, 3, 9))
        self.assertEqual(self._day(night, 22), DAY)
        # the shift is over: who starts now starts today
        self.assertEqual(self._day(night, 6.5), DAY)

    def test_break_is_part_of_the_shift(self):
        night = [*hours(9, (22, 24)), *hours(10, (0, 2), (2.5, 6))]
        self.assertEqual(self._day(night, 5), date(2026, 3, 9))
        self.assertEqual(self._day(night, 2.25), date(2026, 3, 9))

    def test_shifts_that_follow_at_once(self):
        shifts = [
            *hours(9, (0, 6), (6, 14), (14, 22), (22, 24)),
            *hours(10, (0, 6), (6, 14), (14, 22), (22, 24)),
        ]
        self.assertEqual(self._day(shifts, 3), date(2026, 3, 9))
        self.assertEqual(self._day(shifts, 6), DAY)
        self.assertEqual(self._day(shifts, 23), DAY)

    def test_open_day_and_night(self):
        always = [*hours(9, (0, 24)), *hours(10, (0, 24))]
        self.assertEqual(self._day(always, 3), DAY)

    def test_two_shifts_with_a_gap_are_not_one(self):
        shifts = [*hours(9, (22, 24)), *hours(10, (0, 6), (7, 15))]
        self.assertEqual(self._day(shifts, 8), DAY)
        self.assertEqual(self._day(shifts, 5), date(2026, 3, 9))

    def test_no_working_time(self):
        self.assertEqual(self._day([], 3), DAY)

    @examples(200)
    @given(st.integers(0, 47), st.integers(1, 12), st.integers(0, 23))
    def test_the_shift_one_is_in_began_today_or_yesterday(self, begin, length, hour):
        start = datetime(2026, 3, 9) + timedelta(hours=begin)
        times = [(start, start + timedelta(hours=length))]
        moment = datetime(2026, 3, 10, hour)
        found = get_work_day(times, moment)
        if start <= moment < times[0][1]:
            self.assertEqual(found, start.date())
        else:
            self.assertEqual(found, moment.date())


class TestRating(BaseCase):
    def _rate(self, *holdings, level=None, soon=0):
        return rate(
            [Holding(*holding) for holding in holdings],
            level or Level(60),
            DAY,
            DAY + timedelta(days=soon),
        )

    def _span(self, start, end):
        return DAY + timedelta(days=start), end is not None and (
            DAY + timedelta(days=end)
        )

    def test_edges_of_validity(self):
        for start, end, status, why in (
            (0, 10, OK, ""),
            (-5, None, OK, ""),
            (1, 10, MISSING, "future"),
            (-10, -1, MISSING, "expired"),
        ):
            rating = self._rate((60, *self._span(start, end), True))
            self.assertEqual((rating.status, rating.why), (status, why), (start, end))
        self.assertEqual(self._rate((60, *self._span(-10, 0), True)).is_fit, True)

    def test_level(self):
        self.assertEqual(self._rate((59, None, None, True)).why, "level")
        self.assertTrue(self._rate((60, None, None, True)).is_fit)

    def test_unvalidated(self):
        rating = self._rate((100, None, None, False), (20, None, None, True))
        self.assertEqual((rating.status, rating.why), (MISSING, "unvalidated"))

    def test_certificate_has_an_end(self):
        level = Level(60, certificate=True)
        self.assertEqual(self._rate((60, None, None, True), level=level).why, "endless")
        self.assertTrue(self._rate((60, *self._span(0, 1), True), level=level).is_fit)

    def test_expiring(self):
        soon = self._rate((60, *self._span(-9, 30), True), soon=30)
        self.assertEqual((soon.status, soon.when), (EXPIRING, DAY + timedelta(30)))
        self.assertEqual(
            self._rate((60, *self._span(-9, 31), True), soon=30).status, OK
        )
        renewed = self._rate(
            (60, *self._span(-9, 3), True), (60, *self._span(0, 99), True), soon=30
        )
        self.assertEqual(renewed.status, OK)

    def test_trainee(self):
        held = (20, None, None, True)
        self.assertEqual(self._rate(held).status, MISSING)
        self.assertEqual(self._rate(held, level=Level(60, trainee=0)).status, TRAINEE)
        self.assertEqual(self._rate(held, level=Level(60, trainee=21)).status, MISSING)
        self.assertEqual(
            self._rate((20, None, None, False), level=Level(60, trainee=0)).status,
            MISSING,
        )

    def test_trainer(self):
        level = Level(60, trainer=100)
        self.assertFalse(self._rate((60, None, None, True), level=level).trainer)
        self.assertTrue(self._rate((100, None, None, True), level=level).trainer)

    def test_combine(self):
        ratings = [Rating(OK), Rating(EXPIRING, when=DAY), Rating(TRAINEE)]
        self.assertEqual(combine(ratings).status, TRAINEE)
        self.assertEqual(combine(ratings[:2]).status, EXPIRING)


def fit(trainer=True):
    return Rating(OK, trainer=trainer)


class TestCrew(BaseCase):
    def _judge(self, demand, ratings, coming=None, overridden=()):
        return judge_crew(
            demand, list(ratings), coming or list(ratings), ratings, overridden
        )

    def test_each(self):
        ratings = {"a": fit(), "b": Rating(MISSING)}
        self.assertEqual(self._judge(Demand(), ratings), [("b", LACKING)])
        self.assertEqual(self._judge(Demand(), ratings, ["a"]), [])
        self.assertEqual(self._judge(Demand(), ratings, overridden=["b"]), [])

    def test_trainee_needs_somebody_else_who_trains(self):
        trainee = Rating(TRAINEE, trainer=True)
        self.assertEqual(self._judge(Demand(), {"a": trainee}), [("a", UNTRAINED)])
        self.assertEqual(self._judge(Demand(), {"a": trainee, "b": fit()}), [])
        self.assertEqual(
            self._judge(Demand(), {"a": Rating(TRAINEE), "b": fit(trainer=False)}),
            [("a", UNTRAINED)],
        )

    def test_an_override_does_not_make_a_trainer(self):
        ratings = {"a": Rating(TRAINEE), "b": Rating(MISSING)}
        self.assertEqual(
            self._judge(Demand(), ratings, overridden=["b"]), [("a", UNTRAINED)]
        )

    def test_two_persons(self):
        demand = Demand(two_person=True)
        self.assertEqual(self._judge(demand, {"a": fit()}), [("a", ALONE)])
        self.assertEqual(self._judge(demand, {"a": fit(), "b": fit()}), [])

    def test_nobody(self):
        self.assertEqual(self._judge(Demand(), {}), [(None, NOBODY)])

    @examples(400)
    @given(
        st.lists(
            st.sampled_from([OK, EXPIRING, TRAINEE, MISSING]), min_size=1, max_size=6
        ),
        st.sampled_from(["one", "count"]),
        st.integers(1, 5),
        st.booleans(),
        st.sets(st.integers(0, 5)),
    )
    def test_crew_against_an_oracle(self, statuses, scope, count, two_person, passed):
        crew = range(len(statuses))
        passed = {who for who in crew if who in passed}
        ratings = {who: Rating(status) for who, status in enumerate(statuses)}
        demand = Demand(scope, count, two_person)
        wanted = 1 if scope == "one" else count
        # every group that would do, one by one
        enough = any(
            all(statuses[who] in (OK, EXPIRING) or who in passed for who in group)
            for group in combinations(crew, wanted)
        )
        expected = set()
        if not enough:
            expected = {(who, CREW) for who in crew if who not in passed}
        elif two_person and len(statuses) == 1 and not passed:
            expected = {(0, ALONE)}
        self.assertEqual(set(self._judge(demand, ratings, overridden=passed)), expected)

    @examples(200)
    @given(
        st.lists(
            st.tuples(st.sampled_from([OK, TRAINEE, MISSING]), st.booleans()),
            min_size=1,
            max_size=6,
        )
    )
    def test_each_against_an_oracle(self, people):
        ratings = {
            who: Rating(status, trainer=trains and status == OK)
            for who, (status, trains) in enumerate(people)
        }
        for who, what in self._judge(Demand(), ratings):
            status = people[who][0]
            others = [each for each in ratings if each != who]
            trained = any(ratings[other].trainer for other in others)
            self.assertNotEqual(status, OK)
            self.assertFalse(status == TRAINEE and trained)
            self.assertEqual(what, UNTRAINED if status == TRAINEE else LACKING)
