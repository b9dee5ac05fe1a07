"""A text comes in: remembered, understood and answered in one transaction; lost by nobody."""

from navigator.texting.replying import reply

__all__ = ["reply"]
