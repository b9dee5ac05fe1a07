"""Texting: signatures, segments, keywords, menus and carriers; knows nothing of needs or referrals."""
