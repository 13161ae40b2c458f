"Classifiers with the interface of scikit-learn, for daily use."
