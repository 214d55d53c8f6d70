"""Verbs that change state: take the caller's session, values, actor and now; never commit."""
