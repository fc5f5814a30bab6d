import { Component, onWillUnmount, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { HelpAsked } from "../../components/help_asked/help_asked";
import { formatMoment, formatQuantity, formatSpan } from "../../core/number";

const TICK = 15000;

/** One operation: the main button at the thumb. */
export class Run extends Component {
    static template = "mrp_shop_floor.Run";
    static components = { HelpAsked };
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.clock = useState({ now: Date.now() });
        this.formatMoment = formatMoment;
        this.formatQuantity = formatQuantity;
        const timer = setInterval(() => (this.clock.now = Date.now()), TICK);
        onWillUnmount(() => clearInterval(timer));
    }

    get run() {
        return this.floor.getRun();
    }

    get worked() {
        const { run } = this;
        const running = run.running ? (this.clock.now - new Date(run.since)) / 1000 : 0;
        return formatSpan(run.worked * 60 + running);
    }

    get expected() {
        return formatSpan(this.run.expected * 60);
    }

    get progress() {
        const { good, quantity } = this.run;
        return quantity ? Math.min(Math.round((100 * good) / quantity), 100) : 0;
    }

    get scanned() {
        const { materials } = this.run;
        return materials.filter((material) => material.done >= material.needed).length;
    }

    start() {
        return this.floor.tap("start", this.run.id);
    }

    pause() {
        const { run } = this;
        if (run.ask_pause && run.reasons.pause.length && !run.others.length) {
            this.floor.go("reason", { id: run.id, kind: "pause" });
        } else {
            this.floor.tap("pause", run.id);
        }
    }

    go(screen, params = {}) {
        this.floor.go(screen, { id: this.run.id, ...params });
    }
}
