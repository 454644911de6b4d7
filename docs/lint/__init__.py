"""The pages of the lint: `netralitas lint --explain` shows them; data, no code."""
