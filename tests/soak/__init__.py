"""Long suites, run by `make soak`; a slice of each stands in `make test`."""
