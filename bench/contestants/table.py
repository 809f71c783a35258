"""The likelihood of a table's rows: Student-t with learned scale and degrees of freedom, Poisson, Bernoulli, categorical."""

import math

import torch
from torch.nn import functional as F


def bounded(raw):
    return raw / torch.sqrt(1 + raw.square() / 400)


def blocks_of(columns):
    """Columns of one group that stand together: group, first and last number, first and last column, slots of each."""
    blocks, at = [], 0
    for place, column in enumerate(columns):
        group, slots = column["group"], column["slots"]
        if blocks and blocks[-1][0] == group:
            blocks[-1][2], blocks[-1][4] = at + slots, place + 1
        else:
            blocks.append([group, at, at + slots, place, place + 1, slots])
        at += slots
    return blocks


class Table:
    def __init__(self, columns):
        self.blocks = blocks_of(columns)
        self.values = sum(column["slots"] for column in columns)
        real = sum(column["group"] == "real" for column in columns)
        self.learned = [torch.zeros(real, requires_grad=True) for _ in range(2)]

    def shown(self, x):
        """Counts as the logarithm of one more, the rest as it is."""
        parts = [
            torch.log1p(x[:, first:last]) if group == "count" else x[:, first:last]
            for group, first, last, *_ in self.blocks
        ]
        return torch.cat([*parts, x[:, self.values :]], 1)

    def nats(self, output, x):
        """Of all known cells together."""
        total = 0
        for group, first, last, left, right, slots in self.blocks:
            out, seen = output[:, first:last], x[:, first:last]
            mask = x[:, self.values + left : self.values + right]
            total = total + torch.sum(mask * getattr(self, group)(out, seen, slots))
        return total

    def real(self, center, x, _):
        log_scale = bounded(self.learned[0])
        log_degrees = bounded(self.learned[1]) + math.log(4)
        degrees = torch.exp(log_degrees)
        constant = (
            torch.lgamma(degrees / 2)
            - torch.lgamma((degrees + 1) / 2)
            + 0.5 * (log_degrees + math.log(math.pi))
            + log_scale
        )
        distance = ((x - center) * torch.exp(-log_scale)).square()
        return constant + (degrees + 1) / 2 * torch.log1p(distance / degrees)

    def count(self, raw, x, _):
        rate = bounded(raw)
        return torch.exp(rate) - x * rate + torch.lgamma(x + 1)

    def binary(self, logits, x, _):
        return F.binary_cross_entropy_with_logits(logits, x, reduction="none")

    def categorical(self, logits, x, slots):
        logits, x = (values.reshape(len(values), -1, slots) for values in (logits, x))
        return -torch.sum(x * F.log_softmax(logits, 2), 2)
