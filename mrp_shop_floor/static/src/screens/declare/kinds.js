import { _t } from "@web/core/l10n/translation";

export const KINDS = [
    { key: "good", name: _t("Good"), icon: "fa-check" },
    { key: "scrap", name: _t("Scrap"), icon: "fa-trash" },
    { key: "rework", name: _t("Rework"), icon: "fa-repeat" },
];

const OUTPUT_TYPES = {
    main: _t("product"),
    co_product: _t("co-product"),
    by_product: _t("by-product"),
    waste: _t("waste"),
};

export function kindName(kind) {
    return KINDS.find((one) => one.key === kind).name.toString();
}

export function typeName(type) {
    return OUTPUT_TYPES[type]?.toString() || "";
}
