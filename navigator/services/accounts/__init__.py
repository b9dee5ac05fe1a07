"""Staff accounts: passwords and sign-ins."""
