"""The common language as data: needs, facts and places, with what people call them."""
