import { Component, useState } from "@odoo/owl";

const FEW = 8;

/** Why? Favorites first, one tap; a note where the reason asks for one. */
export class ReasonList extends Component {
    static template = "mrp_shop_floor.ReasonList";
    static props = { reasons: Array, onChoose: Function };

    setup() {
        this.state = useState({ all: false, noting: null, note: "" });
    }

    get shown() {
        const { reasons } = this.props;
        const favorites = reasons.filter((reason) => reason.favorite);
        const few = favorites.length ? favorites : reasons.slice(0, FEW);
        return this.state.all ? reasons : few;
    }

    choose(reason) {
        if (reason.note_required) {
            this.state.noting = reason;
        } else {
            this.props.onChoose(reason, "");
        }
    }

    confirm() {
        if (this.state.note.trim()) {
            this.props.onChoose(this.state.noting, this.state.note.trim());
        }
    }
}
