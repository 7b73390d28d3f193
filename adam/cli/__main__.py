"""`python -m adam.cli`: the same as `adam`."""

from adam.cli import main

main(prog_name="adam")
