"""Figures drawn as SVG, pure: values in, markup out."""
