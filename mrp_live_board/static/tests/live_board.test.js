/* eslint no-await-in-loop: off -- time passes step by step */
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, queryAll, queryAllTexts, test, waitFor } from "@odoo/hoot";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import {
    allowTranslations,
    contains,
    defineModels,
    fields,
    getService,
    makeMockEnv,
    MockServer,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

import {
    BoardFeed,
    EXPIRED,
    LIVE,
    POLLING,
    ROWS_DELAY,
    ROWS_JITTER,
    STALE,
} from "@mrp_live_board/feed/board_feed";
import { FLASH_TIME, Flashes } from "@mrp_live_board/feed/flashes";
import { formatHours, formatMoment, formatSpan } from "@mrp_live_board/feed/format";
import { getTicks, getWindow, place } from "@mrp_live_board/board_timeline/scale";

const { DateTime } = luxon;

/** Time that passes when it is told to. */
class Clock {
    constructor() {
        this.time = 0;
        this.timers = new Map();
        this.last = 0;
    }
    now = () => this.time;
    random = () => 0.5;
    setTimeout = (callback, delay) => {
        this.timers.set(++this.last, { callback, due: this.time + delay });
        return this.last;
    };
    clearTimeout = (id) => this.timers.delete(id);
    async pass(delay) {
        const until = this.time + delay;
        for (;;) {
            const due = [...this.timers].filter(([, timer]) => timer.due <= until);
            if (!due.length) {
                break;
            }
            const [id, timer] = due.sort((a, b) => a[1].due - b[1].due)[0];
            this.timers.delete(id);
            this.time = timer.due;
            await timer.callback();
        }
        this.time = until;
    }
}

function makeFeed(overrides = {}) {
    const clock = new Clock();
    const calls = [];
    const states = [];
    const feed = new BoardFeed({
        getIds: () => new Set([1, 2, 3]),
        readRows: async (ids) => calls.push(ids),
        readAll: async () => calls.push("all"),
        onState: (state) => states.push(state.mode),
        clock,
        ...overrides,
    });
    feed.start();
    feed.setConnected(true);
    return { feed, clock, calls, states };
}

test("runs that changed are read within half a second, once", async () => {
    const { feed, clock, calls } = makeFeed();
    await clock.pass(20000);
    calls.length = 0;
    feed.onMessage({ ids: [2] });
    feed.onMessage({ ids: [2, 3] });
    await clock.pass(500);
    expect(calls).toEqual([[2, 3]]);
    // the queue behind them follows with the whole screen
    await clock.pass(10000);
    expect(calls).toEqual([[2, 3], "all"]);
});

test("a run that is not on the screen lets all be read, not too often", async () => {
    const { feed, clock, calls } = makeFeed();
    await clock.pass(20000);
    calls.length = 0;
    for (let i = 0; i < 50; i++) {
        feed.onMessage({ ids: [99] });
        await clock.pass(100);
    }
    expect(calls.length).toBeLessThan(3);
    await clock.pass(10000);
    expect(calls).toEqual(["all", "all"]);
});

test("live boards read now and then, others often, and say so", async () => {
    const { feed, clock, calls, states } = makeFeed();
    expect(feed.mode).toBe(LIVE);
    await clock.pass(60000);
    expect(calls).toEqual(["all"]);
    feed.setConnected(false);
    expect(feed.mode).toBe(POLLING);
    calls.length = 0;
    await clock.pass(60000);
    expect(calls).toEqual(["all", "all", "all", "all"]);
    await clock.pass(10000);
    feed.setConnected(true);
    calls.length = 0;
    await clock.pass(10);
    expect(calls).toEqual(["all"]);
    expect(states.at(-1)).toBe(LIVE);
});

test("without a connection the board says as of when it is", async () => {
    let fails = true;
    const { feed, clock } = makeFeed({
        readAll: async () => {
            if (fails) {
                throw Object.assign(new Error(), { name: "ConnectionLostError" });
            }
        },
    });
    await clock.pass(60000);
    expect(feed.mode).toBe(STALE);
    expect(feed.asOf).toBe(0);
    fails = false;
    await clock.pass(15000);
    expect(feed.mode).toBe(LIVE);
    expect(feed.asOf).toBe(75000);
});

test("an expired session is told, and nothing is asked any more", async () => {
    let asked = 0;
    const { feed, clock } = makeFeed({
        readAll: async () => {
            asked++;
            throw { exceptionName: "odoo.http.SessionExpiredException" };
        },
    });
    await clock.pass(60000);
    expect(feed.mode).toBe(EXPIRED);
    feed.onMessage({ ids: [1], all: true });
    await clock.pass(3600000);
    expect(asked).toBe(1);
    expect(clock.timers.size).toBe(0);
});

test("a week of changes leaves nothing behind", async () => {
    const { feed, clock } = makeFeed();
    const flashes = new Flashes(clock, () => {});
    let most = 0;
    for (let hour = 0; hour < 24 * 7; hour++) {
        for (let i = 0; i < 100; i++) {
            const id = (hour * 100 + i) % 5000;
            feed.onMessage({ ids: [id, (id % 3) + 1] });
            flashes.flash(id);
            await clock.pass(36000);
            most = Math.max(
                most,
                clock.timers.size,
                feed.pending.size,
                flashes.ids.size
            );
        }
    }
    expect(most).toBeLessThan(8);
    feed.stop();
    flashes.stop();
    expect(clock.timers.size).toBe(0);
});

test("what changed flashes once, what is new or the same does not", async () => {
    const clock = new Clock();
    const flashes = new Flashes(clock, () => {});
    const record = (id, people) => ({ resId: id, data: { people } });
    const before = Flashes.mark([record(1, "Anna"), record(2, "")]);
    flashes.show(
        before,
        Flashes.mark([record(1, "Bob"), record(2, ""), record(3, "")])
    );
    expect([...flashes.ids]).toEqual([1]);
    await clock.pass(FLASH_TIME + 1);
    expect([...flashes.ids]).toEqual([]);
});

test("moments are told as short as they can be", () => {
    allowTranslations();
    const now = DateTime.fromISO("2026-03-02T10:00:00");
    const at = (text) => DateTime.fromISO(text);
    expect(formatMoment(at("2026-03-02T14:05:00"), now)).toBe("14:05");
    expect(formatMoment(at("2026-03-03T14:05:00"), now)).toBe("Tue 14:05");
    expect(formatMoment(at("2026-03-20T14:05:00"), now)).toBe("20 Mar");
    expect(formatMoment(at("2027-03-20T14:05:00"), now)).toBe("20 Mar 2027");
    expect(formatMoment(false, now)).toBe("");
    const span = (from, to) => formatSpan(at(from), at(to), now);
    expect(span("2026-03-02T14:05:00", "2026-03-02T14:20:00")).toBe("14:05–14:20");
    expect(span("2026-03-03T14:05:00", "2026-03-03T14:20:00")).toBe("Tue 14:05–14:20");
    expect(span("2026-03-03T14:05:00", "2026-03-04T09:00:00")).toBe(
        "Tue 14:05 – Wed 09:00"
    );
    expect(span("2026-03-20T14:05:00", "2026-03-20T14:20:00")).toBe("20 Mar");
    expect(String(formatHours(0.5))).toBe("30 min");
    expect(String(formatHours(2.26))).toBe("2.3 h");
    expect(String(formatHours(72))).toBe("3 d");
});

test("the timeline goes from now to the last moment", () => {
    const now = DateTime.fromISO("2026-03-02T10:30:00");
    const window = getWindow(now, [now.plus({ hours: 10 }), false]);
    expect(window.hours).toBeGreaterThan(10);
    expect(place(window, now)).toBe(0);
    expect(place(window, now.minus({ days: 1 }))).toBe(0);
    expect(place(window, now.plus({ years: 9 }))).toBe(100);
    const ticks = getTicks(window);
    expect(ticks.length).toBeLessThan(9);
    expect(ticks[0].toISOTime().slice(0, 5)).toBe("12:00");
    expect(getWindow(now, []).hours).toBeGreaterThan(3);
    expect(getTicks(getWindow(now, [now.plus({ years: 9 })])).length).toBeLessThan(10);
});

class Board extends models.Model {
    _name = "mrp.live.board";
    name = fields.Char();
    state = fields.Char();
    product_id = fields.Many2one({ relation: "product" });
    operation_name = fields.Char();
    people = fields.Char();
    progress = fields.Float();
    expected_date = fields.Datetime();
    expected_early = fields.Datetime();
    expected_late = fields.Datetime();
    due_date = fields.Datetime();
    lateness = fields.Float();
    is_late = fields.Boolean();
    is_blocked = fields.Boolean();
    blocker_text = fields.Char();
    delay_reason = fields.Char();
    run_count = fields.Integer();
    late_count = fields.Integer();
    blocked_count = fields.Integer();
    _records = [1, 2, 3].map((id) => ({
        id,
        name: `RUN/${id}`,
        product_id: 1,
        operation_name: "Press",
        people: id === 1 ? "Anna" : "",
        progress: 30 * id,
        expected_date: "2026-03-02 14:00:00",
        due_date: id === 1 ? "2026-03-02 12:00:00" : "2026-03-02 18:00:00",
        lateness: id === 1 ? 2 : -4,
        is_late: id === 1,
        is_blocked: id === 2,
        blocker_text: id === 2 ? "Machine down" : "",
        run_count: 3,
        late_count: 1,
        blocked_count: 1,
    }));
}
class Product extends models.Model {
    _name = "product";
    name = fields.Char();
    _records = [{ id: 1, name: "Gouda" }];
}
defineMailModels();
defineModels([Board, Product]);

const ARCH = `<list js_class="live_board" create="0" edit="0">
    <field name="name"/><field name="product_id"/><field name="operation_name"/>
    <field name="people"/><field name="progress"/>
    <field name="expected_date" widget="board_expected"/>
    <field name="due_date" widget="board_moment"/>
    <field name="lateness" widget="board_lateness"/>
    <field name="blocker_text" widget="board_blocker"/>
    <field name="is_blocked" column_invisible="1"/>
    <field name="run_count" column_invisible="1"/>
    <field name="late_count" column_invisible="1"/>
    <field name="blocked_count" column_invisible="1"/>
</list>`;

async function mountBoard(context = {}) {
    mockDate("2026-03-02 09:00:00", 0);
    return mountView({ type: "list", resModel: "mrp.live.board", arch: ARCH, context });
}

test("counts, state and rows are shown in words", async () => {
    await mountBoard();
    expect(".o_board_counts").toHaveText(/In flight: 3.*late 1.*blocked 1/s);
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row:first .badge").toHaveText("2 h late");
    expect(".o_data_row:eq(1) .o_board_blocker").toHaveText("Machine down");
});

test("the timeline draws a bar and a due date for each run", async () => {
    await mountBoard();
    await contains(".o_board_timeline_button").click();
    expect(".o_board_timeline_row:not(.o_board_timeline_head)").toHaveCount(3);
    expect(".o_board_due").toHaveCount(3);
    expect(".o_board_bar.text-bg-danger").toHaveCount(2);
    await contains(".o_board_timeline_button").click();
    expect(".o_data_row").toHaveCount(3);
});

test("the wall shows the same runs and is left again", async () => {
    await mountBoard({ live_board_wall: true });
    expect(".o_board_wall .o_board_wall_row[data-run]").toHaveCount(3);
    expect(queryAllTexts(".o_board_wall_row[data-run] b")).toEqual([
        "RUN/1",
        "RUN/2",
        "RUN/3",
    ]);
    await contains(".o_board_wall_button").click();
    expect(".o_board_wall").toHaveCount(0);
    expect(".o_data_row").toHaveCount(3);
});

/** Mounts a board and returns what tells it that somebody changes a run: the message
 * does not go through the worker of the bus, which comes to it in its own time.
 */
async function mountTold(context) {
    await makeMockEnv();
    let tell = null;
    patchWithCleanup(getService("bus_service"), {
        subscribe(type, callback) {
            if (type === "mrp_live_board/changed") {
                tell = callback;
            }
            return super.subscribe(type, callback);
        },
    });
    await mountBoard(context);
    return async (id, values) => {
        MockServer.env["mrp.live.board"].write([id], values);
        tell({ ids: [id], all: false });
        await advanceTime(ROWS_DELAY + ROWS_JITTER);
        await animationFrame();
        await animationFrame();
    };
}

test("a message of the bus lets the row be read and flash, once", async () => {
    const reads = [];
    onRpc("mrp.live.board", "web_search_read", ({ kwargs }) => {
        reads.push(kwargs.domain);
    });
    const change = await mountTold();
    reads.length = 0;
    await change(2, { people: "Bob" });
    await waitFor(".o_board_flash");
    expect(reads).toEqual([[["id", "in", [2]]]]);
    expect(".o_data_row:eq(1)").toHaveText(/Bob/);
    expect(".o_board_flash").toHaveCount(1);
    expect(".o_data_row:eq(1)").toHaveClass("o_board_flash");
    await advanceTime(FLASH_TIME + 100);
    await animationFrame();
    expect(".o_board_flash").toHaveCount(0);
    await change(2, { progress: 61 });
    // time that passes is shown, but is no news
    expect(".o_board_flash").toHaveCount(0);
});

test("many changes leave the page as large as it was", async () => {
    const change = await mountTold({ live_board_wall: true });
    await change(1, { people: "First" });
    const size = queryAll(".o_board *").length;
    for (let i = 0; i < 60; i++) {
        await change((i % 3) + 1, { people: `Person ${i}` });
        await advanceTime(12000);
    }
    await advanceTime(FLASH_TIME + 100);
    await animationFrame();
    expect(queryAll(".o_board *").length).toBeLessThan(size + 5);
    expect(".o_board_wall_row[data-run]").toHaveCount(3);
});
