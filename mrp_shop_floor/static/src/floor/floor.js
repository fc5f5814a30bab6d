import { markRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { makeUuid } from "../core/uuid";
import { makeLock } from "../outbox/lock";
import { Outbox } from "../outbox/outbox";
import { ask, Offline, SessionExpired } from "./api";
import { project } from "./project";

export const UNDO = 10000;
/** Kinds that can not be undone on the server wait on the device. */
const HELD = new Set(["finish"]);
const UNDOABLE = new Set(["start", "pause", "block", "declare", "issue", "finish"]);

/** What the page knows and does; screens show it. */
export class Floor {
    screen = "loading";
    params = {};
    network = "online";
    signedIn = [];
    operatorId = false;
    operators = [];
    badgePin = false;
    work = { rows: [], workcenters: [], colleagues: [], more: false };
    workcenterId = false;
    runs = {};
    events = markRaw([]);
    readAt = 0;
    message = null;
    undoable = null;
    busy = false;

    constructor(store) {
        this.store = markRaw(store);
        this.lock = markRaw(makeLock(store));
        this.device = "";
    }

    /** @param {Floor} floor this one, reactive */
    bind(floor) {
        this.outbox = markRaw(
            new Outbox({
                store: this.store,
                lock: this.lock,
                user: user.userId,
                post: (events, now) => floor.post(events, now),
                onChange: () => floor.onOutboxChange(),
            })
        );
    }

    // Life

    async start() {
        this.device = (await this.store.read("device")) || makeUuid();
        await this.store.write("device", this.device);
        const signedIn = (await this.store.read("signed_in")) || [];
        this.signedIn = signedIn.filter((one) => new Date(one.until) > new Date());
        this.operatorId = (await this.store.read("operator")) || this.signedIn[0]?.id;
        this.workcenterId = (await this.store.read("workcenter")) || false;
        await this.outbox.load();
        await this.recall();
        await this.refreshSignIn();
        this.outbox.send();
        const target = /\/wo\/(\d+)$/.exec(window.location.pathname)?.[1];
        if (!this.operator) {
            this.go("sign_in");
        } else if (target) {
            await this.openRun(Number(target));
        } else {
            await this.goWork();
        }
    }

    /** What was read last, for work without network. */
    async recall() {
        const memory = await this.store.read(`work_${this.operatorId}`);
        if (memory) {
            Object.assign(this, memory);
        }
    }

    remember() {
        const { work, runs, readAt } = this;
        const memory = JSON.parse(JSON.stringify({ work, runs, readAt }));
        return this.store.write(`work_${this.operatorId}`, memory);
    }

    async refreshSignIn() {
        const tokens = this.signedIn.map((one) => one.token);
        const answer = await this.ask("sign_in/start", { tokens });
        if (!answer) {
            return;
        }
        this.operators = answer.data.operators;
        this.badgePin = answer.data.badge_pin;
        if (!answer.data.signed_in.some((one) => one.id === this.operatorId)) {
            this.operatorId = answer.data.signed_in[0]?.id || false;
        }
        await this.setSignedIn(answer.data.signed_in);
    }

    // Asking

    /** @returns {Promise<object|null>} the envelope; null without network */
    async ask(path, params = {}) {
        try {
            const answer = await ask(path, {
                device: this.device,
                token: this.operator?.token,
                ...params,
            });
            this.network = "online";
            if (answer.message) {
                this.say(answer.message.kind, answer.message.text);
            }
            return answer;
        } catch (error) {
            this.onFailure(error);
            return null;
        }
    }

    onFailure(error) {
        if (error instanceof SessionExpired) {
            this.network = "expired";
        } else if (error instanceof Offline) {
            this.network = "offline";
        } else {
            this.network = "failing";
            this.say("danger", error.data?.message || error.message);
        }
    }

    say(kind, text) {
        this.message = { kind, text, at: Date.now() };
    }

    // Who

    get operator() {
        return this.signedIn.find((one) => one.id === this.operatorId);
    }

    async setSignedIn(signedIn) {
        this.signedIn = signedIn;
        await this.store.write("signed_in", JSON.parse(JSON.stringify(signedIn)));
        await this.store.write("operator", this.operatorId);
    }

    async identify(params) {
        const answer = await this.ask("sign_in/identify", params);
        const one = answer?.data.signed_in;
        if (one) {
            const others = this.signedIn.filter((other) => other.id !== one.id);
            await this.setSignedIn([...others, one]);
            await this.choose(one.id);
        }
        return answer;
    }

    async choose(operatorId) {
        this.operatorId = operatorId;
        await this.store.write("operator", operatorId);
        const lang = this.operator?.lang;
        const current = document.documentElement.lang.replace("-", "_");
        if (lang && lang !== current && this.network === "online") {
            document.cookie = `shop_floor_lang=${lang}; path=/shop_floor; SameSite=Lax`;
            window.location.assign("/shop_floor");
            return;
        }
        Object.assign(this, { runs: {}, readAt: 0 });
        this.work = { rows: [], workcenters: [], colleagues: [], more: false };
        await this.recall();
        await this.goWork();
    }

    async signOut() {
        // whoever is chosen while the server is told stays
        const { id, token } = this.operator;
        this.signedIn = this.signedIn.filter((one) => one.id !== id);
        this.operatorId = false;
        this.go("sign_in");
        await this.setSignedIn(this.signedIn);
        await this.ask("sign_in/sign_out", { token });
    }

    // Where

    go(screen, params = {}) {
        this.message = null;
        this.screen = screen;
        this.params = params;
        window.scrollTo(0, 0);
    }

    // Work

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
            const { rows, more, workcenters, colleagues, runs } = answer.data;
            this.work = { rows, more, workcenters, colleagues };
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

    // Taps

    /**
     * @param {string} kind
     * @param {number} workorderId
     * @param {object} payload
     * @returns {Promise<boolean>} whether it is on the device's disk
     */
    async tap(kind, workorderId, payload = {}) {
        const { id, token } = this.operator;
        const tap = {
            kind,
            workorder_id: workorderId,
            operator_id: id,
            token,
            payload,
        };
        try {
            const event = await this.outbox.record(tap, HELD.has(kind) ? UNDO : 0);
            this.undoable = UNDOABLE.has(kind)
                ? { uuid: event.uuid, kind, workorderId, until: Date.now() + UNDO }
                : null;
            return true;
        } catch {
            this.say("danger", _t("This device is full: the tap was NOT recorded."));
            return false;
        }
    }

    async undo() {
        const { uuid, kind, workorderId } = this.undoable;
        this.undoable = null;
        if (await this.outbox.withdraw(uuid)) {
            return;
        }
        if (HELD.has(kind)) {
            this.say("warning", _t("It is too late to undo this. Ask a supervisor."));
            return;
        }
        const event = this.events.find((one) => one.uuid === uuid);
        if (event) {
            event.undone = true;
            await this.store.updateEvents([JSON.parse(JSON.stringify(event))]);
        }
        await this.tap("undo", workorderId, { uuid });
    }

    async post(events, now) {
        const answer = await ask("events/send", {
            device: this.device,
            events,
            device_now: now,
        });
        this.network = "online";
        if (!answer.data.results) {
            throw new Error(answer.message?.text || "no results");
        }
        this.onResults(answer.data.results);
        return answer.data.results;
    }

    onResults(results) {
        const refused = results.find((result) => result.state === "refused");
        const kept = results.find((result) => result.state === "exception");
        if (refused) {
            this.say("danger", refused.message);
        } else if (kept) {
            this.say("warning", _t("A supervisor settles it: %s", kept.message));
        }
        const uuids = new Set(results.map((result) => result.uuid));
        const touched = this.events.filter((event) => uuids.has(event.uuid));
        this.stale = new Set(touched.map((event) => event.workorder_id));
    }

    onOutboxChange() {
        this.events = markRaw([...this.outbox.events]);
        const { error } = this.outbox;
        if (error) {
            this.onFailure(error);
        }
        if (this.stale?.size && !this.outbox.own.length) {
            this.refreshStale();
        }
    }

    async refreshStale() {
        const stale = [...this.stale];
        this.stale = null;
        if (this.screen === "my_work") {
            await this.loadWork();
            return;
        }
        const shown = this.params.id;
        if (stale.includes(shown)) {
            await this.loadRun(shown);
        }
    }
}
