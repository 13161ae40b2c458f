"Tools for tests: dataset replicas, a fault-injecting server, the learner contract."
