import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { BACKWARD, FORWARD } from "./directions";
import { GenealogyData } from "./genealogy_data";

const HOLD_COLORS = { quarantine: "warning", hold: "warning" };

/** Where lots came from and where they went: a tree in both directions, or a picture. */
export class GenealogyAction extends Component {
    static template = "mrp_genealogy.GenealogyAction";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ view: "tree", version: 0 });
        this.display = { controlPanel: {} };
        this.sections = [
            { direction: BACKWARD, title: _t("Where It Came From") },
            { direction: FORWARD, title: _t("Where It Went") },
        ];
        onWillStart(async () => {
            const data = await this.orm.call("stock.lot", "get_genealogy", [
                this.lotIds,
            ]);
            this.data = new GenealogyData(data);
        });
    }

    get lotIds() {
        const { params = {}, context = {} } = this.props.action;
        return params.lot_ids || context.active_ids || [context.active_id];
    }

    get rootLots() {
        return this.data.roots.map((id) => this.data.lots[id]).filter(Boolean);
    }

    rows(direction) {
        // read, so that folding draws the tree again
        return this.state.version >= 0 && this.data.rows(direction);
    }

    toggle(direction, row) {
        if (row.foldable) {
            this.data.toggle(direction, row.key);
            this.state.version++;
        }
    }

    unfoldAll(direction) {
        this.data.unfoldAll(direction);
        this.state.version++;
    }

    foldAll(direction) {
        this.data.foldAll(direction);
        this.state.version++;
    }

    quantity(value, unit) {
        return `${formatFloat(value, { digits: [16, 2], trailingZeros: false })} ${unit || ""}`;
    }

    date(text) {
        return text ? formatDate(deserializeDateTime(text)) : "";
    }

    shorten(text) {
        return text.length > 22 ? `${text.slice(0, 21)}…` : text;
    }

    holdColor(lot) {
        return HOLD_COLORS[lot.hold_state] || "danger";
    }

    openLot(lot) {
        this._open("stock.lot", lot.id);
    }

    openRun(edge) {
        if (edge.productionId) {
            this._open("mrp.production", edge.productionId);
        } else {
            this._open("mrp.unbuild", edge.unbuildId);
        }
    }

    openTransfer(fact) {
        if (fact.picking_id) {
            this._open("stock.picking", fact.picking_id);
        }
    }

    _open(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("mrp_genealogy", GenealogyAction);
