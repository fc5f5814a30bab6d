/**
 * What a board knows about being up to date, and when it reads again.
 *
 * Messages of the bus say which runs changed. Those on the screen are read at once, all
 * boards a little apart; everything else that follows from a change (the queue behind
 * it, order and counts) with the next reading of the whole screen. When the bus is gone
 * the whole screen is read in short intervals, and the board says as of when it is.
 *
 * Nothing here grows: ids that wait are at most those on the screen.
 */
export const LIVE = "live";
export const POLLING = "polling";
export const STALE = "stale";
export const EXPIRED = "expired";

export const ROWS_DELAY = 100;
export const ROWS_JITTER = 300;
export const ALL_PAUSE = 10000;
export const LIVE_INTERVAL = 60000;
export const POLLING_INTERVAL = 15000;
const FRESH = 5000;

export class BoardFeed {
    /**
     * @param {Object} hooks
     * @param {() => Set<number>} hooks.getIds ids of the runs on the screen
     * @param {(ids: number[]) => Promise} hooks.readRows
     * @param {() => Promise} hooks.readAll
     * @param {(state: Object) => void} hooks.onState
     * @param {Object} hooks.clock `setTimeout`, `clearTimeout`, `now`, `random`
     */
    constructor({ getIds, readRows, readAll, onState, clock }) {
        Object.assign(this, { getIds, readRows, readAll, onState, clock });
        this.pending = new Set();
        this.connected = false;
        this.failed = false;
        this.expired = false;
        this.asOf = clock.now();
        this.lastAll = clock.now();
        this.timers = {};
        this.stopped = false;
    }

    get mode() {
        if (this.expired) {
            return EXPIRED;
        }
        if (this.failed) {
            return STALE;
        }
        return this.connected ? LIVE : POLLING;
    }

    start() {
        this.planAll();
        this.tell();
    }

    stop() {
        this.stopped = true;
        Object.values(this.timers).forEach(({ id }) => this.clock.clearTimeout(id));
        this.timers = {};
        this.pending.clear();
    }

    setConnected(connected) {
        if (connected === this.connected) {
            return;
        }
        this.connected = connected;
        // what happened meanwhile was not heard of, unless the screen was read just now
        const since = this.clock.now() - this.lastAll;
        this.planAll(connected && since > FRESH ? 0 : this.interval);
        this.tell();
    }

    /** The screen was read by somebody else: a search, a page, a sort. */
    onRead() {
        this.asOf = this.lastAll = this.clock.now();
        this.failed = false;
        this.planAll();
        this.tell();
    }

    onMessage({ ids = [], all = false }) {
        const shown = this.getIds();
        const known = ids.filter((id) => shown.has(id));
        known.forEach((id) => this.pending.add(id));
        if (known.length) {
            this.plan("rows", this.delay, () => this.refreshRows());
        }
        // even when the runs are on the screen: others wait behind them
        const since = this.clock.now() - this.lastAll;
        const soon = all || known.length < ids.length ? this.delay : ALL_PAUSE;
        this.planAll(Math.max(soon, ALL_PAUSE - since), false);
    }

    get delay() {
        return ROWS_DELAY + this.clock.random() * ROWS_JITTER;
    }

    planAll(delay = this.interval, later = true) {
        this.plan("all", delay, () => this.refreshAll(), later);
    }

    get interval() {
        return this.mode === LIVE ? LIVE_INTERVAL : POLLING_INTERVAL;
    }

    /** Let something happen after a delay; unless `later`, not after it is planned. */
    plan(name, delay, callback, later = false) {
        const due = this.clock.now() + delay;
        const timer = this.timers[name];
        if (this.stopped || this.expired || (timer && !later && timer.due <= due)) {
            return;
        }
        if (timer) {
            this.clock.clearTimeout(timer.id);
        }
        const id = this.clock.setTimeout(() => {
            delete this.timers[name];
            return callback();
        }, delay);
        this.timers[name] = { id, due };
    }

    async refreshRows() {
        const shown = this.getIds();
        const ids = [...this.pending].filter((id) => shown.has(id));
        this.pending.clear();
        if (ids.length) {
            await this.attempt(() => this.readRows(ids));
        }
    }

    async refreshAll() {
        this.lastAll = this.clock.now();
        this.pending.clear();
        await this.attempt(() => this.readAll());
        this.planAll();
    }

    async attempt(read) {
        try {
            await read();
            this.asOf = this.clock.now();
            this.failed = false;
        } catch (error) {
            this.expired = isSessionExpired(error);
            this.failed = true;
            if (!this.expired && !isConnectionLost(error)) {
                throw error;
            }
        } finally {
            this.tell();
        }
    }

    tell() {
        if (!this.stopped) {
            this.onState({ mode: this.mode, asOf: this.asOf });
        }
    }
}

export function isSessionExpired(error) {
    return error?.exceptionName === "odoo.http.SessionExpiredException";
}

export function isConnectionLost(error) {
    return (
        error?.name === "ConnectionLostError" ||
        error?.name === "ConnectionAbortedError"
    );
}
