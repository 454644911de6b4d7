"""The law of one day, and what changed between two days."""
