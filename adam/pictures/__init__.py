"""Figures drawn as SVG text: pure functions, coloured by the classes of adam.css, words given by the caller."""
