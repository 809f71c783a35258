"""Small VAEs of PyTorch with random weights, what goes into them and what comes out: fixtures/*.safetensors.

python test/torch/fixtures.py, with torch, numpy and safetensors. Written with torch 2.15; the tests do not need it.
"""
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

HERE = Path(__file__).parent / "fixtures"


class Example(nn.Module):
    """The VAE of PyTorch's own examples (vae/main.py), small."""

    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(12, 9)
        self.fc21 = nn.Linear(9, 3)
        self.fc22 = nn.Linear(9, 3)
        self.fc3 = nn.Linear(3, 9)
        self.fc4 = nn.Linear(9, 12)

    def encode(self, x):
        h = torch.relu(self.fc1(x))
        return self.fc21(h), self.fc22(h)

    def decode(self, z):
        return torch.sigmoid(self.fc4(torch.relu(self.fc3(z))))


class Deep(nn.Module):
    """Two hidden layers of one width, tanh, a head that gives mean and log-variance in one, a Gaussian decoder."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(12, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh())
        self.head = nn.Linear(8, 4)
        self.decoder = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh())
        self.out = nn.Linear(8, 12, bias=False)

    def encode(self, x):
        return self.head(self.encoder(x)).chunk(2, dim=1)

    def decode(self, z):
        return self.out(self.decoder(z))


class Convolutional(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 4, 4, 2, 1), nn.ReLU(), nn.Conv2d(4, 6, 4, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(24, 10), nn.ReLU()
        )
        self.fc_mu = nn.Linear(10, 3)
        self.fc_var = nn.Linear(10, 3)
        self.decoder_input = nn.Sequential(nn.Linear(3, 10), nn.ReLU(), nn.Linear(10, 24))
        self.decoder = nn.Sequential(
            nn.Unflatten(1, (6, 2, 2)),
            nn.ReLU(),
            nn.ConvTranspose2d(6, 4, 4, 2, 1),
            nn.ReLU(),
            nn.ConvTranspose2d(4, 1, 4, 2, 1),
        )

    def encode(self, x):
        h = self.encoder(x)
        return self.fc_mu(h), self.fc_var(h)

    def decode(self, z):
        return torch.sigmoid(self.decoder(self.decoder_input(z)))


def write(name, model, shape):
    # Outputs that differ from each other need weights that are not all small.
    for parameter in model.parameters():
        parameter.data *= 2.5
    x = torch.rand(5, *shape)
    with torch.no_grad():
        mean, log_variance = model.encode(x)
        reconstruction = model.decode(mean)
    state = {key: value.contiguous() for key, value in model.state_dict().items()}
    save_file(state, HERE / f"{name}.safetensors")
    outputs = {"x": x, "mean": mean, "logVariance": log_variance, "reconstruction": reconstruction}
    save_file({key: value.contiguous() for key, value in outputs.items()}, HERE / f"{name}.outputs.safetensors")


torch.manual_seed(22)
HERE.mkdir(exist_ok=True)
write("example", Example(), (12,))
write("deep", Deep(), (12,))
write("convolutional", Convolutional(), (1, 8, 8))
