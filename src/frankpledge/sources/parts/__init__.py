"""What several sources have in common; none of these is a source itself."""
