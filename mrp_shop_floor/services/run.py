from odoo import fields

from . import asking, labels
from .base import Service
from .outputs import Outputs

MOST_LOTS = 30
MOST_NOTES = 10


class RunService(Service):
    """One operation: what to do, with what, and what came of it."""

    def open(self, workorder_id):
        """The operation, as it is now."""
        operator = self._get_sign_in().operator_id
        self._as_operator(operator)
        if not isinstance(workorder_id, int):
            workorder_id = 0
        workorder = self._get_workorders(operator, [("id", "=", workorder_id)])
        if not workorder:
            return self._answer(
                "my_work",
                message={
                    "kind": "warning",
                    "text": self.env._(
                        "This operation is not to be done any more, or not here."
                    ),
                },
            )
        run = self.describe(workorder, operator)[workorder.id]
        return self._answer(
            "run", {"run": run, "now": labels.moment(fields.Datetime.now())}
        )

    @staticmethod
    def summarize(workorder, operator):
        """:return: dict, the operation in a list"""
        order = workorder.production_id
        logs = workorder.time_ids.filtered(lambda log: not log.date_end)
        own = logs.filtered(lambda log: log.operator_id == operator)
        return {
            "id": workorder.id,
            "name": workorder.name,
            "order": order.name,
            "product": order.product_id.display_name,
            "lot": ", ".join(order.lot_producing_ids.mapped("name")),
            "state": workorder.state,
            "priority": order.priority == "1",
            "workcenter": workorder.workcenter_id.name,
            "quantity": order.product_qty,
            "unit": order.product_uom_id.name,
            "due": labels.moment(workorder.baseline_end or workorder.date_finished),
            "late": bool(
                workorder.baseline_end
                and workorder.baseline_end < fields.Datetime.now()
            ),
            "expected": workorder.duration_expected,
            "worked": sum(log.duration for log in workorder.time_ids if log.date_end),
            "running": bool(own),
            "since": labels.moment(own[:1].date_start) if own else False,
            "others": (logs.operator_id - operator).mapped("name"),
        }

    def describe(self, workorders, operator):
        """:return: dict from ids to dicts, all that the screens of a run show"""
        self._warm_up(workorders)
        problems = workorders._get_start_problems(operator)
        stuck = workorders.filtered(lambda wo: wo in problems)
        ways = asking.describe_ways(stuck, operator)
        signatures = workorders._get_signatures()
        help_asked = asking.describe_help(workorders, operator)
        reasons = self._get_reasons()
        lots = self._get_lots(workorders)
        notes = self._get_notes(workorders.production_id)
        uoms = self.env["uom.uom"].search([])
        runs = {}
        for workorder in workorders:
            order = workorder.production_id
            instruction = workorder._get_instruction()
            outputs = Outputs(workorder, uoms)
            runs[workorder.id] = self.summarize(workorder, operator) | {
                "blocked": workorder.working_state == "blocked",
                "problems": problems.get(workorder, []),
                "good": workorder.qty_good,
                "scrapped": workorder.qty_scrapped,
                "in_rework": workorder.qty_in_rework,
                "outputs": outputs.describe(),
                "reason_required": order.company_id.mrp_scrap_reason_required,
                "ask_pause": order.company_id.mrp_delay_tracking,
                "reasons": self._choose_reasons(reasons, workorder),
                "declared": outputs.describe_declared(),
                "notes": notes.get(order, []),
                "materials": self._get_materials(workorder, lots),
                "instruction": self._get_instruction(instruction),
                "note": workorder.handover_note or "",
                "signs": signatures.get(workorder, False),
                "ask": ways.get(workorder, False),
                "help": help_asked.get(workorder, False),
                "late_after": labels.moment(asking.get_late_after(workorder)),
            }
        return runs

    def _warm_up(self, workorders):
        """Read of all of them at once what is told of each."""
        orders = workorders.production_id
        moves = orders.move_raw_ids | orders.move_finished_ids
        moves.fetch(["state", "product_id", "product_uom_qty", "quantity"])
        moves.move_line_ids.fetch(["quantity", "picked", "lot_id", "product_uom_id"])
        orders.operation_quantity_ids.fetch(["kind", "quantity", "reversed"])

    def _get_instruction(self, instruction):
        if not instruction:
            return False
        return {
            "id": instruction.id,
            "version": instruction.version,
            "body": instruction.body or "",
            "document": instruction.document
            and f"/web/content/mrp.operation.instruction/{instruction.id}/document",
            "document_name": instruction.document_name or "",
        }

    def _get_notes(self, orders):
        """:return: dict from orders to what was noted about them on phones"""
        # sudo: operators see no taps; what colleagues noted about the run is for them
        events = self.env["mrp.shop.floor.event"].sudo()
        told = {}
        for event in events.search(
            [
                ("workorder_id.production_id", "in", orders.ids),
                ("kind", "in", ("note", "photo")),
                ("state", "=", "done"),
            ]
        ):
            notes = told.setdefault(event.workorder_id.production_id, [])
            if len(notes) < MOST_NOTES:
                notes.append(
                    {
                        "id": event.id,
                        "text": event.payload.get("text") or "",
                        "by": event.operator_id.name,
                        "at": labels.moment(event.date),
                        "photo": event.kind == "photo"
                        and f"/mrp_shop_floor/photo/{event.uuid}",
                    }
                )
        return told

    # Reasons

    def _get_reasons(self):
        # sudo: operators need no access to reasons, only those that fit are told
        return self.env["mrp.reason"].sudo().search([("usable", "=", True)])

    def _choose_reasons(self, reasons, workorder):
        """:return: dict from what happened to the reasons that fit, favorites first"""
        favorites = workorder.workcenter_id.favorite_reason_ids
        chosen = {}
        for kind, categories in (
            ("pause", ("delay", "downtime")),
            ("block", ("downtime",)),
            ("scrap", ("scrap",)),
            ("rework", ("rework",)),
        ):
            fitting = reasons.filtered(
                lambda r, categories=categories: (
                    r.category in categories
                    and not r._get_misuse(
                        categories,
                        workorder.company_id,
                        workorder.workcenter_id,
                        workorder.production_id.product_id,
                        "note",
                    )
                )
            )
            chosen[kind] = [
                labels.reason(r, favorites)
                for r in fitting.sorted(lambda r: r not in favorites)
            ]
        return chosen

    # Materials

    def _get_moves(self, workorder):
        """:return: materials of the operation, and those of none"""
        return workorder.production_id.move_raw_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and (not move.workorder_id or move.workorder_id == workorder)
            )
        )

    def _get_materials(self, workorder, lots):
        materials = []
        for move in self._get_moves(workorder):
            product = move.product_id
            # what Odoo fills in by itself was not scanned
            picked = move.manual_consumption and move.move_line_ids.filtered("picked")
            picked = picked or move.move_line_ids.browse()
            materials.append(
                {
                    "id": move.id,
                    "product": product.display_name,
                    "tracking": product.tracking,
                    "codes": [
                        code for code in (product.barcode, product.default_code) if code
                    ],
                    "needed": move.should_consume_qty or move.product_uom_qty,
                    "done": sum(
                        line.product_uom_id._compute_quantity(
                            line.quantity, move.product_uom, round=False
                        )
                        for line in picked
                    ),
                    "unit": move.product_uom.name,
                    "lots": lots.get(product, []) if product.tracking != "none" else [],
                    "used": sorted(set(picked.lot_id.mapped("name"))),
                    "reserved": move.move_line_ids.lot_id.mapped("name"),
                }
            )
        return materials

    def _get_lots(self, workorders):
        """:return: dict from product to the lots that are there, usable or not"""
        # sudo: operators see no stock moves; what they may issue is told them
        moves = self.env["stock.move"].sudo()
        for workorder in workorders:
            moves |= self._get_moves(workorder)
        tracked = moves.filtered(lambda m: m.product_id.tracking != "none")
        if not tracked:
            return {}
        # sudo: operators have no rights of stock; names of lots of what they use
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", tracked.product_id.ids),
                    ("location_id", "child_of", tracked.location_id.ids),
                    ("lot_id", "!=", False),
                    ("quantity", ">", 0),
                ],
                ["product_id", "lot_id"],
            )
        )
        all_lots = self.env["stock.lot"].sudo().browse([lot.id for _p, lot in groups])
        held = all_lots._filter_held()
        lots = {}
        for product, lot in groups:
            known = lots.setdefault(product, [])
            if len(known) < MOST_LOTS:
                known.append({"name": lot.name, "usable": lot not in held})
        return lots
