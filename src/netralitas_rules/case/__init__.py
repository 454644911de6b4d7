"""The case: one person, several acts, a history, and several bodies of law at once."""
