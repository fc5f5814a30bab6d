from . import (
    test_access,
    test_attack,
    test_seal_format,
    test_chain,
    test_concurrency,
    test_correction,
    test_guard,
    test_review,
    test_signature,
    test_ui,
    test_record,
    test_content,
)
