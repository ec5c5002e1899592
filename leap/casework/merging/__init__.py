"""Two records of one person, or of one household, become one; and two again, at any time."""
