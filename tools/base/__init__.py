"""Console, paths, stamps and locks: what every other module stands on."""
