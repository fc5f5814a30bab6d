from odoo import fields, models


class MrpRunWip(models.TransientModel):
    _name = "mrp.run.wip"
    _description = "Work in Progress at Date"

    date = fields.Datetime(
        string="Work in Progress at", required=True, default=fields.Datetime.now
    )

    def action_open(self):
        """:return: action with the orders that held value at the date"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_run_cost.mrp_production_wip_action"
        )
        action["domain"] = list(self.env["mrp.production"]._get_wip_domain(self.date))
        action["context"] = {"wip_date": fields.Datetime.to_string(self.date)}
        action["display_name"] = self.env._(
            "Work in progress at %s",
            fields.Datetime.context_timestamp(self, self.date).strftime("%x %X"),
        )
        return action
