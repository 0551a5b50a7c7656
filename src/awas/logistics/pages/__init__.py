"""What the pages of logistics show."""
