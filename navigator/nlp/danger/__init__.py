"""Danger in what somebody wrote: reviewed phrases, and a classifier learnt from examples."""
