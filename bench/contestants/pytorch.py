"""PyTorch: `pytorch.py eager|compiled`, with Adam as torch sets it up by default."""

import json
import sys
import time

import numpy as np
import torch
from torch.nn import functional as F


def load(workload):
    sizes, batch = workload["sizes"], workload["batch"]
    data, hidden, latent = sizes
    shapes = [
        (data, hidden), (hidden,), (hidden, latent), (latent,), (hidden, latent), (latent,),
        (latent, hidden), (hidden,), (hidden, data), (data,),
    ]
    flat = np.fromfile(workload["parameters"], dtype=np.float32)
    parameters, at = [], 0
    for shape in shapes:
        size = int(np.prod(shape))
        values = flat[at : at + size].reshape(shape)
        # torch keeps the weights of a linear layer as [out, in].
        parameters.append(torch.tensor(np.ascontiguousarray(values.T), requires_grad=True))
        at += size
    pixels = np.fromfile(workload["batches"], dtype=np.uint8).astype(np.float32) / 255
    return parameters, torch.tensor(pixels.reshape(-1, batch, data)), latent


def loss_of(parameters, x, noise):
    w1, b1, wm, bm, wv, bv, w2, b2, w3, b3 = parameters
    hidden = F.relu(F.linear(x, w1, b1))
    mean, log_variance = F.linear(hidden, wm, bm), F.linear(hidden, wv, bv)
    z = mean + torch.exp(0.5 * log_variance) * noise
    logits = F.linear(F.relu(F.linear(z, w2, b2)), w3, b3)
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    kl = 0.5 * torch.sum(mean.square() + log_variance.exp() - 1 - log_variance)
    return (reconstruction + kl) / x.shape[0]


def main(variant):
    workload = json.loads(sys.stdin.readline())
    torch.set_num_threads(workload["threads"])
    torch.manual_seed(0)
    parameters, batches, latent = load(workload)
    optimizer = torch.optim.Adam(parameters, lr=workload["rate"])
    objective = torch.compile(loss_of) if variant == "compiled" else loss_of
    update = torch.compile(optimizer.step) if variant == "compiled" else optimizer.step
    tick = 0

    def step():
        nonlocal tick
        x = batches[tick % len(batches)]
        tick += 1
        optimizer.zero_grad()
        loss = objective(parameters, x, torch.randn(x.shape[0], latent))
        loss.backward()
        update()
        return loss.item()

    print(json.dumps({"version": torch.__version__, "note": f"{variant}, {torch.get_num_threads()} threads"}), flush=True)
    for line in sys.stdin:
        ms, loss = [], 0.0
        for _ in range(int(line.split()[1])):
            start = time.perf_counter()
            loss = step()
            ms.append((time.perf_counter() - start) * 1000)
        print(json.dumps({"ms": ms, "loss": loss}), flush=True)


main(sys.argv[1])
