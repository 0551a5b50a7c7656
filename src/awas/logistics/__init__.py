"""Every stage of election logistics, from contract to destruction: what should be where, what is, and why not."""
