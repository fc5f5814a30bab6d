import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Choose somebody in a field of a dialog. */
function choose(field, name) {
    return [
        {
            trigger: `.modal .o_field_widget[name=${field}] input`,
            run: `edit ${name}`,
        },
        {
            trigger: `.modal .o-autocomplete--dropdown-item:contains('${name}')`,
            run: "click",
        },
    ];
}

/** Tick somebody in a list of a dialog. */
function tick(field, name) {
    return {
        trigger: `.modal .o_field_widget[name=${field}] label:contains('${name}')`,
        run: "click",
    };
}

const closed = { trigger: "body:not(:has(.modal))" };

/** A planner starts somebody, who hands over to somebody else. */
tours.add("mrp_operator_start", {
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name=operations]",
            run: "click",
        },
        {
            trigger:
                ".o_data_row:contains('Cut') button[name=button_start]:not(:disabled)",
            run: "click",
        },
        tick("operator_ids", "Anna"),
        {
            trigger: ".modal footer button[name=action_start]",
            run: "click",
        },
        closed,
        {
            content: "she works on it",
            trigger:
                ".o_data_row:contains('Cut') [name=working_operator_ids] .o_m2m_avatar",
        },
        {
            trigger: ".o_data_row:contains('Cut') button[name=action_hand_over]",
            run: "click",
        },
        tick("arriving_ids", "Bert"),
        {
            trigger: ".modal .o_field_widget[name=note] input",
            run: "edit Blade is dull",
        },
        {
            trigger: ".modal footer button[name=action_hand_over]",
            run: "click",
        },
        closed,
        {
            content: "the log of the order tells about it",
            trigger: ".o-mail-Message:contains('Anna handed over to Bert')",
        },
    ],
});

/** The office completes an order on which nobody logged time. */
tours.add("mrp_operator_closing", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button:contains('Produce All')",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:contains('Cut') td[name=operator_ids]",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row .o_field_widget[name=operator_ids] input",
            run: "edit Cora",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains('Cora')",
            run: "click",
        },
        {
            trigger: ".modal footer button[name=action_name]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=state] .o_arrow_button_current:contains('Done')",
        },
    ],
});

/** A supervisor corrects a forgotten clock. */
tours.add("mrp_operator_correct", {
    steps: () => [
        {
            trigger: "button[name=action_correct_time]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=take_back] input",
            run: "check",
        },
        ...choose("reason_id", "T-OV"),
        {
            trigger: ".modal footer button[name=action_correct]",
            run: "click",
        },
        closed,
        {
            trigger:
                ".o_field_widget[name=correction_ids] .o_data_row:contains('Taken Back')",
        },
    ],
});

const card = ".o_kanban_record:contains('Cut')";

/** An operator starts, stops and finishes on his phone. */
tours.add("mrp_operator_my_work", {
    steps: () => [
        {
            trigger: `${card} button[name=action_operator_start]`,
            run: "click",
        },
        {
            content: "he works",
            trigger: `${card}:contains('Working')`,
        },
        {
            trigger: `${card} button[name=action_operator_stop]`,
            run: "click",
        },
        {
            trigger: `${card}:not(:contains('Working'))`,
        },
        {
            trigger: `${card} button[name=action_operator_finish]`,
            run: "click",
        },
        {
            content: "finished work is gone",
            trigger: `.o_kanban_view:not(:has(${card}))`,
        },
    ],
});

/** On a shared tablet an operator says who she is. */
tours.add("mrp_operator_shared_device", {
    steps: () => [
        {
            trigger: `${card} button[name=action_operator_start]`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=operator_id] .o_select_menu_toggler",
            run: "click",
        },
        {
            content: "a sheet at the bottom of the phone",
            trigger: "body .o_select_menu_item:contains('Anna')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=pin] input",
            run: "edit 0000",
        },
        {
            trigger: ".modal footer button[name=action_confirm]:contains('Start')",
            run: "click",
        },
        {
            content: "that was the wrong PIN",
            trigger: ".modal:contains('no badge or PIN') button:contains('Close')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=pin] input",
            run: "edit 4711",
        },
        {
            trigger: ".modal footer button[name=action_confirm]:contains('Start')",
            run: "click",
        },
        closed,
        {
            trigger: `${card}:contains('Working')`,
        },
    ],
});
