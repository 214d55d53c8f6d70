"""The service around matching: postings and profiles in, matches out, a feed to pull."""
