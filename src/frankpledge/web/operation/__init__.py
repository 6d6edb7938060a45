"""What whoever runs the site needs: logs, backups, upgrades, a doctor, and pages that say how it does."""
