"""A bounded run of the fuzzer over every reader (`make soak` takes a million inputs)."""

import random
from pathlib import Path

from scripts.fuzz import mutated, readers

INPUTS = 12


def test_every_reader_ends_with_a_value_or_a_refusal(tmp_path: Path) -> None:
    every, chance = readers(tmp_path), random.Random(20231121)
    assert len(every) == 17
    assert sum(reader.share for reader in every) == 1000
    for reader in every:
        for seed in chance.choices(reader.seeds, k=INPUTS):
            reader.read(mutated(seed, chance))
            reader.read(seed)
