"""How long records are kept, what is held for an inquiry, and what a review would let go."""
