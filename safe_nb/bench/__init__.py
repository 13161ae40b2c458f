"Experiments: recipes, runner, checkpoints, results, figures and the seven benchmarks."
