import { expect, test } from "@odoo/hoot";

import { makeDrag, moved } from "@mrp_shop_floor/core/drag";
import { project } from "@mrp_shop_floor/floor/project";

/** A list of rows, each so high, and the handle of one of them. */
function makeList(heights, index) {
    let top = 0;
    const children = heights.map((height) => {
        const box = { top, bottom: top + height, height };
        top += height;
        return { matches: () => true, getBoundingClientRect: () => box };
    });
    const handle = { closest: () => ({ children }), setPointerCapture() {} };
    return { currentTarget: handle, target: handle, index };
}

test("a row goes where the finger goes, and is dropped once", () => {
    let rows = ["a", "b", "c"];
    let drops = 0;
    const drag = makeDrag({
        move: (from, to) => (rows = moved(rows, from, to)),
        drop: () => (drops += 1),
    });
    const list = makeList([60, 60, 60], 2);
    drag.start({ ...list, pointerId: 1 }, 2);
    drag.over({ ...list, clientY: 150 });
    expect(rows).toEqual(["a", "b", "c"]);
    drag.over({ ...list, clientY: 80 });
    expect(rows).toEqual(["a", "c", "b"]);
    drag.over({ ...list, clientY: 10 });
    drag.stop();
    expect(rows).toEqual(["c", "a", "b"]);
    expect(drops).toBe(1);
});

test("touching a handle moves nothing", () => {
    const drag = makeDrag({
        move: () => expect.step("move"),
        drop: () => expect.step("drop"),
    });
    const list = makeList([60, 60], 0);
    drag.over({ ...list, clientY: 100 });
    drag.start({ ...list, pointerId: 1 }, 0);
    drag.stop();
    expect.verifySteps([]);
});

test("a row does not jump back under the finger that passed a taller one", () => {
    let rows = ["low", "tall"];
    const drag = makeDrag({
        move: (from, to) => (rows = moved(rows, from, to)),
        drop() {},
    });
    drag.start({ ...makeList([60, 200], 0), pointerId: 1 }, 0);
    // just over the edge of the taller one
    drag.over({ ...makeList([60, 200], 0), clientY: 70 });
    expect(rows).toEqual(["low", "tall"]);
    drag.over({ ...makeList([60, 200], 0), clientY: 120 });
    expect(rows).toEqual(["tall", "low"]);
});

test("arrow keys do the same, and stop at the ends", () => {
    const steps = [];
    const drag = makeDrag({
        move: (from, to) => steps.push([from, to]),
        drop: () => steps.push("drop"),
    });
    const list = makeList([60, 60], 0);
    const press = (key, index) =>
        drag.key({ ...list, key, preventDefault() {} }, index);
    press("ArrowUp", 0);
    press("ArrowDown", 1);
    press("Enter", 0);
    expect(steps).toEqual([]);
    press("ArrowDown", 0);
    expect(steps).toEqual([[0, 1], "drop"]);
});

test("a late finish waits for its reason until one is given", () => {
    const run = {
        id: 1,
        read_at: 0,
        running: true,
        late_after: "2026-11-25T10:00:00Z",
    };
    const finish = {
        kind: "finish",
        workorder_id: 1,
        state: "pending",
        device_date: Date.parse("2026-11-25T10:30:00Z"),
        payload: {},
    };
    expect(project(run, [finish]).late_pending).toBe(true);
    const explained = { ...finish, kind: "explain", payload: { reason_id: 3 } };
    expect(project(run, [finish, explained]).late_pending).toBe(false);
    const given = { ...finish, payload: { reason_id: 3 } };
    expect(project(run, [given]).late_pending).toBe(false);
    const early = { ...finish, device_date: Date.parse("2026-11-25T09:30:00Z") };
    expect(project(run, [early]).late_pending).toBe(false);
});

test("help that is not sent yet says so", () => {
    const run = { id: 1, read_at: 0 };
    const call = {
        kind: "help",
        workorder_id: 1,
        state: "pending",
        device_date: 1000,
        payload: { topic: "machine" },
    };
    expect(project(run, [call]).help.waits).toBe(true);
    const sent = { ...call, state: "done", answered: 5 };
    expect(project(run, [sent]).help.waits).toBe(false);
    expect(project({ ...run, read_at: 9 }, [sent]).help).toBe(undefined);
});
