"""What is learned from pairs of a question in users' words and the passage that answers it."""
