import { Component } from "@odoo/owl";
import { formatMoment, formatSpan } from "../feed/format";
import { useFlashing } from "../feed/use_flashing";
import { getTicks, place, getWindow } from "./scale";

const { DateTime } = luxon;

/** Runs as bars from now to their expected completion, with the spread and due dates. */
export class BoardTimeline extends Component {
    static template = "mrp_live_board.BoardTimeline";
    static props = ["*"];

    setup() {
        this.formatMoment = formatMoment;
        this.isFlashing = useFlashing();
    }

    get sections() {
        const { list } = this.props;
        return list.isGrouped
            ? list.groups.map((group) => ({
                  id: group.id,
                  group,
                  title: group.displayName || "",
                  records:
                      group.isFolded || group.list.isGrouped ? [] : group.list.records,
              }))
            : [{ id: "all", records: list.records }];
    }

    get window() {
        const records = this.sections.flatMap((section) => section.records);
        return getWindow(
            DateTime.now(),
            records.flatMap(({ data }) => [data.expected_late, data.due_date])
        );
    }

    get ticks() {
        return getTicks(this.window).map((moment) => ({
            left: place(this.window, moment),
            label: formatMoment(moment),
        }));
    }

    getBar({ data }) {
        const { expected_early: early, expected_late: late, expected_date: end } = data;
        if (!end) {
            return null;
        }
        const left = place(this.window, this.window.start);
        const certain = place(this.window, early || end);
        return {
            bar: `left: ${left}%; width: ${certain - left}%`,
            spread: `left: ${certain}%; width: ${place(this.window, late || end) - certain}%`,
            text: formatSpan(early || end, late || end),
        };
    }

    getDue({ data }) {
        return data.due_date ? `left: ${place(this.window, data.due_date)}%` : null;
    }
}
