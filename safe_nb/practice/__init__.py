"For those who have images and a deadline: a classifier that learns new classes."
