import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const row = (name, type, amount, percent) => ({
    name,
    type,
    amount,
    percent,
    quantity: 4,
    unit: "kg",
    unit_cost: amount / 4,
});

const SPLIT = {
    currency_id: 1,
    pool: 100,
    method: "fixed",
    rows: [row("Cheese", "main", 80, 80), row("Cream", "co_product", 20, 20)],
    notes: [],
};

class Recipe extends models.Model {
    _name = "recipe";

    share = fields.Float();
    preview = fields.Json();

    _records = [
        { id: 1, share: 20, preview: SPLIT },
        { id: 2, share: 0, preview: false },
        {
            id: 3,
            share: 20,
            preview: {
                ...SPLIT,
                notes: ["Whey recovers more than the whole run costs"],
            },
        },
    ];
}

class Currency extends models.Model {
    _name = "res.currency";

    name = fields.Char();
    symbol = fields.Char();
    position = fields.Selection({
        selection: [
            ["after", "A"],
            ["before", "B"],
        ],
    });

    _records = [{ id: 1, name: "USD", symbol: "$", position: "before" }];
}

defineModels([Recipe, Currency]);

const mountRecipe = (resId) =>
    mountView({
        type: "form",
        resModel: "recipe",
        resId,
        arch: `<form>
            <field name="share"/>
            <field name="preview" widget="joint_cost_preview"/>
        </form>`,
    });

test("a bar and a row for every output", async () => {
    await mountRecipe(1);
    expect(".o_joint_cost_preview .progress-bar").toHaveCount(2);
    expect(".o_joint_cost_preview .progress-bar:first").toHaveStyle(
        { width: "80%" },
        { inline: true }
    );
    expect(queryAllTexts(".o_joint_cost_preview tbody td:first-child")).toEqual([
        "Cheese",
        "Cream",
    ]);
    expect(
        queryAllTexts(".o_joint_cost_amount").map((text) =>
            text.replace(/[^0-9.]/g, "")
        )
    ).toEqual(["80.00", "20.00"]);
    expect(".o_joint_cost_preview .alert").toHaveCount(0);
});

test("nothing to split, nothing to show", async () => {
    await mountRecipe(2);
    expect(".o_joint_cost_preview").toHaveCount(0);
});

test("what is wrong with the recipe is said above the split", async () => {
    await mountRecipe(3);
    expect(".o_joint_cost_preview .alert-danger").toHaveText(
        "Whey recovers more than the whole run costs"
    );
});

test("follows the recipe while it is edited", async () => {
    onRpc("recipe", "onchange", () => ({
        value: {
            preview: {
                ...SPLIT,
                rows: [
                    row("Cheese", "main", 70, 70),
                    row("Cream", "co_product", 30, 30),
                ],
            },
        },
    }));
    Recipe._onChanges = { share: () => {} };
    await mountRecipe(1);
    await contains(".o_field_widget[name=share] input").edit("30");
    expect(queryAllTexts(".o_joint_cost_amount")[1]).toMatch(/30/);
});
