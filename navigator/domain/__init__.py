"""The domain: pure rules about needs, facts, people's answers and referrals."""
