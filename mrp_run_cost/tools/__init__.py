from .company import in_company
from .currency_units import CurrencyUnits, FineUnits
from .exact_monetary import ExactMonetary
from .issue_replay import replay_deltas
from .posting import FirstValuation, RunPosting, get_lookups, shared_lookups
from .rounding import CostSplit, controlled_rounding, largest_remainder
