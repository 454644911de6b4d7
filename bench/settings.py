"""How long and how often to measure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    seed: int = 1
    rounds: int = 15
    seconds: float = 0.15
    """Of one contender in one round."""
    incidents: int = 2000
    processes: int = 11
    """Fresh processes per figure."""
    decisions: int = 50_000
    """Of the memory measurement."""

    @classmethod
    def quick(cls, seed: int) -> "Settings":
        return cls(seed, rounds=3, seconds=0.05, incidents=300, processes=3, decisions=2_000)
