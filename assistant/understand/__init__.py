"""From the words a person typed to a Query: territories, intent, fields, references, terms."""
