"""Forward chaining over a person's record: what follows from records that stand side by side."""
