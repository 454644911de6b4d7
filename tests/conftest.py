"""What all tests share: what was collected is not looked through for garbage again and again."""

import gc


def pytest_collection_finish() -> None:
    """The tests and the rulesets that they loaded stay until the end: the collector may leave them
    alone, and look less often at what grows beside them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
