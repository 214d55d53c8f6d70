"""Reads: take a session and keyword filters, return ordered rows or frozen results, never write."""
