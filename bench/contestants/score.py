"""Detectors of PyOD and scikit-learn: `score.py fit|score vae|forest|sklearn FILE`, fitted once and kept by joblib."""

import sys

import joblib
import pandas as pd


def fitted(kind, rows):
    if kind == "sklearn":
        from sklearn.ensemble import IsolationForest

        return IsolationForest(random_state=0).fit(rows)
    if kind == "forest":
        from pyod.models.iforest import IForest

        return IForest(random_state=0).fit(rows)
    from pyod.models.vae import VAE

    return VAE(random_state=0, verbose=0).fit(rows)


task, kind, file = sys.argv[1:]
rows = pd.read_csv(file).to_numpy()
if task == "fit":
    joblib.dump(fitted(kind, rows), f"{kind}.joblib")
else:
    detector = joblib.load(f"{kind}.joblib")
    scores = -detector.score_samples(rows) if kind == "sklearn" else detector.decision_function(rows)
    pd.DataFrame({"score": scores}).to_csv(f"{kind}.csv", index=False)
