"""What people do here, one verb a function; they take an open transaction."""
