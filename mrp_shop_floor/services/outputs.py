from . import labels

MOST_DECLARED = 40
MOST_UNITS = 8
MOST_LOTS = 8


class Outputs:
    """What comes out of an operation: told to a phone and found by its taps.

    :param workorder: ``mrp.workorder`` as superuser
    :param uoms: all units, where several operations are told about
    """

    def __init__(self, workorder, uoms=None):
        self.env = workorder.env
        self.uoms = uoms
        self.workorder = workorder
        self.order = workorder.production_id

    @property
    def is_last(self):
        """Its good units are the output of the order."""
        later = self.order.workorder_ids.filtered(
            lambda wo: wo.state not in ("done", "cancel") and wo != self.workorder
        )
        return not later.filtered(
            lambda wo: (
                self.workorder in wo.blocked_by_workorder_ids
                or (not wo.blocked_by_workorder_ids and self._is_before(wo))
            )
        )

    def _is_before(self, other):
        mine, others = self.workorder, other
        return (mine.sequence, mine.id) < (others.sequence, others.id)

    def get_moves(self):
        """:return: ``stock.move``, the main product first; without it where later
        operations work on it
        """
        operation = self.workorder.operation_id
        downgrades = self.order.operation_quantity_ids.downgrade_move_id
        moves = self.order.move_finished_ids.filtered(
            lambda m: (
                m.state not in ("done", "cancel")
                and m not in downgrades
                and m.has_tracking != "serial"
            )
        )
        main = moves.filtered(lambda m: m.product_id == self.order.product_id)[:1]
        others = moves.filtered(
            lambda m: (
                m.product_id != self.order.product_id
                and m.operation_id in (operation, operation.browse())
            )
        )
        return (main if self.has_main_containers else main.browse()) | others

    @property
    def has_main_containers(self):
        company = self.order.company_id
        tracking = self.order.product_id.tracking
        return company.shop_floor_containers and tracking != "serial" and self.is_last

    def describe(self):
        """:return: list of dicts; the first one is the product of the order"""
        moves = self.get_moves()
        main = moves.filtered(lambda m: m.product_id == self.order.product_id)
        told = [] if main else [self._tell_row_output()]
        return told + [self._tell(move) for move in moves]

    def _tell_row_output(self):
        """Units of an operation that are worked on further, in no container."""
        order = self.order
        return {
            "id": 0,
            "main": True,
            "type": "main",
            "product": order.product_id.display_name,
            "plan": order.product_qty,
            "unit": order.product_uom_id.name,
            "units": self.get_units(order.product_id, order.product_uom_id),
            "good": self.workorder.qty_good,
            "tracked": False,
            "container": False,
            "weight_unit": False,
        }

    def _tell(self, move):
        product = move.product_id
        lines = move._get_declared_lines()
        lots = lines.lot_id | self.order.lot_producing_ids.filtered(
            lambda lot: lot.product_id == product
        )
        return {
            "id": move.id,
            "main": product == self.order.product_id,
            "type": move.output_type or "main",
            "product": product.display_name,
            "plan": move.product_uom_qty,
            "unit": move.product_uom.name,
            "units": self.get_units(product, move.product_uom),
            "good": sum(lines.mapped("quantity")),
            "tracked": move.has_tracking == "lot",
            "lots": lots[-MOST_LOTS:].mapped("name"),
            "container": self.order.company_id.shop_floor_containers,
            "weight_unit": self.get_weight_unit(product),
        }

    # Units

    def get_weight_unit(self, product):
        """:return: dict about the unit that pieces may be weighed in, False for what
        is a weight itself
        """
        if not product.weight or self._is_weight(product.uom_id):
            return False
        unit = self._weight_uom
        return labels.unit(unit, unit)

    @property
    def _weight_uom(self):
        templates = self.env["product.template"]
        return templates._get_weight_uom_id_from_ir_config_parameter()

    def _is_weight(self, uom):
        return uom._has_common_reference(self._weight_uom)

    def get_units(self, product, reference):
        """:return: list of dicts, the units its quantity may be entered in: its own
        first, its packagings, and of pieces with a weight also weights
        """
        root = reference.parent_path.split("/")[0]
        uoms = self.uoms or self.env["uom.uom"].search([])
        related = uoms.filtered(lambda uom: uom.parent_path.split("/")[0] == root)
        units = [
            labels.unit(uom, reference)
            for uom in (reference | product.uom_ids | related)[:MOST_UNITS]
        ]
        if product.weight and not self._is_weight(reference):
            units += [
                labels.unit(uom, self._weight_uom)
                | {"factor": self._get_pieces(product, uom, reference)}
                for uom in self._get_weight_uoms()
            ]
        return units

    def _get_weight_uoms(self):
        gram = self.env.ref("uom.product_uom_gram", False)
        weight = self._weight_uom
        fits = gram and gram._has_common_reference(weight)
        return weight | gram if fits else weight

    def _get_pieces(self, product, uom, reference):
        """:return: how many of the reference one unit of a weight is"""
        weight = uom.factor / self._weight_uom.factor
        return weight / product.weight * product.uom_id.factor / reference.factor

    def to_reference(self, product, quantity, uom, reference):
        """:return: quantity in the reference; None when it can not be converted"""
        if uom._has_common_reference(reference):
            return uom._compute_quantity(quantity, reference, round=False)
        if product.weight and self._is_weight(uom):
            pieces = quantity * self._get_pieces(product, uom, reference)
            return reference.round(pieces)
        return None

    def to_weight(self, move, gross):
        """:return: gross weight of a container in Odoo's unit of weights; it is entered
        in the unit of the output, of pieces as a weight
        """
        unit = move.product_uom
        if not self._is_weight(unit):
            return gross if self.get_weight_unit(move.product_id) else 0
        return unit._compute_quantity(gross, self._weight_uom, round=False)

    # Declared so far

    def describe_declared(self):
        """:return: list of dicts, the last one first"""
        lines = self.get_moves()._get_declared_lines()
        lines = lines.filtered(
            lambda line: line.declared_workorder_id == self.workorder
        )
        rows = self.workorder.operation_quantity_ids.filtered(
            lambda row: not row.reversed
        )
        told = [self._tell_line(line) for line in lines]
        told += [self._tell_row(row) for row in rows - lines.operation_quantity_id]
        told.sort(key=lambda one: (one["at"], one["id"]), reverse=True)
        return told[:MOST_DECLARED]

    def _tell_line(self, line):
        return {
            "id": f"line{line.id}",
            "line_id": line.id,
            "row_id": line.operation_quantity_id.id,
            "output_id": line.move_id.id,
            "kind": "good",
            "product": line.product_id.display_name,
            "quantity": line.quantity,
            "unit": line.product_uom_id.name,
            "weight": line.net_weight,
            "weight_unit": self._weight_uom.name,
            "lot": line.lot_id.name or "",
            "container": line.result_package_id.name or "",
            "prints": line.output_label_count,
            "reason": "",
            "at": labels.moment(line.declared_date),
        }

    def _tell_row(self, row):
        return {
            "id": f"row{row.id}",
            "line_id": False,
            "row_id": row.id,
            "output_id": 0,
            "kind": row.kind,
            "product": row.product_id.display_name,
            "quantity": row.quantity,
            "unit": row.uom_id.name,
            "weight": 0,
            "lot": "",
            "container": "",
            "prints": 0,
            "reason": row.reason_id.name or "",
            "at": labels.moment(row.date),
        }
