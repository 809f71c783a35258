"""Python's onnxruntime on an exported encoder: `encode.py ROWS`, so many rows a call (0: all at once)."""

import sys

import numpy as np
import onnxruntime as ort
from protocol import contest


def build(encoding, at_once):
    options = ort.SessionOptions()
    options.intra_op_num_threads = encoding["threads"]
    session = ort.InferenceSession(encoding["encoder"], options, providers=["CPUExecutionProvider"])
    rows = np.fromfile(encoding["rows"], dtype=np.uint8).reshape(encoding["shape"])
    chunks = range(0, len(rows), at_once or len(rows))

    def step(_):
        codes = [session.run(["mean", "logVariance"], {"x": rows[at : at + chunks.step]}) for at in chunks]
        mean = np.concatenate([mean for mean, _ in codes]) if len(codes) > 1 else codes[0][0]
        return float(np.mean(np.square(mean)))

    note = f"{chunks.step} rows a call, {encoding['threads']} threads"
    return {"version": ort.__version__, "note": note}, step


contest(lambda encoding: build(encoding, int(sys.argv[1])))
