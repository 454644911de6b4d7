"""One incident under every body of law in time: which governs, and what the others would give."""
