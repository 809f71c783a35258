"""PyTorch: `pytorch.py eager|compiled`, with Adam as torch sets it up by default."""

import sys

import numpy as np
import torch
from protocol import contest, resident
from table import Table
from torch.nn import functional as F

OPERATIONS = {
    "dense": lambda x, w, b, _: F.linear(x, w, b),
    "convolution": lambda x, w, b, layer: F.conv2d(x, w, b, layer["stride"], layer["padding"]),
    "transposed": lambda x, w, b, layer: F.conv_transpose2d(x, w, b, layer["stride"], layer["padding"]),
}
ACTIVATIONS = {"relu": F.relu, "tanh": torch.tanh, "identity": lambda x: x}


def load(job):
    """Layers with their weight and bias by part of the network, and the batches."""
    network = job["network"]
    flat = np.fromfile(job["parameters"], dtype=np.float32)
    at = 0

    def take(shape):
        nonlocal at
        size = int(np.prod(shape))
        at += size
        return flat[at - size : at].reshape(shape)

    def parameter(values):
        return torch.tensor(np.ascontiguousarray(values), requires_grad=True)

    def part(layers):
        loaded = []
        for layer in layers:
            weight, bias = take(layer["weight"]), take([layer["bias"]])
            # torch keeps the weights of a linear layer as [out, in].
            loaded.append((layer, parameter(weight.T if layer["kind"] == "dense" else weight), parameter(bias)))
        return loaded

    parts = [part(network["encoder"]), part([network["mean"]]), part([network["logVariance"]]), part(network["decoder"])]
    return parts, torch.tensor(examples(job).reshape(-1, job["batch"], *network["shape"]))


def examples(job):
    if "columns" in job:
        return np.fromfile(job["batches"], dtype=np.float32)
    return np.fromfile(job["batches"], dtype=np.uint8).astype(np.float32) / 255


def through(layers, x):
    for layer, weight, bias in layers:
        y = OPERATIONS[layer["kind"]](x.reshape(-1, *layer["from"]), weight, bias, layer)
        x = ACTIVATIONS[layer["activation"]](y)
    return x


class Pictures:
    """Independent Bernoulli pixels."""

    learned = []

    def shown(self, x):
        return x

    def nats(self, logits, x):
        return F.binary_cross_entropy_with_logits(logits.flatten(1), x.flatten(1), reduction="sum")


def loss_of(parts, likelihood, x, noise):
    encoder, mean_head, variance_head, decoder = parts
    features = through(encoder, likelihood.shown(x))
    mean, log_variance = through(mean_head, features), through(variance_head, features)
    z = mean + torch.exp(0.5 * log_variance) * noise
    reconstruction = likelihood.nats(through(decoder, z), x)
    kl = 0.5 * torch.sum(mean.square() + log_variance.exp() - 1 - log_variance)
    return (reconstruction + kl) / x.shape[0]


def build(job, variant):
    torch.set_num_threads(job["threads"])
    torch.manual_seed(0)
    bare = resident()
    parts, batches = load(job)
    likelihood = Table(job["columns"]) if "columns" in job else Pictures()
    learned = [p for part in parts for _, *own in part for p in own] + likelihood.learned
    optimizer = torch.optim.Adam(learned, lr=job["rate"])
    objective = torch.compile(loss_of) if variant == "compiled" else loss_of
    update = torch.compile(optimizer.step) if variant == "compiled" else optimizer.step

    def step(tick):
        x = batches[tick % len(batches)]
        optimizer.zero_grad()
        loss = objective(parts, likelihood, x, torch.randn(x.shape[0], job["network"]["latent"]))
        loss.backward()
        update()
        return loss.item()

    note = f"{variant}, {torch.get_num_threads()} threads"
    return {"version": torch.__version__, "note": note, "figures": {"rssMiB": bare}}, step


contest(lambda job: build(job, sys.argv[1]))
