"""Law as data: texts, instruments, provisions, questions, calendars."""
