"""The engine: knowledge as sets of possible values, conditions over them, exact evaluation."""
