"""A bare PyTorch script: `train-mnist.py FOLDER EPOCHS` trains, judges each epoch on held-out rows, keeps the model."""

import sys

import torch
from mnist import mnist
from torch import nn
from torch.nn import functional as F

BATCH = 128
torch.manual_seed(0)
train, held = (torch.from_numpy(rows) for rows in mnist(sys.argv[1]))
encoder, heads = nn.Linear(784, 400), nn.Linear(400, 40)
decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784))
model = nn.ModuleList([encoder, heads, decoder])
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def loss_of(rows):
    # Pixels are drawn afresh each time they are seen.
    x = torch.bernoulli(rows.float() / 255)
    mean, log_variance = heads(F.relu(encoder(x))).chunk(2, dim=1)
    logits = decoder(mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean))
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    kl = 0.5 * torch.sum(mean.square() + log_variance.exp() - 1 - log_variance)
    return (reconstruction + kl) / len(x)


for epoch in range(1, int(sys.argv[2]) + 1):
    total, batches = 0.0, 0
    order = torch.randperm(len(train))
    for chosen in order.split(BATCH):
        loss = loss_of(train[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        batches += 1
    with torch.no_grad():
        judged = sum(loss_of(rows).item() * len(rows) for rows in held.split(BATCH)) / len(held)
    print(f"epoch {epoch} loss {total / batches:.4f} held out {judged:.4f}", flush=True)
torch.save(model.state_dict(), "model.pt")
