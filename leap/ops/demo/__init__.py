"""The demonstration: an invented Lambeth, the same for a seed and a date.

Read in this order: `fill` (the whole), `world` (what is being made), `places`, `partnership` and
`offers` (the directory), `households` (who lives with whom), `lives` (what happens to each family),
`handovers` (referrals), `programme` and `groups` (sessions), `trail` (the log).
"""
