"""Scores of rows of a series by PyOD's detectors, on windows of it, and by what a seasonal guess leaves."""

import json
import sys

# Numba counts what tests cover where it finds this, in any version, and breaks over old ones.
sys.modules["coverage"] = None

import numpy as np
from pyod.models.copod import COPOD
from pyod.models.ecod import ECOD
from pyod.models.hbos import HBOS
from pyod.models.iforest import IForest
from pyod.models.knn import KNN
from pyod.models.lof import LOF
from pyod.models.ocsvm import OCSVM
from pyod.models.pca import PCA

asked = json.load(sys.stdin)
rows = np.array(asked["rows"])
window, season = asked["window"], asked["season"]
scaled = (rows - rows.mean(0)) / rows.std(0)
windows = np.stack([scaled[at : at + window].ravel() for at in range(len(rows) - window + 1)])


def by_row(scores):
    """Scores of rows, in every way in which the windows that hold a row may tell it."""
    padded = np.concatenate([np.full(window - 1, np.nan), scores, np.full(window - 1, np.nan)])
    held = np.lib.stride_tricks.sliding_window_view(padded, window)
    middle = np.clip(np.arange(len(rows)) - window // 2, 0, len(scores) - 1)
    return {
        "mean": np.nanmean(held, 1),
        "greatest": np.nanmax(held, 1),
        "least": np.nanmin(held, 1),
        "middle": np.asarray(scores)[middle],
    }


def seasonal():
    """How far each number is from that of the season before, the greatest of a row, in spreads of its column."""
    off = np.abs(rows - np.roll(rows, season, axis=0))
    off[:season] = np.abs(rows[:season] - rows[season : 2 * season])
    return (off / np.median(off, axis=0)).max(1)


detectors = {
    "PyOD IForest": IForest(random_state=0),
    "PyOD KNN": KNN(),
    "PyOD LOF": LOF(),
    "PyOD PCA": PCA(),
    "PyOD ECOD": ECOD(),
    "PyOD COPOD": COPOD(),
    "PyOD HBOS": HBOS(),
    "PyOD OCSVM": OCSVM(),
}
found = {"seasonal naive residual": seasonal()}
for name, detector in detectors.items():
    detector.fit(windows)
    for way, scores in by_row(detector.decision_scores_).items():
        found[f"{name}, {way}"] = scores
json.dump({name: scores.tolist() for name, scores in found.items()}, sys.stdout)
