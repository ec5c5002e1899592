"""The days that change a family: a birth, a death, somebody leaving, a move, an adoption."""
