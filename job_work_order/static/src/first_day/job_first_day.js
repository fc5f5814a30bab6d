import { Component, onWillStart, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** The guided first day: what is done already, and the next step. */
export class JobFirstDay extends Component {
    static template = "job_work_order.JobFirstDay";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ steps: [], done: 0 });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(
            this.state,
            await this.orm.call("job.first.day", "get_steps", [])
        );
    }

    get next() {
        return this.state.steps.find((step) => !step.done)?.key;
    }

    open(step) {
        if (step.action) {
            this.action.doAction(step.action);
        }
    }

    async dismiss() {
        await this.orm.call("job.first.day", "dismiss", []);
        this.state.steps = [];
    }
}
