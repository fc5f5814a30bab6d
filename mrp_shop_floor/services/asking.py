"""What somebody asked a supervisor for, and what became of it."""

from datetime import timedelta

from odoo import fields

from . import labels

#: how long an answer is shown
SHOWN = timedelta(hours=4)


def describe_help(workorders, operator):
    """:param workorders: as superuser
    :return: dict from operation to dict about the help that was asked for there last
    """
    requests = (
        workorders.env["mrp.shop.floor.help"]
        .search(
            [
                ("workorder_id", "in", workorders.ids),
                ("operator_id", "=", operator.id),
                "|",
                ("state", "=", "open"),
                ("answered_date", ">", fields.Datetime.now() - SHOWN),
            ],
        )
        .grouped("workorder_id")
    )
    topics = dict(
        workorders.env["mrp.shop.floor.help"]
        ._fields["topic"]
        ._description_selection(workorders.env)
    )
    return {
        workorder: {
            "topic": topics[found[:1].topic],
            "at": labels.moment(found[:1].date),
            "asked": found[:1]._get_asked_names(),
            "answer": found[:1].answer or "",
            "by": found[:1].answered_by_id.name or "",
            "answered_at": labels.moment(found[:1].answered_date),
        }
        for workorder, found in requests.items()
    }


def describe_ways(workorders, operator):
    """:param workorders: as superuser, that can not be started
    :return: dict from operation to dict about whom to ask to do it all the same
    """
    ways = workorders._get_ways_out(operator) if workorders else {}
    return {
        workorder: {
            "who": way["who"],
            "waits": way["waits"],
            "refused": way["override"].state == "refused",
            "at": labels.moment(way["override"].request_date),
        }
        for workorder, way in ways.items()
    }


def get_late_after(workorder):
    """:return: datetime from which finishing the operation counts as late"""
    company = workorder.company_id
    if not workorder.baseline_end or not company.mrp_delay_tracking:
        return False
    return workorder.baseline_end + timedelta(minutes=company.mrp_delay_tolerance)
