"""What every resource of the API stands on: problems, references, paging, sending twice, limits."""
