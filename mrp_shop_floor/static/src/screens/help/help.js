import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** What about? One tap calls the supervisors. */
export class Help extends Component {
    static template = "mrp_shop_floor.Help";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ note: "" });
        this.topics = [
            { key: "machine", name: _t("Machine"), icon: "fa-cogs" },
            { key: "material", name: _t("Material"), icon: "fa-cubes" },
            { key: "quality", name: _t("Quality"), icon: "fa-search" },
            { key: "hands", name: _t("A helping hand"), icon: "fa-hand-paper-o" },
            { key: "other", name: _t("Something else"), icon: "fa-question" },
        ];
    }

    get run() {
        return this.floor.getRun();
    }

    async ask(topic) {
        const { id } = this.run;
        const payload = { topic, note: this.state.note };
        if (await this.floor.tap("help", id, payload)) {
            this.floor.go("run", { id });
        }
    }
}
