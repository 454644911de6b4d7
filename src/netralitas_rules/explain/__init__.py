"""Explanation: words for facts and conditions, and the text of a decision in both languages."""
