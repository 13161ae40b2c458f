"What every method shares: base class, training loop, metrics, evaluation, replay memory."
