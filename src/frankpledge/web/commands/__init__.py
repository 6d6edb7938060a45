"""The site's commands. They are found by their entry points, and import Django only when they are run."""
