import { registry } from "@web/core/registry";

const openApp = (name) => [
    {
        trigger: ".o_navbar_apps_menu button",
        run: "click",
    },
    {
        trigger: `.o-dropdown-item:contains(${name})`,
        run: "click",
    },
];

const openStep = (step, title) => [
    ...openApp("Job Work Orders"),
    {
        content: "the checklist leads on",
        trigger: `.o_job_first_day .o_job_step_next[data-step=${step}] button`,
        run: "click",
    },
    { trigger: `.o_breadcrumb .active:contains(${title})` },
];

const createNew = [
    {
        trigger: ".o_list_button_add:enabled, .o-kanban-button-new:enabled",
        run: "click",
    },
    { trigger: ".o_form_view" },
];

const save = [
    {
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        trigger:
            ".o_form_view:not(:has(.o_form_status_indicator_buttons:not(.invisible)))",
    },
];

const choose = (field, name, label) => [
    {
        trigger: `${field} input`,
        run: `edit ${name}`,
    },
    {
        trigger: `.o-autocomplete--dropdown-item:contains('${label || name}')`,
        run: "click",
    },
];

/** A new user's first hour: from an empty database to what a job did cost. */
registry.category("web_tour.tours").add("job_work_order_trial", {
    steps: () => [
        {
            trigger: "button[name=action_job_preset_simple]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the page comes back with the choice",
            trigger: ".o_field_widget[name=job_preset]:contains('Simple Shop')",
        },
        ...openStep("workcenter", "Work Centers"),
        ...createNew,
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Trial Vat",
        },
        {
            trigger: ".o_field_widget[name=costs_hour] input",
            run: "edit 60",
        },
        ...save,
        ...openStep("bom", "Bills of Materials"),
        ...createNew,
        ...choose(
            ".o_field_widget[name=product_tmpl_id]",
            "Trial Cheese",
            'Create "Trial Cheese"'
        ),
        {
            trigger:
                ".o_field_widget[name=bom_line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose(
            ".o_field_widget[name=bom_line_ids] [name=product_id]",
            "Trial Milk",
            'Create "Trial Milk"'
        ),
        {
            trigger: ".o_field_widget[name=bom_line_ids] [name=product_qty] input",
            run: "edit 10",
        },
        {
            trigger: ".o_notebook .nav-link:contains(Operations)",
            run: "click",
        },
        {
            trigger: "button[name=action_open_operation_form]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Cook",
        },
        ...choose(".o_field_widget[name=workcenter_id]", "Trial Vat"),
        ...save,
        ...openApp("Manufacturing"),
        { trigger: ".o_menu_brand:contains(Manufacturing)" },
        {
            trigger: ".o_menu_sections button:contains(Products)",
            run: "click",
        },
        {
            trigger: ".o-dropdown-item:contains(Products)",
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains('Trial Milk')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=standard_price] input",
            run: "edit 0.40",
        },
        ...save,
        ...openStep("job", "Jobs"),
        ...createNew,
        {
            trigger: ".o_field_widget[name=title] input",
            run: "edit My first job",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose(".o_field_widget[name=line_ids] [name=product_id]", "Trial Cheese"),
        {
            trigger: ".o_field_widget[name=line_ids] [name=quantity] input",
            run: "edit 5",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_complete]:enabled",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains('Done'), .o_statusbar_status [aria-checked=true]:contains('Done')",
        },
        {
            content: "five cheeses of ten litres, and five hours",
            trigger: "button[name=action_view_cost]",
            run: "click",
        },
        {
            trigger: ".o_pivot_view .o_pivot_cell_value:contains('320.00')",
        },
    ],
});
