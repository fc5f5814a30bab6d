import { expect, test } from "@odoo/hoot";

import { matchScan, parseScan } from "@mrp_shop_floor/scan/parse";

const GTIN = "04006381333931";
const FNC1 = "\u001d";

const SALT = {
    id: 1,
    product: "Salt",
    tracking: "lot",
    codes: ["4006381333931", "SALT"],
    lots: [
        { name: "L-1", usable: true },
        { name: "L-2", usable: false },
    ],
};
const MILK = { id: 2, product: "Milk", tracking: "none", codes: ["MILK"], lots: [] };
const MATERIALS = [SALT, MILK];

test("plain codes", () => {
    expect(parseScan(" L-1 ")).toEqual({ code: "L-1" });
    expect(parseScan("4006381333931").gtin).toBe(undefined);
});

test("GS1 element strings", () => {
    for (const code of [
        `01${GTIN}10L-1${FNC1}3103001250`,
        `]C101${GTIN}310300125010L-1`,
        `(01)${GTIN}(10)L-1(3103)001250`,
        `]d201${GTIN}17261231${"3103001250"}10L-1`,
    ]) {
        const scan = parseScan(code);
        expect(scan.gtin).toBe(GTIN);
        expect(scan.lot).toBe("L-1");
        expect(scan.quantity).toBe(1.25);
    }
    expect(parseScan(`01${GTIN}1726123110L-1`).expiry).toBe("261231");
    expect(parseScan(`01${GTIN}3724${FNC1}10A`).quantity).toBe(24);
    // of what is counted and weighed the count is the quantity
    expect(parseScan(`01${GTIN}31030071003048`).quantity).toBe(48);
});

test("what only looks like GS1 is taken as it is", () => {
    for (const code of [
        "0104006381333930",
        "01040063813339",
        `01${GTIN}99`,
        "10",
        "10-234",
        "",
        "(01)",
    ]) {
        expect(parseScan(code)).toEqual({ code });
    }
});

test("the material and its lot", () => {
    const match = (code) => matchScan(parseScan(code), MATERIALS);
    expect(match("L-1")).toEqual({ material: SALT, lot: "L-1" });
    expect(match(`01${GTIN}10L-1`)).toEqual({ material: SALT, lot: "L-1" });
    expect(match("MILK")).toEqual({ material: MILK });
});

test("what is wrong, and what to take instead", () => {
    const match = (code) => matchScan(parseScan(code), MATERIALS);
    expect(match("X")).toEqual({ problem: "unknown" });
    expect(match("")).toEqual({ problem: "unknown" });
    expect(match("L-2").problem).toBe("lot_held");
    expect(match("L-2").expected).toEqual(["L-1"]);
    expect(match("SALT").problem).toBe("lot_missing");
    expect(match(`01${GTIN}10OTHER`).problem).toBe("lot_unknown");
    // another product with a lot of the same name
    expect(match("010000000000000010L-1").problem).toBe("unknown");
});
