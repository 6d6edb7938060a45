"""Page furniture: components, form fields, layouts, error pages, e-mails."""
