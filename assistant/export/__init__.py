"""Files to take away: comparisons, conversations, fiches."""
