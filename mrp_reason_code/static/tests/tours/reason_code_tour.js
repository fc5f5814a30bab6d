import { registry } from "@web/core/registry";

const rejectTwo = [
    {
        content: "the dialog that asks what became of the units",
        trigger: ".modal .o_field_widget[name=scrap_quantity] input",
        run: "edit 2",
    },
    {
        content: "elsewhere, so that the quantity counts",
        trigger: ".modal .o_field_widget[name=note] input",
        run: "edit Cracked",
    },
    {
        content: "the favorites of the work centers come first",
        trigger:
            ".modal .o_field_widget[name=scrap_reason_id] .o_selection_badge:contains('T-SC')",
        run: "click",
    },
    {
        trigger: ".modal footer button[name=action_declare]",
        run: "click",
    },
    {
        trigger: "body:not(:has(.modal))",
    },
];

/** Somebody rejects two units of what is being made. */
registry.category("web_tour.tours").add("mrp_reason_code_declare", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button[name=action_declare_quantity]",
            run: "click",
        },
        ...rejectTwo,
        {
            trigger: ".o_notebook .nav-link[name=reasons]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=operation_quantity_ids] .o_data_row:contains('T-SC')",
        },
    ],
});

/** The same on a phone. */
registry.category("web_tour.tours").add("mrp_reason_code_declare_phone", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button[title=More]",
            run: "click",
        },
        {
            trigger:
                "button[name=action_declare_quantity], .dropdown-item:contains('Declare')",
            run: "click",
        },
        ...rejectTwo,
        {
            trigger: ".o_notebook .nav-link[name=reasons]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=operation_quantity_ids] :contains('T-SC')",
        },
    ],
});

/** An order that finishes late is done first and asks why afterwards. */
registry.category("web_tour.tours").add("mrp_reason_code_late", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button:contains('Produce All'):enabled",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=quick_reason_id] input",
            run: "edit T-DL",
        },
        {
            trigger:
                ".ui-autocomplete a:contains('T-DL'), .o-autocomplete--dropdown-item a:contains('T-DL')",
            run: "click",
        },
        {
            trigger: ".modal footer button:contains('Save')",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Done')",
        },
    ],
});

/** The owner looks at what is scrapped most, and why. */
registry.category("web_tour.tours").add("mrp_reason_code_pareto", {
    steps: () => [
        {
            trigger: ".o_graph_renderer canvas",
        },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('T-SC') td[name=production_id]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=mrp_reason_id]:contains('T-SC')",
        },
    ],
});
