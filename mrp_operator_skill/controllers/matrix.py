from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SkillMatrixController(http.Controller):
    @http.route(
        "/mrp_operator_skill/matrix.xlsx", type="http", auth="user", readonly=True
    )
    def get_xlsx(self, workcenter_ids="", cids=""):
        companies = [int(key) for key in cids.split(",") if key.isdigit()]
        allowed = request.env.user.company_ids.ids
        env = request.env(
            context=dict(
                request.env.context,
                allowed_company_ids=[key for key in companies if key in allowed]
                or request.env.company.ids,
            )
        )
        content = env["mrp.skill.requirement"]._get_matrix_xlsx(
            [int(key) for key in workcenter_ids.split(",") if key.isdigit()]
        )
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition("qualifications.xlsx")),
            ],
        )
