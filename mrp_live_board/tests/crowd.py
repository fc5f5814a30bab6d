"""Runs in flight by the thousand, made by SQL in an instant."""

from lxml import etree

from odoo import Command
from odoo.tools import SQL

WORKCENTERS = 30
OPERATIONS = 3
# operations that run at once; one order in so many waits for material
RUNNING = 200
SHORT_SHARE = 10


def get_specification(env):
    """:return: what the web client asks for the list of the board"""
    board = env["mrp.live.board"]
    arch = etree.fromstring(board.get_view(view_type="list")["arch"])
    specification = {}
    for node in arch.iter("field"):
        field = board._fields[node.get("name")]
        specification[field.name] = {}
        if field.type == "many2one":
            shown = not node.get("column_invisible")
            names = {"display_name": {}} if shown else {}
            specification[field.name] = {"fields": names}
    for name in ("expected_early", "expected_late", "is_late", "delay_reason"):
        specification.setdefault(name, {})
    return specification


class Crowd:
    """A factory with so many runs that nobody can look at each of them.

    :param env: environment of a superuser
    """

    def __init__(self, env):
        self.env = env
        self.workcenters = env["mrp.workcenter"].create(
            [{"name": f"Work center {number}"} for number in range(WORKCENTERS)]
        )
        self.order = self._make_order()

    def _make_order(self):
        component, product = self.env["product.product"].create(
            [{"name": name, "is_storable": True} for name in ("Milk", "Cheese")]
        )
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1,
                "bom_line_ids": [
                    Command.create({"product_id": component.id, "product_qty": 1})
                ],
                "operation_ids": [
                    Command.create(
                        {
                            "name": f"Operation {number}",
                            "workcenter_id": self.workcenters[number].id,
                            "time_cycle_manual": 5,
                            "sequence": number,
                        }
                    )
                    for number in range(OPERATIONS)
                ],
            }
        )
        order = self.env["mrp.production"].create(
            {"product_id": product.id, "bom_id": bom.id, "product_qty": 1}
        )
        order.action_confirm()
        self.env.flush_all()
        return order

    def make(self, runs):
        """Let so many runs be in flight: their operations wait at all work centers,
        some are running, some were done, some orders are short of material.
        """
        first = self._clone_orders(runs)
        self._clone_operations(first, runs)
        self._clone_components(first, runs)
        self._start_some(first, runs)
        self.env["mrp.calendar.axis"]._cron_refresh()
        self.env["mrp.operation.pace"]._cron_refresh()
        self.env.cr.execute(
            "ANALYZE mrp_production, mrp_workorder, mrp_workcenter_productivity, "
            "stock_move, mrp_workcenter, mrp_calendar_axis, "
            "mrp_calendar_axis_interval, mrp_operation_pace, mrp_board_operation, "
            "stock_location, stock_picking_type"
        )
        self.env.invalidate_all()
        return self.env["mrp.production"].browse(range(first, first + runs))

    def _clone(self, table, row_id, changes, source, *params):
        """Insert copies of a row, one per row of ``source``."""
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND column_name != 'id'",
            [table],
        )
        columns = [row[0] for row in self.env.cr.fetchall()]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s origin, (%s) n "
                "WHERE origin.id = %s RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(SQL.identifier(column) for column in columns),
                SQL(", ").join(
                    SQL(changes[column])
                    if column in changes
                    else SQL.identifier("origin", column)
                    for column in columns
                ),
                SQL.identifier(table),
                SQL(source, *params),
                row_id,
            )
        )
        return min(row[0] for row in self.env.cr.fetchall())

    def _clone_orders(self, runs):
        return self._clone(
            "mrp_production",
            self.order.id,
            {
                "name": "'RUN/' || n.n",
                "date_start": "now() AT TIME ZONE 'UTC' "
                "+ (n.n - 2000) * interval '2 minutes'",
                "date_finished": "now() AT TIME ZONE 'UTC' "
                "+ (n.n - 2000) * interval '2 minutes' + interval '1 day'",
                "date_deadline": "now() AT TIME ZONE 'UTC' "
                "+ (n.n - 1000) * interval '3 minutes'",
                "reservation_state": f"CASE WHEN n.n %% {SHORT_SHARE} = 0 "
                "THEN 'confirmed' ELSE 'assigned' END",
            },
            "SELECT generate_series(1, %s) AS n",
            runs,
        )

    def _clone_operations(self, first, runs):
        for place, workorder in enumerate(self.order.workorder_ids):
            self._clone(
                "mrp_workorder",
                workorder.id,
                {
                    "production_id": "n.n",
                    "workcenter_id": f"{self.workcenters[0].id} "
                    f"+ (n.n * 7 + {place} * 11) %% {WORKCENTERS}",
                    "duration_expected": "4 + n.n %% 9",
                },
                "SELECT generate_series(%s, %s) AS n",
                first,
                first + runs - 1,
            )

    def _clone_components(self, first, runs):
        self._clone(
            "stock_move",
            self.order.move_raw_ids.id,
            {
                "raw_material_production_id": "n.n",
                "state": f"CASE WHEN (n.n - {first - 1}) %% {SHORT_SHARE} = 0 "
                "THEN 'confirmed' ELSE 'assigned' END",
            },
            "SELECT generate_series(%s, %s) AS n",
            first,
            first + runs - 1,
        )

    def _start_some(self, first, runs):
        self.env.cr.execute(
            """
            UPDATE mrp_workorder
               SET state = 'done', date_finished = now() AT TIME ZONE 'UTC'
             WHERE production_id BETWEEN %(first)s AND %(started)s
               AND sequence = (SELECT MIN(sequence) FROM mrp_workorder
                                WHERE production_id = %(order)s);
            UPDATE mrp_production SET state = 'progress'
             WHERE id BETWEEN %(first)s AND %(started)s;
            UPDATE mrp_workorder SET state = 'progress'
             WHERE id IN (SELECT MIN(id) FROM mrp_workorder
                           WHERE production_id BETWEEN %(first)s AND %(running)s
                             AND state != 'done' GROUP BY production_id);
            INSERT INTO mrp_workcenter_productivity (
                workorder_id, workcenter_id, company_id, user_id, loss_id, date_start,
                date_end, duration, active
            )
            SELECT id, workcenter_id, %(company)s, %(user)s, %(loss)s,
                   now() AT TIME ZONE 'UTC' - interval '3 minutes',
                   CASE WHEN state = 'done' THEN now() AT TIME ZONE 'UTC' END, 0, TRUE
              FROM mrp_workorder
             WHERE production_id BETWEEN %(first)s AND %(started)s
               AND (state = 'done'
                    OR state = 'progress' AND production_id <= %(running)s)
            """,
            {
                "first": first,
                "started": first + runs // 5,
                "running": first + min(runs, RUNNING) - 1,
                "order": self.order.id,
                "company": self.order.company_id.id,
                "user": self.env.uid,
                "loss": self.env.ref("mrp.block_reason7").id,
            },
        )
