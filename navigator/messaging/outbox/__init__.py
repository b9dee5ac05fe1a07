"""The outbox on its way to the carrier: sent once, redacted where erased."""
