"""Referrals: made with consent, moved by people, withdrawn with one word."""
