"""What would settle a case: which facts it turns on, what to ask next."""
