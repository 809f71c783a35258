"""The same model behind FastAPI and onnxruntime: what a Python team writes to score rows of JSON."""

import json
import os
from typing import Union

import numpy
import onnxruntime
from fastapi import FastAPI
from pydantic import BaseModel

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(os.environ.get("ORT_THREADS", "1"))
session = onnxruntime.InferenceSession(
    os.environ["SCORE_ONNX"], options, providers=["CPUExecutionProvider"]
)
metadata = session.get_modelmeta().custom_metadata_map
inputs = json.loads(metadata["inputs"])
columns = json.loads(metadata["columns"])


class Rows(BaseModel):
    rows: list[dict[str, Union[float, str, None]]]


app = FastAPI()


def cells(column, rows):
    own = [row.get(column["column"]) for row in rows]
    if column["cells"] == "text":
        return numpy.array(["" if cell is None else str(cell) for cell in own], dtype=object)
    return numpy.array([numpy.nan if cell is None else cell for cell in own], dtype="float64")


@app.post("/score")
def score(body: Rows):
    found = session.run(
        ["score", "elbo", "nats"],
        {column["name"]: cells(column, body.rows) for column in inputs},
    )
    scores, elbos, nats = (part.tolist() for part in found)
    return {
        "rows": [
            {"score": score, "elbo": elbo, "nats": dict(zip(columns, own))}
            for score, elbo, own in zip(scores, elbos, nats)
        ]
    }


@app.get("/ready")
def ready():
    return "ready"
