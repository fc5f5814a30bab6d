from odoo import api, models

from ..tools import Person, reference, utc_text


class MrpBatchRecord(models.Model):
    """Who worked without the qualification asked for, and who allowed it."""

    _inherit = "mrp.batch.record"

    @api.model
    def _get_section_kinds(self, moment):
        kinds = super()._get_section_kinds(moment)
        if moment == "execution":
            kinds.insert(kinds.index("notes"), "qualifications")
        return kinds

    def _prepare_section_qualifications(self):
        """Overrides and exceptions of the gate."""
        sections = {}
        # sudo: what was recorded counts, whoever closes the order
        for record in self:
            order = record.sudo().production_id
            overrides, exceptions = order.skill_override_ids, order.skill_exception_ids
            if overrides or exceptions:
                sections[record] = {
                    "overrides": [self._prepare_override(each) for each in overrides],
                    "exceptions": [
                        self._prepare_exception(each) for each in exceptions
                    ],
                }
        return sections

    def _prepare_override(self, override):
        return {
            "id": override.id,
            "step": override.workorder_name or None,
            "requirement": override.requirement_name or None,
            "operator": self._get_employee(override.operator_id),
            "state": override.state,
            "reason": self._describe_reason(override.reason_id),
            "note": override.note or None,
            "requested_by": self._get_user(override.requested_by_id),
            "supervisor": self._get_user(override.supervisor_id)
            if override.supervisor_id
            else None,
            "decided": utc_text(override.decision_date),
            "break_glass": bool(override.break_glass),
            "review": override.review_state or None,
            "reviewed_by": self._get_user(override.reviewed_by_id)
            if override.reviewed_by_id
            else None,
            "reviewed": utc_text(override.review_date),
            "review_note": override.review_note or None,
        }

    def _prepare_exception(self, exception):
        return {
            "id": exception.id,
            "step": exception.workorder_name or None,
            "door": exception.door,
            "requirement": exception.requirement_name or None,
            "kind": exception.kind,
            "operator": self._get_employee(exception.operator_id),
            "at": utc_text(exception.date),
        }

    def _get_employee(self, employee):
        # sudo: the printed name of who worked
        name = employee.sudo().name
        return Person(reference(employee), name) if employee else None

    def _get_blockers(self):
        # sudo: what is pending counts for everybody
        order = self.sudo().production_id
        return super()._get_blockers() + order._get_pending_release_reasons()

    # As it is read

    def _get_section_titles(self):
        titles = super()._get_section_titles()
        place = [kinds for _title, kinds in titles].index(["result"])
        kinds = ["qualifications", "override", "exception"]
        titles.insert(place, (self.env._("Overrides and exceptions"), kinds))
        return titles

    def _get_kind_names(self):
        return super()._get_kind_names() | {
            "qualifications": self.env._("Overrides and exceptions"),
            "override": self.env._("Override decided or reviewed"),
            "exception": self.env._("Work without qualification"),
        }

    def _draw_qualifications(self, payload, names):
        overrides = {
            "head": [
                self.env._("Override"),
                self.env._("Operator"),
                self.env._("Allowed by"),
                self.env._("Reason"),
                self.env._("Review"),
            ],
            "rows": [
                [
                    self._join(line["step"], line["requirement"]),
                    self._get_name(line["operator"], names),
                    self.env._("nobody: glass broken")
                    if line["break_glass"]
                    else self._get_name(line["supervisor"], names),
                    self._join(
                        line["reason"] or self.env._("not classified"), line["note"]
                    ),
                    self._get_review_text(line, names),
                ]
                for line in payload["overrides"]
            ],
        }
        exceptions = {
            "head": [
                self.env._("Exception"),
                self.env._("Operator"),
                self.env._("When"),
                self.env._("At (UTC)"),
            ],
            "rows": [
                [
                    self._join(line["step"], line["requirement"]),
                    self._get_name(line["operator"], names),
                    self._get_door(line["door"]),
                    self._get_time(line["at"]),
                ]
                for line in payload["exceptions"]
            ],
        }
        return [block for block in (overrides, exceptions) if block["rows"]]

    def _draw_override(self, payload, names):
        block = {"overrides": [payload], "exceptions": []}
        return self._draw_qualifications(block, names)

    def _draw_exception(self, payload, names):
        block = {"overrides": [], "exceptions": [payload]}
        return self._draw_qualifications(block, names)

    @api.model
    def _join(self, *parts):
        return ": ".join(part for part in parts if part) or "–"

    def _get_review_text(self, line, names):
        if not line["review"]:
            return "–"
        field = self.env["mrp.skill.override"]._fields["review_state"]
        text = dict(field._description_selection(self.env))[line["review"]]
        by = line["reviewed_by"] and self._get_name(line["reviewed_by"], names)
        return self._join(text, by)

    def _get_door(self, code):
        field = self.env["mrp.skill.exception"]._fields["door"]
        return dict(field._description_selection(self.env)).get(code, code)

    def _get_exceptions(self):
        groups = super()._get_exceptions()
        entries = self._get_entries()
        # sudo: who reads the record reads the names in it
        names = self.env["mrp.batch.person"].sudo()._get_names([self.key])
        lines = []
        for payload in self._get_payloads(entries, "qualifications"):
            for block in self._draw_qualifications(payload, names):
                title = block["head"][0]
                lines += [f"{title}: {' · '.join(row)}" for row in block["rows"]]
        lines += self._get_titles(entries, ("override", "exception"), names)
        if lines:
            groups.append((self.env._("Overrides and exceptions"), lines))
        return groups
