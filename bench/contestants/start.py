"""PyTorch from nothing to its first step: `start.py FOLDER`, the folder with MNIST's four files."""

import os
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

print("mark: data", flush=True)
files = ["train-images-idx3-ubyte", "t10k-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"]
arrays = [np.fromfile(os.path.join(sys.argv[1], name), dtype=np.uint8) for name in files]
images = torch.from_numpy(arrays[0][16:].reshape(-1, 784))
encoder = nn.Linear(784, 400)
heads = nn.Linear(400, 40)
decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784))
parameters = [*encoder.parameters(), *heads.parameters(), *decoder.parameters()]
optimizer = torch.optim.Adam(parameters, lr=1e-3)
x = images[torch.randperm(len(images))[:128]].float() / 255
mean, log_variance = heads(F.relu(encoder(x))).chunk(2, dim=1)
logits = decoder(mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean))
reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
kl = 0.5 * torch.sum(mean.square() + log_variance.exp() - 1 - log_variance)
loss = (reconstruction + kl) / len(x)
loss.backward()
optimizer.step()
print(f"mark: step {loss.item()}", flush=True)
