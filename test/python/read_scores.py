"""Scores a table with an exported score.onnx, as anyone would, and prints what it finds as JSON."""

import csv
import datetime
import json
import sys

import numpy
import onnxruntime

session = onnxruntime.InferenceSession("score.onnx", providers=["CPUExecutionProvider"])
metadata = session.get_modelmeta().custom_metadata_map
with open(sys.argv[1], encoding="utf-8") as file:
    rows = list(csv.DictReader(file))


def milliseconds(text):
    day = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)
    return day.timestamp() * 1000


read = {
    "text": lambda cells: numpy.array(cells, dtype=object),
    "number": lambda cells: numpy.array([float(cell or "nan") for cell in cells]),
    "milliseconds": lambda cells: numpy.array([milliseconds(cell) if cell else numpy.nan for cell in cells]),
}
inputs = json.loads(metadata["inputs"])
cells = {
    column["name"]: read[column["cells"]]([row[column["column"]] for row in rows]) for column in inputs
}
score, elbo, nats = session.run(["score", "elbo", "nats"], cells)
print(
    json.dumps(
        {
            "inputs": inputs,
            "columns": json.loads(metadata["columns"]),
            "score": score.tolist(),
            "elbo": elbo.tolist(),
            "nats": nats.tolist(),
        }
    )
)
