"Pre-trained vision transformers as frozen backbones, and batched feature extraction."
