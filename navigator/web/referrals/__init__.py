"""Referrals on the web: the form of a person, and the page of the desk."""
