"""Web faces: pages for residents, workers and navigators."""
