"""What would settle a case: facts to ask for, readings of the law, and what changes if."""
