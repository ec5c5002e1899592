"""How one child grows: measurements on the UK-WHO charts, corrected for an early birth."""
