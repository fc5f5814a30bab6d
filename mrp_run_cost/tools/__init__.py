from .currency_units import CurrencyUnits, FineUnits
from .issue_replay import replay_deltas
from .posting import FirstValuation, RunPosting
from .rounding import CostSplit, controlled_rounding, largest_remainder
