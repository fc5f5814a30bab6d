"""Tests of the tools themselves (`python3 -m unittest discover tools/tests`)."""
