"""What the pages of a site show: each module builds the context that its template names at its head."""
