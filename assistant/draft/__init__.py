"""A fiche-action drafted from what other territories wrote, and the review of one before it is submitted."""
