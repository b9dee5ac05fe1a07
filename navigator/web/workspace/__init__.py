"""The navigators' desk."""
