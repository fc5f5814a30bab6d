import { describe, expect, test } from "@odoo/hoot";
import { BACKWARD, FORWARD } from "@mrp_genealogy/genealogy/directions";
import { GenealogyData } from "@mrp_genealogy/genealogy/genealogy_data";

describe.current.tags("headless");

let edgeId = 0;

function edge(parent, child, values = {}) {
    return {
        id: ++edgeId,
        parent_lot_id: parent,
        child_lot_id: child,
        parent_filling: 0,
        child_filling: 0,
        quantity: 1,
        ...values,
    };
}

function lots(count) {
    return Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
            index + 1,
            { id: index + 1, name: `L${index + 1}`, product: "P" },
        ])
    );
}

function make(roots, edges, count = 9) {
    const data = { roots, lots: lots(count), backward: [], forward: [], cut: false };
    data.products = { 77: { product: "Salt", unit: "kg" } };
    return new GenealogyData({ ...data, ...edges });
}

function outline(data, direction) {
    return data.rows(direction).map((row) => `${row.level}:${row.edge.lotId}`);
}

test("a small genealogy is unfolded, each lot where it is met first", () => {
    const data = make([1], {
        forward: [edge(1, 2), edge(1, 3), edge(2, 4), edge(3, 4), edge(4, 5)],
    });
    expect(outline(data, FORWARD)).toEqual(["0:2", "1:4", "2:5", "0:3", "1:4"]);
    expect(data.isEmpty(BACKWARD)).toBe(true);
});

test("what is folded is opened by hand, at every place", () => {
    const data = make([1], {
        forward: [edge(1, 2), edge(1, 3), edge(2, 4), edge(3, 4), edge(4, 5)],
    });
    const last = data.rows(FORWARD).at(-1);
    expect(last.foldable).toBe(true);
    data.toggle(FORWARD, last.key);
    expect(outline(data, FORWARD).at(-1)).toBe("2:5");
    data.foldAll(FORWARD);
    expect(outline(data, FORWARD)).toEqual(["0:2", "0:3"]);
});

test("a cycle ends and says so", () => {
    const data = make([1], { forward: [edge(1, 2), edge(2, 1), edge(2, 3)] });
    const rows = data.rows(FORWARD);
    expect(rows.map((row) => row.edge.lotId)).toEqual([2, 1, 3]);
    expect(rows.map((row) => row.repeats)).toEqual([false, true, false]);
});

test("a tank leads on to the filling that was asked for", () => {
    const data = make([1], {
        forward: [
            edge(1, 2, { child_filling: 1 }),
            edge(2, 3, { parent_filling: 1 }),
            edge(2, 4, { parent_filling: 0 }),
        ],
    });
    expect(outline(data, FORWARD)).toEqual(["0:2", "1:3"]);
});

test("what was used before it was received is told", () => {
    const data = make([2], { backward: [edge(1, 2, { date: "2026-01-05 10:00:00" })] });
    data.lots[1].receipt = [{ date: "2026-01-06 08:00:00" }];
    const [row] = data.rows(BACKWARD);
    expect(data.isTooEarly(BACKWARD, row)).toBe(true);
    data.lots[1].receipt.push({ date: "2026-01-04 08:00:00" });
    expect(data.isTooEarly(BACKWARD, row)).toBe(false);
});

test("what has no lot is a leaf", () => {
    const data = make([1], { backward: [edge(null, 1, { parent_product_id: 77 })] });
    const [row] = data.rows(BACKWARD);
    expect(row.lot).toBe(null);
    expect(row.foldable).toBe(false);
    expect(row.edge.product).toBe("Salt");
});

test("a large genealogy starts folded and stays bounded", () => {
    const edges = [];
    for (let lot = 2; lot <= 5000; lot++) {
        edges.push(edge(Math.floor(lot / 2), lot));
    }
    const data = make([1], { forward: edges }, 5000);
    expect(outline(data, FORWARD)).toEqual(["0:2", "0:3"]);
    data.unfoldAll(FORWARD);
    expect(data.rows(FORWARD).length).toBe(3000);
    const picture = data.picture();
    expect(picture.nodes.length).toBe(120);
    expect(picture.hidden > 0).toBe(true);
});

test("the picture puts sources left and uses right", () => {
    const data = make([2], { backward: [edge(1, 2)], forward: [edge(2, 3)] });
    const { nodes, links } = data.picture();
    const x = Object.fromEntries(nodes.map((node) => [node.id, node.x]));
    expect(x[1] < x[2]).toBe(true);
    expect(x[2] < x[3]).toBe(true);
    expect(links.map((link) => link.key).sort()).toEqual(["1-2", "2-3"]);
});
