"""The decision: a frozen value that says what the stated facts amount to, and why."""
