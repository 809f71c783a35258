"""What the scripts that train on MNIST share: the images, and which of them are held out."""

import os

import numpy as np


def mnist(folder):
    """Training rows as uint8 [54000, 784], held-out ones [6000, 784]; the same share that `betavae train` holds out."""
    images = np.fromfile(os.path.join(folder, "train-images-idx3-ubyte"), dtype=np.uint8)[16:].reshape(-1, 784)
    order = np.random.default_rng(0).permutation(len(images))
    held = len(images) // 10
    return images[order[held:]], images[order[:held]]
