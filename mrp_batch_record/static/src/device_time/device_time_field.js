import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { onMounted } from "@odoo/owl";

/**
 * What the clock of this device says when the dialog that signs is opened: the server
 * keeps it beside its own time.
 */
export class DeviceTimeField extends CharField {
    setup() {
        super.setup();
        onMounted(() => {
            const { name, record } = this.props;
            if (!record.data[name]) {
                record.update({ [name]: this.now() });
            }
        });
    }

    now() {
        const { DateTime } = luxon;
        return DateTime.now().toISO({ suppressMilliseconds: true });
    }
}

registry.category("fields").add("mrp_batch_device_time", {
    ...charField,
    component: DeviceTimeField,
});
