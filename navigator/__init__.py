"""Community Navigator: from a text for help to a referral that a navigator acts on."""
