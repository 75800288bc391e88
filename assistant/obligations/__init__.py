"""Obligations: what the rules of corpus/obligations.yaml mean for a given commune, EPCI or other actor."""
