"""What a partnership writes itself, in Markdown: read into blocks, figures looked up, numbers and claims checked."""
