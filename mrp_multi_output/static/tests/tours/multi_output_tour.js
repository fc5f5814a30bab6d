import { registry } from "@web/core/registry";

/** A person completes an order with several outputs and looks at what it cost. */
registry.category("web_tour.tours").add("mrp_multi_output_complete", {
    steps: () => [
        {
            content: "the outputs of the order",
            trigger: ".o_notebook .nav-link:contains('Outputs')",
            run: "click",
        },
        {
            content: "less cream than planned",
            trigger:
                ".o_field_widget[name=move_byproduct_ids] .o_data_row:contains('Cream') td[name=quantity]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=move_byproduct_ids] .o_selected_row td[name=quantity] input",
            run: "edit 3",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            content: "produce everything",
            trigger: ".o_statusbar_buttons button:contains('Produce All'):enabled",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Done')",
        },
        {
            content: "what each output bears",
            trigger: ".o_notebook .nav-link:contains('Allocation')",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=joint_cost_ids] .o_data_row:contains('Cream') td[name=amount]:contains('75')",
        },
        {
            content: "the cost of the run",
            trigger: ".o_notebook .nav-link[name=run_cost]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=run_cost_actual]:contains('100')",
        },
    ],
});

/** The same on a phone. */
registry.category("web_tour.tours").add("mrp_multi_output_phone", {
    steps: () => [
        {
            content: "the actions of the order",
            trigger:
                ".o_statusbar_buttons button:contains('Produce All'), .o_cp_action_menus, .o_statusbar_buttons .dropdown-toggle",
        },
        {
            trigger: ".o_notebook .nav-link:contains('Outputs')",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=move_byproduct_ids] .o_kanban_record:contains('Cream'), .o_field_widget[name=move_byproduct_ids] .o_data_row:contains('Cream')",
        },
        {
            trigger: ".o_notebook .nav-link[name=run_cost]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=run_cost_line_ids] .o_kanban_record:contains('Material')",
        },
    ],
});
