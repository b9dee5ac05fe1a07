"""The demo: a phone simulator and a carrier with faults; production never imports it."""
