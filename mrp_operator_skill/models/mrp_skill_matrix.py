import io
from datetime import timedelta

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ..tools import EXPIRING, MISSING, OK, TRAINEE, combine

COLORS = {OK: "#C6EFCE", EXPIRING: "#FFEB9C", TRAINEE: "#BDD7EE", MISSING: "#FFC7CE"}
VIEWERS = (
    "mrp.group_mrp_user",
    "mrp_operator.mrp_operator_group_supervisor",
    "hr.group_hr_user",
)


class MrpSkillRequirement(models.Model):
    """Who may work where: operators × work centers."""

    _inherit = "mrp.skill.requirement"

    @api.model
    @api.readonly
    def get_matrix(self, workcenter_ids=None):
        """Say how far each operator fulfils what each work center asks for.

        :param workcenter_ids: by default all that ask for something
        :return: dict with ``workcenters``, ``operators`` and ``cells``: for each
            operator id a dict of work center id to ``status`` and ``text``
        """
        self._check_matrix_access()
        domain = [
            ("workcenter_id", "!=", False),
            ("company_id", "in", self.env.companies.ids + [False]),
        ]
        if workcenter_ids:
            domain.append(("workcenter_id", "in", workcenter_ids))
        # sudo: supervisors need not see employees and calendars
        requirements = self.sudo().search(domain)
        workcenters = requirements.workcenter_id.sorted("name")
        operators = (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("is_operator", "=", True),
                    ("company_id", "in", self.env.companies.ids),
                ],
                order="name",
            )
        )
        return {
            "workcenters": [
                {
                    "id": workcenter.id,
                    "name": workcenter.name,
                    "skills": ", ".join(
                        requirement._get_title()
                        for requirement in requirements
                        if requirement.workcenter_id == workcenter
                    ),
                }
                for workcenter in workcenters
            ],
            "operators": [
                {
                    "id": operator.id,
                    "name": operator.name,
                    "contractor": operator.employee_type in ("contractor", "freelance"),
                }
                for operator in operators
            ],
            "cells": self._get_matrix_cells(requirements, workcenters, operators),
        }

    def _get_matrix_cells(self, requirements, workcenters, operators):
        now = fields.Datetime.now()
        calendars = {}
        for center in workcenters:
            key = (center.resource_calendar_id, center.tz)
            calendars[key] = calendars.get(key) or center._get_qualification_day(now)
        days = {
            center: calendars[center.resource_calendar_id, center.tz]
            for center in workcenters
        }
        soon = {
            company: timedelta(days=company.mrp_skill_expiry_days)
            for company in operators.company_id
        }
        ratings = {}
        for company, group in operators.grouped("company_id").items():
            ratings |= requirements._rate(group, set(days.values()), soon[company])
        asked = requirements.grouped("workcenter_id")
        titles = {each.id: each._get_title() for each in requirements}
        cells = {}
        for operator in operators:
            row = cells[operator.id] = {}
            for workcenter in workcenters:
                company = workcenter.company_id
                if company and company != operator.company_id:
                    continue
                rated = {
                    each: ratings[each.id, operator.id, days[workcenter]]
                    for each in asked[workcenter]
                }
                row[workcenter.id] = self._prepare_matrix_cell(rated, titles)
        return cells

    def _prepare_matrix_cell(self, rated, titles):
        """:return: dict of the worst rating and what to say about each"""
        texts = []
        for requirement, rating in rated.items():
            text = titles[requirement.id]
            if rating.when and rating.is_fit:
                text = self.env._(
                    "%(skill)s until %(date)s",
                    skill=text,
                    date=format_date(self.env, rating.when),
                )
            elif rating.why:
                text = self.env._(
                    "%(skill)s %(why)s",
                    skill=text,
                    why=self.env["mrp.workorder"]._get_rating_text(rating),
                )
            texts.append(text)
        return {"status": combine(rated.values()).status, "text": "\n".join(texts)}

    def _check_matrix_access(self):
        if not any(self.env.user.has_group(group) for group in VIEWERS):
            raise AccessError(
                self.env._(
                    "The matrix of qualifications is for planners, supervisors and HR "
                    "officers."
                )
            )

    @api.model
    def _get_matrix_xlsx(self, workcenter_ids=None):
        """:return: bytes of a workbook with the matrix"""
        matrix = self.get_matrix(workcenter_ids)
        names = {
            OK: self.env._("ok"),
            EXPIRING: self.env._("expiring"),
            TRAINEE: self.env._("trainee"),
            MISSING: self.env._("missing"),
        }
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
            head = book.add_format({"bold": True, "bg_color": "#E6E6E6"})
            styles = {
                status: book.add_format({"bg_color": color})
                for status, color in COLORS.items()
            }
            sheet = book.add_worksheet(self.env._("Qualifications"))
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(matrix["workcenters"]), 20)
            sheet.write_string(0, 0, self.env._("Operator"), head)
            for column, workcenter in enumerate(matrix["workcenters"], 1):
                sheet.write_string(0, column, workcenter["name"], head)
            for number, operator in enumerate(matrix["operators"], 1):
                # never a formula, whatever somebody is called
                sheet.write_string(number, 0, operator["name"])
                row = matrix["cells"][operator["id"]]
                for column, workcenter in enumerate(matrix["workcenters"], 1):
                    if cell := row.get(workcenter["id"]):
                        status = cell["status"]
                        sheet.write_string(
                            number, column, names[status], styles[status]
                        )
        return buffer.getvalue()
