"""Files in and out, pure: formats to and from plain documents."""
