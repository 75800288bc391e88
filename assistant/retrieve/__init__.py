"""From a Query to ranked passages, each with the reasons why it stands where it stands."""
