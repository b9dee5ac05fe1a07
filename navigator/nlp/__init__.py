"""Language: needs, facts and danger in free text; a library below the domain."""
