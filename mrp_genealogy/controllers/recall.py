from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecallController(http.Controller):
    @http.route(
        "/mrp_genealogy/recall/<int:recall_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def get_xlsx(self, recall_id):
        recall = request.env["mrp.recall"].browse(recall_id).exists()
        if not recall:
            raise request.not_found()
        recall.check_access("read")
        name = f"{recall.name.replace('/', '-')}.xlsx"
        return request.make_response(
            recall._get_xlsx(),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
