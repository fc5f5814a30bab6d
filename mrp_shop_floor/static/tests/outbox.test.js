// one after another
/* eslint-disable no-await-in-loop */
import { afterEach, beforeEach, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";

import { project } from "@mrp_shop_floor/floor/project";
import { EventStore } from "@mrp_shop_floor/outbox/event_store";
import { Outbox } from "@mrp_shop_floor/outbox/outbox";

/** A disk that outlives the page. */
class MemoryStore {
    constructor() {
        this.rows = new Map();
        this.photos = new Map();
        this.last = 0;
    }

    async addEvent(event, photo) {
        if (this.isFull) {
            throw new Error("QuotaExceededError");
        }
        if (photo) {
            this.photos.set(event.uuid, photo);
        }
        this.last += 1;
        this.rows.set(this.last, JSON.stringify({ ...event, sequence: this.last }));
        return this.last;
    }

    async getPhoto(uuid) {
        return this.photos.get(uuid);
    }

    async removePhotos(events) {
        events.forEach((event) => this.photos.delete(event.uuid));
    }

    async updateEvents(events) {
        events.forEach((event) => this.rows.set(event.sequence, JSON.stringify(event)));
    }

    async removeEvents(events) {
        events.forEach((event) => this.rows.delete(event.sequence));
    }

    async getEvents() {
        return [...this.rows.keys()]
            .sort((a, b) => a - b)
            .map((key) => JSON.parse(this.rows.get(key)));
    }
}

/** Books each UUID once, as the server does. */
class Server {
    constructor() {
        this.booked = [];
        this.mode = "up";
        this.refuse = new Set();
    }

    async post(events) {
        if (this.mode === "down") {
            throw new Error("no network");
        }
        const results = events.map((event) => {
            if (!this.booked.includes(event.uuid)) {
                this.booked.push(event.uuid);
            }
            const state = this.refuse.has(event.kind) ? "refused" : "done";
            return { uuid: event.uuid, state, message: "" };
        });
        if (this.mode === "deaf") {
            throw new Error("the answer was lost");
        }
        return results;
    }
}

let store, server, queue;

function makeLock() {
    queue = Promise.resolve();
    return (work) => {
        const turn = queue.then(work);
        queue = turn.catch(() => {});
        return turn;
    };
}

let lock;

function makeOutbox(user = 1) {
    return new Outbox({
        store,
        user,
        lock,
        post: (events) => server.post(events),
        onChange: () => {},
    });
}

async function settle(outbox) {
    while (outbox.sending) {
        await outbox.sending;
    }
}

beforeEach(() => {
    store = new MemoryStore();
    server = new Server();
    lock = makeLock();
});

afterEach(() => (server.mode = "down"));

test("a tap is on disk before it is sent, and sent once", async () => {
    server.mode = "down";
    const outbox = makeOutbox();
    const event = await outbox.record({ kind: "start", workorder_id: 1, payload: {} });
    expect((await store.getEvents())[0].uuid).toBe(event.uuid);
    await settle(outbox);
    expect(outbox.pending.length).toBe(1);
    expect(outbox.error.message).toBe("no network");
    server.mode = "up";
    await outbox.send();
    expect(outbox.pending.length).toBe(0);
    await outbox.send();
    expect(server.booked).toEqual([event.uuid]);
});

test("in order, however many, after a reload", async () => {
    server.mode = "down";
    const outbox = makeOutbox();
    const uuids = [];
    for (let i = 0; i < 45; i++) {
        uuids.push((await outbox.record({ kind: "declare", payload: { i } })).uuid);
    }
    await settle(outbox);
    server.mode = "up";
    const reloaded = makeOutbox();
    await reloaded.load();
    expect(reloaded.pending.length).toBe(45);
    await reloaded.send();
    expect(server.booked).toEqual(uuids);
});

test("a lost answer does not double it", async () => {
    server.mode = "deaf";
    const outbox = makeOutbox();
    await outbox.record({ kind: "declare", payload: {} });
    await settle(outbox);
    expect(outbox.pending.length).toBe(1);
    server.mode = "up";
    await outbox.send();
    expect(outbox.pending.length).toBe(0);
    expect(server.booked.length).toBe(1);
});

test("two tabs", async () => {
    server.mode = "down";
    const [one, two] = [makeOutbox(), makeOutbox()];
    await Promise.all([
        one.record({ kind: "start", payload: {} }),
        two.record({ kind: "declare", payload: {} }),
        one.record({ kind: "pause", payload: {} }),
    ]);
    await Promise.all([settle(one), settle(two)]);
    server.mode = "up";
    await Promise.all([one.send(), two.send()]);
    expect(server.booked.length).toBe(3);
    expect((await store.getEvents()).map((event) => event.state)).toEqual([
        "done",
        "done",
        "done",
    ]);
});

test("tries again by itself", async () => {
    server.mode = "down";
    const outbox = makeOutbox();
    await outbox.record({ kind: "start", payload: {} });
    await settle(outbox);
    server.mode = "up";
    await advanceTime(2500);
    await settle(outbox);
    expect(outbox.pending.length).toBe(0);
});

test("refused is told and does not hold up the rest", async () => {
    server.refuse.add("start");
    const outbox = makeOutbox();
    await outbox.record({ kind: "start", payload: {} });
    await outbox.record({ kind: "declare", payload: {} });
    await settle(outbox);
    expect(outbox.events.map((event) => event.state)).toEqual(["refused", "done"]);
});

test("what is held can be withdrawn until the next tap", async () => {
    const outbox = makeOutbox();
    const finish = await outbox.record({ kind: "finish", payload: {} }, 10000);
    await settle(outbox);
    expect(server.booked).toEqual([]);
    expect(await outbox.withdraw(finish.uuid)).toBe(true);
    await outbox.send();
    expect(server.booked).toEqual([]);
    const again = await outbox.record({ kind: "finish", payload: {} }, 10000);
    const next = await outbox.record({ kind: "start", payload: {} });
    await settle(outbox);
    expect(server.booked).toEqual([again.uuid, next.uuid]);
    expect(await outbox.withdraw(again.uuid)).toBe(false);
});

test("what is held is sent after its time", async () => {
    const outbox = makeOutbox();
    await outbox.record({ kind: "finish", payload: {} }, 10000);
    await settle(outbox);
    await advanceTime(10100);
    await settle(outbox);
    expect(server.booked.length).toBe(1);
});

test("another user's session does not send them", async () => {
    server.mode = "down";
    const outbox = makeOutbox();
    const event = await outbox.record({ kind: "start", payload: {} });
    await settle(outbox);
    server.mode = "up";
    const other = makeOutbox(2);
    await other.load();
    await other.record({ kind: "pause", payload: {} });
    await settle(other);
    expect(server.booked.length).toBe(1);
    expect(other.pending.map((one) => one.uuid)).toEqual([event.uuid]);
    await makeOutbox().send();
    expect(server.booked.at(-1)).toBe(event.uuid);
});

test("on the browser's own disk", async () => {
    const name = `mrp_shop_floor_test_${Date.now()}`;
    const disk = new EventStore(name);
    const first = await disk.addEvent({ uuid: "a", state: "pending" });
    const second = await disk.addEvent({ uuid: "b", state: "pending" });
    expect(second).toBeGreaterThan(first);
    disk.close();
    const again = new EventStore(name);
    expect((await again.getEvents()).map((event) => event.uuid)).toEqual(["a", "b"]);
    await again.removeEvents([{ sequence: first }]);
    expect((await again.getEvents()).length).toBe(1);
    // without web locks: one tab at a time all the same
    const later = Date.now() + 100000;
    expect(await again.lease("sender", "one", later)).toBe(true);
    expect(await again.lease("sender", "two", later)).toBe(false);
    expect(await again.lease("sender", "one", 0)).toBe(true);
    expect(await again.lease("sender", "two", later)).toBe(true);
    again.close();
    indexedDB.deleteDatabase(name);
});

test("a full disk is said, not swallowed", async () => {
    store.isFull = true;
    const outbox = makeOutbox();
    await expect(outbox.record({ kind: "start", payload: {} })).rejects.toThrow(
        /Quota/
    );
    expect(outbox.pending.length).toBe(0);
});

test("a photo goes alone, and leaves the device once it is answered", async () => {
    const sent = [];
    const outbox = makeOutbox();
    outbox.post = async (events) => {
        sent.push(events.map((event) => [event.kind, event.photo]));
        return server.post(events);
    };
    server.mode = "down";
    await outbox.record({ kind: "start", payload: {} });
    await outbox.record({ kind: "photo", payload: {} }, 0, "AAAA");
    await outbox.record({ kind: "finish", payload: {} });
    await settle(outbox);
    expect(store.photos.size).toBe(1);
    sent.length = 0;
    server.mode = "up";
    outbox.send();
    await settle(outbox);
    expect(sent).toEqual([
        [["start", undefined]],
        [["photo", "AAAA"]],
        [["finish", undefined]],
    ]);
    expect(store.photos.size).toBe(0);
});

test("an undone photo is forgotten", async () => {
    const outbox = makeOutbox();
    const event = await outbox.record({ kind: "photo", payload: {} }, 10000, "AAAA");
    expect(await outbox.withdraw(event.uuid)).toBe(true);
    expect(store.photos.size).toBe(0);
});

test("containers that are not booked yet, and one taken back", () => {
    const units = [{ id: 1, factor: 1 }];
    const outputs = [
        { id: 7, main: true, product: "Gouda", unit: "kg", good: 40, units },
        { id: 8, main: false, product: "Whey", unit: "kg", good: 0, units },
    ];
    const row = { id: "line3", line_id: 3, output_id: 7, kind: "good", quantity: 40 };
    const run = { id: 1, good: 40, declared: [row], outputs, read_at: 100 };
    const base = { workorder_id: 1, state: "pending", device_date: 50 };
    const now = project(run, [
        {
            ...base,
            uuid: "a",
            kind: "declare",
            payload: { what: "good", quantity: 700, output_id: 8, lot: "W" },
        },
        { ...base, uuid: "b", kind: "take_back", payload: { line_id: 3 } },
    ]);
    expect(now.good).toBe(0);
    expect(now.outputs.map((one) => one.good)).toEqual([0, 700]);
    expect(now.declared.map((one) => [one.uuid, one.product, one.lot])).toEqual([
        ["a", "Whey", "W"],
    ]);
    expect(run.declared).toEqual([row]);
});

test("a run with the taps that are not booked yet", () => {
    const run = {
        id: 1,
        state: "ready",
        running: false,
        good: 1,
        worked: 0,
        declared: [],
        outputs: [{ id: 0, main: true, good: 1, units: [{ id: 5, factor: 12 }] }],
        read_at: 100,
    };
    const events = [
        {
            kind: "start",
            workorder_id: 1,
            state: "pending",
            device_date: 50,
            payload: {},
        },
        {
            kind: "declare",
            workorder_id: 1,
            device_date: 60,
            state: "done",
            answered: 90,
            payload: { what: "good", quantity: 3 },
        },
        {
            kind: "declare",
            workorder_id: 1,
            device_date: 60,
            state: "done",
            answered: 110,
            payload: { what: "good", quantity: 2, unit_id: 5 },
        },
        { kind: "declare", workorder_id: 2, state: "pending", payload: {} },
        {
            kind: "declare",
            workorder_id: 1,
            device_date: 60,
            state: "refused",
            payload: { what: "good", quantity: 9 },
        },
    ];
    const now = project(run, events);
    expect(now.running).toBe(true);
    expect(now.good).toBe(25);
    expect(now.waiting).toBe(1);
    expect(run.good).toBe(1);
});
