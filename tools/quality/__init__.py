"""`make lint`, `make format` and the files generated from sources."""
