"""What the rooms hand each other: estimates, findings, figures, documents, and the warehouse's tables."""
