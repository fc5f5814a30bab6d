from datetime import datetime, timedelta

from odoo import Command

from odoo.addons.mrp_reason_code.tests.common import ReasonCommon

MONDAY = datetime(2026, 3, 2)


class BoardCommon(ReasonCommon):
    """Saw, press and paint, worked from eight to four in UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._make_calendar("Day shift", [(8, 16)])
        cls.centers = cls.saw | cls.press | cls.paint
        cls.centers.resource_calendar_id = cls.calendar
        cls.board = cls.env["mrp.live.board"]

    @classmethod
    def _make_calendar(cls, name, hours, tz="UTC", days=range(5), **values):
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "company_id": cls.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": f"{name} {day} {begin}",
                            "dayofweek": str(day),
                            "hour_from": begin,
                            "hour_to": end,
                            "day_period": "morning",
                        }
                    )
                    for day in days
                    for begin, end in hours
                ],
                **values,
            }
        )

    @classmethod
    def _lay_out(cls):
        cls.env["mrp.calendar.axis"]._cron_refresh()

    @classmethod
    def _plan(cls, minutes, start=MONDAY + timedelta(hours=8), bom=None, **values):
        """:return: order with an operation of so many minutes at each work center"""
        order = cls._make_order(bom or cls.bom, 10, date_start=start, **values)
        for workorder, duration in zip(order.workorder_ids, minutes, strict=False):
            workorder.duration_expected = duration
        (order.workorder_ids[len(minutes) :]).unlink()
        return order

    def _start(self, order, minutes):
        """Start the first operation, which Odoo then plans anew by its quantity."""
        workorder = order.workorder_ids[0]
        workorder.button_start()
        workorder.duration_expected = minutes
        return order

    def _get_row(self, order):
        self.env.flush_all()
        self.board.invalidate_model()
        return self.board.browse(order.id)

    def _get_expected(self, order):
        return self._get_row(order).expected_date

    def _log(self, workorder, begin, end=None, **values):
        return self.env["mrp.workcenter.productivity"].create(
            {
                "workorder_id": workorder.id,
                "workcenter_id": workorder.workcenter_id.id,
                "company_id": workorder.company_id.id,
                "loss_id": self.env.ref("mrp.block_reason7").id,
                "date_start": begin,
                "date_end": end,
                **values,
            }
        )
