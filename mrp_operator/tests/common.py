from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, settings

from odoo.tests import new_test_user

from odoo.addons.mrp_reason_code.tests.common import ReasonCommon

OPERATOR = "mrp_operator.mrp_operator_group_operator"
SUPERVISOR = "mrp_operator.mrp_operator_group_supervisor"
# a Monday
DAY = datetime(2025, 3, 3)


def at(hour, minute=0, second=0, day=0):
    """:return: datetime on the day of the tests, or days later"""
    return DAY + timedelta(days=day, hours=hour, minutes=minute, seconds=second)


def batches(count):
    """Hypothesis draws seeds, the same every time, and names one that fails."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


class OperatorCommon(ReasonCommon):
    """Three operators in a company that tracks them, and an order to work on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_operator_tracking = True
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Weekdays", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.anna, cls.bert, cls.cora = (
            cls._make_operator(name, hourly_cost=cost)
            for name, cost in (("Anna", 30), ("Bert", 24), ("Cora", 18))
        )
        cls.order = cls._make_order(cls.bom, 10)
        cls.cut, cls.form, cls.coat = cls.order.workorder_ids
        cls.override_reason = cls._make_reason("T-OV", "override")

    @classmethod
    def _make_operator(cls, name, **values):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "is_operator": True,
                "company_id": cls.company.id,
                "resource_calendar_id": cls.calendar.id,
                "tz": "UTC",
                **values,
            }
        )

    @classmethod
    def _make_user(cls, login, groups, operator=None):
        user = new_test_user(
            cls.env,
            login,
            groups=f"base.group_user,{groups}",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        if operator:
            operator.user_id = user
        return user

    @classmethod
    def _log(cls, workorder, operator, start, end, **values):
        """Time that was recorded by hand or by another system."""
        return cls.env["mrp.workcenter.productivity"].create(
            {
                "workorder_id": workorder.id,
                "workcenter_id": workorder.workcenter_id.id,
                "company_id": workorder.company_id.id,
                "loss_id": cls.env.ref("mrp.block_reason7").id,
                "operator_id": operator.id if operator else False,
                "date_start": start,
                "date_end": end,
                **values,
            }
        )
