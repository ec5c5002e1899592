"""The demonstration: an invented Lambeth, the same for a seed and a date.

Read in this order: `world` (what is being made), `places` and `partnership` (the directory),
`households` (who lives with whom), `lives` (what happens to each family), `handovers` and
`worklists` (referrals), `groups` (sessions), `trail` (the log), `fill` (all of it into the database).
"""
