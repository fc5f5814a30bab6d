from odoo.addons.mrp_reason_code.tests.common import ReasonCommon


class OperatorCommon(ReasonCommon):
    """Three operators in a company that tracks them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_operator_tracking = True
        cls.anna, cls.bert, cls.cora = (
            cls._make_operator(name) for name in ("Anna", "Bert", "Cora")
        )
        cls.order = cls._make_order(cls.bom, 10)
        cls.cut, cls.form, cls.coat = cls.order.workorder_ids

    @classmethod
    def _make_operator(cls, name, **values):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "is_operator": True,
                "company_id": cls.company.id,
                **values,
            }
        )
