"""What both faces need of Flask."""
