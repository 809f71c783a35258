"""pythae's own trainer: `train-pythae.py FOLDER EPOCHS`, with the networks that the others have."""

import sys

import torch
from mnist import mnist
from pythae.data.datasets import BaseDataset
from pythae.models import VAE, VAEConfig
from pythae.models.base.base_utils import ModelOutput
from pythae.models.nn import BaseDecoder, BaseEncoder
from pythae.trainers import BaseTrainer, BaseTrainerConfig
from pythae.trainers.training_callbacks import TrainingCallback
from torch import nn

torch.manual_seed(0)


class Encoder(BaseEncoder):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(784, 400), nn.ReLU())
        self.mean, self.log_variance = nn.Linear(400, 20), nn.Linear(400, 20)

    def forward(self, x):
        features = self.features(x.flatten(1))
        return ModelOutput(embedding=self.mean(features), log_covariance=self.log_variance(features))


class Decoder(BaseDecoder):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Sigmoid())

    def forward(self, z):
        return ModelOutput(reconstruction=self.layers(z))


class Say(TrainingCallback):
    def on_log(self, training_config, logs, **kwargs):
        print(f"epoch {int(kwargs['global_step'])} loss {logs['train_epoch_loss']:.4f}", flush=True)


def dataset(rows):
    return BaseDataset(torch.from_numpy(rows).float() / 255, torch.zeros(len(rows)))


train, held = (dataset(rows) for rows in mnist(sys.argv[1]))
config = VAEConfig(input_dim=(784,), latent_dim=20, reconstruction_loss="bce")
training = BaseTrainerConfig(
    output_dir="pythae",
    num_epochs=int(sys.argv[2]),
    learning_rate=1e-3,
    per_device_train_batch_size=128,
    per_device_eval_batch_size=128,
    no_cuda=True,
)
trainer = BaseTrainer(
    model=VAE(config, Encoder(), Decoder()),
    train_dataset=train,
    eval_dataset=held,
    training_config=training,
    callbacks=[Say()],
)
trainer.train()
