"""Reads a run that was exported for TensorBoard and for MLflow with their own readers, and prints it as JSON."""

import json
import os
import pathlib

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

found = {}
try:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator("logs", size_guidance={"scalars": 0, "tensors": 0})
    events.Reload()
    found["tensorboard"] = {
        tag: [[scalar.step, scalar.value] for scalar in events.Scalars(tag)] for tag in events.Tags()["scalars"]
    }
except ImportError:
    pass
try:
    from mlflow.tracking import MlflowClient

    client = MlflowClient(pathlib.Path("mlruns").resolve().as_uri())
    [run] = client.search_runs(["0"])
    found["mlflow"] = {
        "name": run.info.run_name,
        "status": run.info.status,
        "params": run.data.params,
        "metrics": {
            name: [[metric.step, metric.value] for metric in client.get_metric_history(run.info.run_id, name)]
            for name in run.data.metrics
        },
    }
except ImportError:
    pass
print(json.dumps(found))
