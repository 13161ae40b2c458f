"Parameter-efficient tuning modules: adapter, SSF, VPT, LoRA and prefix attention."
