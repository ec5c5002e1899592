"""Somebody asks what is kept about them: gathered, read by a person, and let out once."""
