"""What is done by when: working days and deadlines."""
