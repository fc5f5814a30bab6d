class RunPosting:
    """Collects, during one posting, the moves that belong into one entry per order.

    ``absorbed`` and ``losses`` hold, per id of an order, what its outputs had to bear
    and what was expensed; ``cache`` is for add-ons: what they look up once for all.

    An instance travels in the context. It can not be made from outside: whatever a
    caller sends over RPC is plain JSON and therefore ignored.
    """

    KEY = "mrp_run_posting"

    def __init__(self, env):
        self.moves = env["stock.move"]
        self.absorbed = {}
        self.losses = {}
        self.cache = {}

    @classmethod
    def of(cls, env):
        """:return: the posting under way in this environment, or None"""
        posting = env.context.get(cls.KEY)
        return posting if isinstance(posting, cls) else None


class FirstValuation:
    """Marks, in the context, moves that are being valued for the first time.

    Like ``RunPosting`` it can not be made by a caller from outside. There is one
    instance only: every new context costs a new environment.
    """

    KEY = "mrp_first_valuation"

    @classmethod
    def mark(cls, moves):
        """:return: the moves, marked; those of a run being posted are so already"""
        if cls.under_way(moves.env):
            return moves
        return moves.with_context(**{cls.KEY: FIRST_VALUATION})

    @classmethod
    def under_way(cls, env):
        """:return: whether moves are being posted, as opposed to corrected"""
        marked = env.context.get(cls.KEY) is FIRST_VALUATION
        return marked or RunPosting.of(env) is not None


FIRST_VALUATION = FirstValuation()
