"""IRCC's published rounds: fetched, read with mistrust, and laid over what is known."""
