"""The bedrock: curated records of services, their vocabulary, loading and checks."""
