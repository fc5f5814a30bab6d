import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";

import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

import { getCumulativePercent } from "@mrp_reason_code/pareto_graph/pareto_graph_view";

class Loss extends models.Model {
    reason = fields.Char();
    quantity = fields.Float({ aggregator: "sum" });
    _records = [
        { id: 1, reason: "Wear", quantity: 2 },
        { id: 2, reason: "Setting", quantity: 6 },
        { id: 3, reason: "Wear", quantity: 0 },
        { id: 4, reason: "Material", quantity: 2 },
    ];
}
defineMailModels();
defineModels([Loss]);

async function mountPareto(arch) {
    const view = await mountView({
        type: "graph",
        resModel: "loss",
        arch,
    });
    let found = null;
    for (const node of Object.values(view.__owl__.children)) {
        const stack = [node];
        while (stack.length) {
            const current = stack.pop();
            if (current.component.getScaleOptions) {
                found = current.component;
            }
            stack.push(...Object.values(current.children));
        }
    }
    return found;
}

test("the running total ends at 100 %", () => {
    expect(getCumulativePercent([6, 2, 2])).toEqual([60, 80, 100]);
    expect(getCumulativePercent([0, 0])).toEqual([0, 0]);
    expect(getCumulativePercent([])).toEqual([]);
});

test("largest first, with the cumulative line on its own axis", async () => {
    const renderer = await mountPareto(
        `<graph type="bar" order="DESC" stacked="0" js_class="pareto_graph">
            <field name="reason"/><field name="quantity" type="measure"/>
        </graph>`
    );
    const { data, lineOverlayDataset } = renderer.model;
    expect(data.labels[0]).toBe("Setting");
    expect(data.datasets[0].data).toEqual([6, 2, 2]);
    expect(lineOverlayDataset.data).toEqual([60, 80, 100]);
    expect(renderer.getScaleOptions().percent.max).toBe(100);
});

test("without an order it is an ordinary graph", async () => {
    const renderer = await mountPareto(
        `<graph type="bar" stacked="0" js_class="pareto_graph">
            <field name="reason"/><field name="quantity" type="measure"/>
        </graph>`
    );
    expect(renderer.model.lineOverlayDataset).toBe(null);
    expect(renderer.getScaleOptions().percent).toBe(undefined);
});
