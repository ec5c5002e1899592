"""Who leads a family by name: finding what nobody leads, and giving it to somebody."""
