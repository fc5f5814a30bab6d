from . import (
    test_access,
    test_backfill,
    test_distribution,
    test_edges,
    test_random_genealogies,
    test_recall,
    test_scale,
    test_tanks,
    test_ui,
)
