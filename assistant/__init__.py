"""Answers: understand the question, retrieve, compose, cite, draft."""
