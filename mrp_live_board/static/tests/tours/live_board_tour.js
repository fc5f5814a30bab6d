import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The floor manager looks at the board, filters, groups, and goes to the order. */
tours.add("mrp_live_board_desk", {
    steps: () => [
        {
            content: "the counts are there, and the board is live",
            trigger: ".o_board_counts:contains('In flight')",
        },
        { trigger: ".o_board_mode[data-mode=live]" },
        {
            content: "late runs first",
            trigger: ".o_data_row:first:contains('TOUR-LATE'):contains('late')",
        },
        {
            content: "what blocks is told in words",
            trigger:
                ".o_data_row:contains('TOUR-BLOCKED') .o_board_blocker:contains('Machine down')",
        },
        { trigger: ".o_board_timeline_button", run: "click" },
        { trigger: ".o_board_timeline_row:contains('TOUR-LATE') .o_board_bar" },
        { trigger: ".o_board_timeline_button", run: "click" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .o_menu_item:contains('Blocked')", run: "click" },
        {
            trigger: ".o_group_by_menu .o_menu_item:contains('Work Center')",
            run: "click",
        },
        { trigger: ".o_group_header:contains('Press')", run: "click" },
        { trigger: ".o_data_row:contains('TOUR-BLOCKED') td[name=name]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=product_id]" },
        { trigger: ".oe_stat_button[name=action_open_live_board]", run: "click" },
        { trigger: ".o_data_row:contains('TOUR-BLOCKED')" },
        { trigger: "button[name=action_open_workorder]", run: "click" },
        { trigger: ".o_form_view" },
    ],
});

/** The same runs as cards. */
tours.add("mrp_live_board_phone", {
    steps: () => [
        { trigger: ".o_board_counts:contains('In flight')" },
        {
            trigger: ".o_kanban_record:contains('TOUR-LATE') .badge:contains('late')",
        },
        {
            content: "nothing is wider than the screen",
            trigger: ".o_kanban_record:contains('TOUR-BLOCKED')",
            run: () => {
                const { scrollWidth, clientWidth } = document.documentElement;
                if (scrollWidth > clientWidth) {
                    throw new Error(`${scrollWidth} px wide on ${clientWidth} px`);
                }
            },
        },
        { trigger: ".o_kanban_record:contains('TOUR-LATE')", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=product_id]" },
    ],
});

/** The wall: the board alone, in large type. */
tours.add("mrp_live_board_wall", {
    steps: () => [
        {
            trigger: ".o_board_wall .o_board_wall_row:contains('TOUR-LATE')",
            run: () => {
                const { fontSize } = window.getComputedStyle(
                    document.querySelector(".o_board_wall_row[data-run]")
                );
                if (parseFloat(fontSize) < 24) {
                    throw new Error(`${fontSize} can not be read from afar`);
                }
            },
        },
        { trigger: ".o_board_wall .o_board_mode[data-mode=live]" },
        { trigger: ".o_board_wall_button", run: "click" },
        { trigger: ".o_board:not(.o_board_wall) .o_data_row:contains('TOUR-LATE')" },
    ],
});
