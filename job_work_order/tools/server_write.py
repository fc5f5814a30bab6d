"""Values that only the server may write.

What marks a write as the server's own is an object: nobody can send it over RPC.
"""

_SERVER = object()
_KEY = "job_work_order_server_write"


def as_server(records):
    """:return: the records, in whose name the server itself writes"""
    return records.with_context(**{_KEY: _SERVER})


def as_user(records):
    """:return: the records as before ``as_server``"""
    return records.with_context(**{_KEY: None})


def is_server(records):
    """:return: whether it is the server itself that writes"""
    return records.env.context.get(_KEY) is _SERVER
