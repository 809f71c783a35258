"""Reads an exported model with Python's own packages and prints what it finds as JSON."""

import json
import os

import numpy
import onnxruntime
import safetensors.numpy
from safetensors import safe_open


def session(file):
    return onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])


def metadata(file):
    return session(file).get_modelmeta().custom_metadata_map


x = numpy.load("x.npy")
given = {"condition": numpy.load("condition.npy")} if os.path.exists("condition.npy") else {}
mean, log_variance = session("encoder.onnx").run(["mean", "logVariance"], {"x": x, **given})
[reconstruction] = session("decoder.onnx").run(["reconstruction"], {"z": mean, **given})

tensors = safetensors.numpy.load_file("weights.safetensors")
with safe_open("weights.safetensors", "numpy") as file:
    notes = file.metadata()

with open("card.json", encoding="utf-8") as file:
    card = json.load(file)
shapes = {}
for part in card["files"].values():
    names = {}
    exec(part["python"], names)
    for port in part["outputs"]:
        shapes[port["name"]] = list(names[port["name"]].shape)

print(
    json.dumps(
        {
            "mean": mean.ravel().tolist(),
            "logVariance": log_variance.ravel().tolist(),
            "reconstruction": reconstruction.ravel().tolist(),
            "metadata": [metadata("encoder.onnx"), metadata("decoder.onnx")],
            "tensors": {
                name: {"dtype": str(tensor.dtype), "shape": list(tensor.shape), "data": tensor.ravel().tolist()}
                for name, tensor in tensors.items()
            },
            "notes": notes,
            "shapes": shapes,
        }
    )
)
