"What the paper leaves to future work, tried on small streams."
