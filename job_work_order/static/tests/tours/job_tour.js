import { registry } from "@web/core/registry";

const submitApprovePlan = [
    {
        content: "nothing is missing any more",
        trigger: ".o_form_view:not(:has(.alert-info:visible))",
    },
    {
        trigger: ".o_statusbar_buttons button[name=action_submit]:enabled",
        run: "click",
    },
    {
        trigger: ".o_statusbar_buttons button[name=action_approve]:enabled",
        run: "click",
    },
    {
        trigger: ".o_statusbar_buttons button[name=action_plan]:enabled",
        run: "click",
    },
    {
        trigger: ".o_notebook .nav-link[name=runs]",
        run: "click",
    },
];

/** The planner's day: a job of three runs, approved, planned. */
registry.category("web_tour.tours").add("job_work_order_day", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=title] input",
            run: "edit Spring cheese",
        },
        {
            content: "what is missing is said before it is asked for",
            trigger: ".alert-info:contains('At least one line')",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] [name=product_id] input",
            run: "edit Tour Cheese",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains('Tour Cheese')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] [name=quantity] input",
            run: "edit 12",
        },
        {
            trigger: ".o_field_widget[name=line_ids] [name=run_size] input",
            run: "edit 4",
        },
        {
            trigger: ".o_field_widget[name=title] input",
            run: "edit Spring cheese, three days",
        },
        ...submitApprovePlan,
        {
            trigger:
                ".o_field_widget[name=production_ids] .o_data_row:eq(2):contains('Confirmed')",
        },
    ],
});

/** The same on a phone. */
registry.category("web_tour.tours").add("job_work_order_day_phone", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=title] input",
            run: "edit Spring cheese",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o-kanban-button-new",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=product_id] input",
            run: "click",
        },
        {
            content: "a phone picks from a list of its own",
            trigger: ".modal .o_kanban_record:contains('Tour Cheese')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=quantity] input",
            run: "edit 12",
        },
        {
            trigger: ".modal .o_field_widget[name=run_size] input",
            run: "edit 4",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        ...submitApprovePlan,
        {
            trigger:
                ".o_field_widget[name=production_ids] .o_kanban_record:contains('Confirmed')",
        },
    ],
});

/** A small shop: one form, one button, no dialog. */
registry.category("web_tour.tours").add("job_work_order_simple", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] [name=product_id] input",
            run: "edit Tour Cheese",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains('Tour Cheese')",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_complete]:enabled",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains('Done'), .o_statusbar_status:contains('Done') [aria-checked=true]:contains('Done')",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

/** The supervisor's tomorrow: what a work center does first is dragged. */
registry.category("web_tour.tours").add("job_work_order_dispatch", {
    steps: () => [
        {
            trigger: ".o_group_header:contains('Vat')",
            run: "click",
        },
        {
            trigger: ".o_data_row.o_row_draggable:eq(1) .o_row_handle",
            async run({ drag_and_drop }) {
                await drag_and_drop(".o_data_row:eq(0) td:eq(3)", {
                    position: { top: 3, left: 30 },
                    relative: true,
                });
            },
        },
        {
            content: "the second is first now",
            trigger: ".o_data_row:eq(0):contains('Second')",
        },
    ],
});

/** The checklist leads to the next step; the dashboard shows what came out. */
registry.category("web_tour.tours").add("job_work_order_dashboard", {
    steps: () => [
        {
            content: "what was done out of turn is ticked off; the factory is next",
            trigger: ".o_job_first_day .o_job_step_next[data-step=preset]",
        },
        {
            trigger: ".o_job_tile[data-tile=throughput] .o_job_value:contains('2')",
        },
        {
            trigger: ".o_job_tile[data-tile=throughput] .o_job_target:contains('30')",
        },
        {
            trigger: ".o_job_period",
            run: "click",
        },
        {
            trigger: ".o-dropdown-item:contains('Last 7 days')",
            run: "click",
        },
        {
            trigger: ".o_job_period:contains('Last 7 days')",
        },
        {
            trigger: ".o_job_workcenter",
            run: "click",
        },
        {
            trigger: ".o-dropdown-item:contains('Vat')",
            run: "click",
        },
        {
            trigger: ".o_job_workcenter:contains('Vat')",
        },
        {
            trigger: ".o_job_dismiss",
            run: "click",
        },
        {
            trigger: ".o_job_dashboard:not(:has(.o_job_first_day))",
        },
        {
            trigger: ".o_job_tile[data-tile=throughput] .o_job_open",
            run: "click",
        },
        {
            content: "the records behind the figure",
            trigger: ".o_list_view .o_data_row:eq(1)",
        },
    ],
});
