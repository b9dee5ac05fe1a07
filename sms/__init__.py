"""Texting: signatures, segments, keywords, menus, carriers; knows nothing of needs or referrals."""
