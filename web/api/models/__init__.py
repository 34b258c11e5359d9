"""What goes in and out, one model each; their descriptions are the reference that the served document shows."""
