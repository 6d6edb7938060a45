"""What whoever runs the site does with it: back up, restore, upgrade, look after it."""
