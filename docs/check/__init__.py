"""The pages of the check: `netralitas check --explain` shows them; data, no code."""
