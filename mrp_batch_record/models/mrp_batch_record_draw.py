from odoo import api, models


class MrpBatchRecord(models.Model):
    """Entries as tables: blocks of ``head``, ``rows`` and ``facts``."""

    _inherit = "mrp.batch.record"

    def _draw(self, entry, names):
        """:return: list of blocks; a kind nobody draws shows its facts as they are"""
        draw = getattr(self, f"_draw_{entry['kind']}", None)
        payload = entry["payload"]
        if draw and payload:
            return draw(payload, names)
        return [{"facts": self._get_facts(payload, names)}]

    @api.model
    def _get_facts(self, payload, names):
        return [
            (key.replace("_", " ").capitalize(), self._get_text(value, names))
            for key, value in payload.items()
            if value not in (None, "", [], {})
        ]

    @api.model
    def _get_text(self, value, names):
        """:return: one value of an entry, as people read it"""
        if isinstance(value, dict):
            if "person" in value:
                return self._get_name(value, names)
            if "name" in value:
                code = f"[{value['code']}] " if value.get("code") else ""
                return code + (value["name"] or "")
            return ", ".join(
                self._get_text(each, names) for each in value.values() if each
            )
        if isinstance(value, list):
            return ", ".join(self._get_text(each, names) for each in value)
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        return str(value) if value is not None else ""

    @api.model
    def _get_name(self, person, names):
        """:return: printed name; says so when it is erased or was never somebody's"""
        if not person:
            return self.env._("nobody in person")
        name = names.get(person.get("person"))
        return name if name else self.env._("(name erased)")

    @api.model
    def _get_time(self, text):
        """:return: a moment as it is printed, in UTC"""
        return text.replace("T", " ").replace("Z", "") if text else "–"

    @api.model
    def _get_amount(self, line, name="quantity"):
        return f"{line[name]} {line.get('unit') or ''}".strip()

    def _get_lot_text(self, lot):
        if not lot:
            return "–"
        if lot.get("supplier_lot"):
            return self.env._(
                "%(lot)s (supplier: %(supplier)s)",
                lot=lot["name"],
                supplier=lot["supplier_lot"],
            )
        return lot["name"]

    def _draw_opening(self, payload, names):
        _ = self.env._
        facts = [
            (_("Run"), payload["run"]["name"]),
            (_("Company"), payload["company"]),
            (_("Product"), self._get_text(payload["product"], names)),
            (_("Quantity ordered"), self._get_amount(payload)),
            (_("Origin"), payload["origin"]),
            (
                _("Responsible"),
                payload["responsible"] and self._get_name(payload["responsible"], names),
            ),
            (_("Opened by"), self._get_name(payload["by"], names)),
        ]
        return [{"facts": [fact for fact in facts if fact[1]]}]

    def _draw_execution(self, payload, names):
        _ = self.env._
        facts = [
            (_("Quantity made"), self._get_amount(payload)),
            (_("Lots"), ", ".join(payload["lots"]) or "–"),
            (_("Finished (UTC)"), self._get_time(payload["finished"])),
            (_("Closed by"), self._get_name(payload["by"], names)),
        ]
        return [{"facts": facts}]

    def _draw_recipe(self, payload, names):
        _ = self.env._
        bom = payload["bom"]
        facts = []
        if bom:
            facts = [
                (_("Bill of materials"), bom["code"] or bom["ref"]),
                (_("For"), self._get_amount(bom)),
                (_("Last changed (UTC)"), self._get_time(bom["changed"])),
            ]
        blocks = [{"facts": facts}]
        blocks.append(
            {
                "head": [_("Component"), _("Quantity"), _("Operation"), _("In the recipe")],
                "rows": [
                    [
                        self._get_text(line["product"], names),
                        self._get_amount(line),
                        line["operation"] or "–",
                        _("yes") if line["of_bom"] else _("added by hand"),
                    ]
                    for line in payload["components"]
                ],
            }
        )
        blocks.append(
            {
                "head": [_("Operation"), _("Work center"), _("Expected (min)")],
                "rows": [
                    [line["name"], line["work_center"], line["minutes"]]
                    for line in payload["operations"]
                ],
            }
        )
        blocks.append(
            {
                "head": [_("Output"), _("Type"), _("Quantity")],
                "rows": [
                    [
                        self._get_text(line["product"], names),
                        self._get_output_type(line["type"]),
                        self._get_amount(line),
                    ]
                    for line in payload["outputs"]
                ],
            }
        )
        return [block for block in blocks if block.get("rows") or block.get("facts")]

    def _get_output_type(self, code):
        field = self.env["stock.move"]._fields["output_type"]
        return dict(field._description_selection(self.env)).get(code, code or "–")

    def _draw_plan(self, payload, names):
        _ = self.env._
        rows = [[_("Whole run"), *map(self._get_time, (payload["start"], payload["end"]))]]
        rows += [
            [line["name"], self._get_time(line["start"]), self._get_time(line["end"])]
            for line in payload["operations"]
        ]
        return [{"head": [_("What"), _("Start (UTC)"), _("End (UTC)")], "rows": rows}]

    def _draw_materials(self, payload, names):
        _ = self.env._
        lines = {
            "head": [_("Material"), _("Lot"), _("Quantity"), _("From"), _("Issued (UTC)")],
            "rows": [
                [
                    self._get_text(line["product"], names),
                    self._get_material_lot(line),
                    self._get_amount(line),
                    line["from"],
                    self._get_time(line["at"]),
                ]
                for line in payload["lines"]
            ],
        }
        totals = {
            "head": [
                _("As designed / as built"),
                _("Designed"),
                _("Expected for what was made"),
                _("Used"),
                _("Difference"),
            ],
            "rows": [
                [
                    self._get_text(total["product"], names),
                    self._get_amount(total, "designed"),
                    self._get_amount(total, "expected"),
                    self._get_amount(total, "used"),
                    self._get_amount(total, "difference")
                    + (f" ({total['percent']} %)" if total["percent"] else ""),
                ]
                for total in payload["totals"]
            ],
        }
        return [block for block in (lines, totals) if block["rows"]]

    def _get_material_lot(self, line):
        """:return: lot as it is printed; add-ons add what else they sealed of it"""
        return self._get_lot_text(line["lot"])

    def _draw_equipment(self, payload, names):
        _ = self.env._
        return [
            {
                "head": [_("Work center"), _("Code"), _("Used for")],
                "rows": [
                    [line["name"], line["code"] or "–", ", ".join(line["operations"])]
                    for line in payload["lines"]
                ],
            }
        ]

    def _draw_outputs(self, payload, names):
        _ = self.env._
        return [
            {
                "head": [_("Output"), _("Type"), _("Lot"), _("Quantity"), _("To")],
                "rows": [
                    [
                        self._get_text(line["product"], names),
                        self._get_output_type(line["type"]),
                        self._get_lot_text(line["lot"]),
                        self._get_amount(line),
                        line["to"],
                    ]
                    for line in payload["lines"]
                ],
            }
        ]

    def _draw_yield(self, payload, names):
        _ = self.env._
        outputs = {
            "head": [_("Output"), _("Theoretical"), _("Actual"), _("% of theoretical")],
            "rows": [
                [
                    self._get_text(line["product"], names),
                    self._get_amount(line, "theoretical"),
                    self._get_amount(line, "actual"),
                    line["percent"] or "–",
                ]
                for line in payload["outputs"]
            ],
        }
        phases = {
            "head": [_("Operation"), _("Started"), _("Good"), _("% good the first time")],
            "rows": [
                [line["name"], line["started"], line["good"], line["percent"]]
                for line in payload["operations"]
            ],
        }
        facts = [
            (_("Mass in"), payload["input"]),
            (_("Mass out"), payload["output"]),
            (_("Unaccounted (%)"), payload["unaccounted_percent"]),
            (_("Without weight"), payload["without_weight"]),
        ]
        blocks = [outputs, phases, {"facts": [fact for fact in facts if fact[1]]}]
        return [block for block in blocks if block.get("rows") or block.get("facts")]
