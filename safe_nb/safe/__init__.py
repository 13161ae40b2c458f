"SAFE: slow and fast learner, their losses, their aggregation, and the authors' version."
