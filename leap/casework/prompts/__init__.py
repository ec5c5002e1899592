"""Prompts, never scores: visible rules that say what they saw, for a person to decide on."""
