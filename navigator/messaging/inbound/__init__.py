"""A text comes in: remembered, understood and answered in one transaction; lost by nobody."""
