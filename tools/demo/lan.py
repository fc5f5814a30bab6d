"""`LAN=1`: the demo over TLS for a phone on the same network."""

import os


def is_wanted():
    """Tell whether the demo shall be reachable from the network."""
    return os.environ.get("LAN") not in (None, "", "0")


def start(ready, port):
    """Start the TLS front and return where it is."""
    raise NotImplementedError


def stop():
    """End the TLS front."""


def show(ready, front):
    """Print the address and its QR code."""
