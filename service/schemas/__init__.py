"""Shapes at the border: what comes in (…In) and what goes out (…Out)."""
