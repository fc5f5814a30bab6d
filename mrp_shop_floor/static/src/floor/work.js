import { People } from "./people";
import { project } from "./project";

/** What there is to do, as read last, and kept for work without network. */
export class Work extends People {
    work = { rows: [], workcenters: [], colleagues: [], more: false };
    workcenterId = false;
    runs = {};
    readAt = 0;

    /** What was read last, for work without network. */
    async recall() {
        const memory = await this.store.read(`work_${this.operatorId}`);
        if (memory) {
            // what an older version of the page remembered lacks what this one shows
            const known = Object.entries(memory.runs).filter(([, run]) => run.outputs);
            Object.assign(this, memory, { runs: Object.fromEntries(known) });
        }
    }

    remember() {
        const { work, runs, readAt } = this;
        const memory = JSON.parse(JSON.stringify({ work, runs, readAt }));
        return this.store.write(`work_${this.operatorId}`, memory);
    }

    goWork() {
        this.go("my_work");
        return this.loadWork();
    }

    async loadWork() {
        const readAt = Date.now();
        const answer = await this.ask("work/list", {
            workcenter_id: this.workcenterId || null,
        });
        if (answer?.next_state === "sign_in") {
            this.go("sign_in");
        } else if (answer?.data.rows) {
            const { runs, ...work } = answer.data;
            const { rows } = work;
            this.work = work;
            for (const row of rows) {
                row.read_at = readAt;
            }
            for (const [id, run] of Object.entries(runs)) {
                this.runs[id] = { ...run, read_at: readAt };
            }
            this.readAt = readAt;
            await this.remember();
        }
    }

    async setWorkcenter(id) {
        this.workcenterId = id;
        await this.store.write("workcenter", id);
        await this.loadWork();
    }

    async openRun(id) {
        const isKnown = Boolean(this.runs[id]);
        if (isKnown) {
            this.go("run", { id });
        }
        await this.loadRun(id);
        if (!this.runs[id]) {
            const { message } = this;
            this.go("my_work");
            this.message = message;
        } else if (!isKnown) {
            this.go("run", { id });
        }
    }

    async loadRun(id) {
        const readAt = Date.now();
        const answer = await this.ask("run/open", { workorder_id: id });
        if (answer?.data.run) {
            this.runs[id] = { ...answer.data.run, read_at: readAt };
            this.readAt = readAt;
            await this.remember();
        } else if (answer?.next_state === "my_work") {
            delete this.runs[id];
        } else if (answer?.next_state === "sign_in") {
            this.go("sign_in");
        }
    }

    async find(code) {
        const answer = await this.ask("work/find", { code });
        if (answer?.data.run) {
            this.runs[answer.data.run.id] = { ...answer.data.run, read_at: Date.now() };
            this.go("run", { id: answer.data.run.id });
        }
        return Boolean(answer?.data.run);
    }

    /** @returns {object} the run with the taps that are not booked yet */
    getRun(id = this.params.id) {
        return this.runs[id] && project(this.runs[id], this.events);
    }
}
