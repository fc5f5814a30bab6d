from .base import Tap, TapRefused, tap


@tap
class Sign(Tap):
    """A signature: known among the taps, but never kept on a device for later.

    What proves who signs would have to be kept with it.
    """

    kind = "sign"

    def apply(self):
        raise TapRefused(
            self.env._("Signing needs the network. Sign again when it is back.")
        )
