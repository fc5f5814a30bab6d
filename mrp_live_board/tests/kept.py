"""What PostgreSQL keeps of open operations, held against what it would write anew."""

from ..tools import open_operations


def read(cr):
    """:return: dict of operation id to row"""
    cr.execute("SELECT * FROM mrp_board_operation")
    return {row[0]: row for row in cr.fetchall()}


def find_stale(cr):
    """:return: ids of operations whose rows are not what they would be anew"""
    kept = read(cr)
    open_operations.rebuild(cr)
    anew = read(cr)
    return {key for key in kept | anew if kept.get(key) != anew.get(key)}
