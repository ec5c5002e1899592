"""The watch over openings: each night it asks about those that no work explains."""
