"""The case: one person, several reports, a history, and several bodies of law at once."""
