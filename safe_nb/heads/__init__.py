"Classifiers on features: cosine, ridge on random features, class means, session-wise linear."
