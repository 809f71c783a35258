"""Curves by scikit-learn and two-sample tests by SciPy, for the tests.

    python test/anomaly/fixtures.py        # needs numpy, scipy and scikit-learn; writes fixtures.json beside itself
    npx biome check --write test/anomaly/fixtures.json

fixtures.json:
    curves       scores and labels with rocAuc (roc_auc_score) and averagePrecision (average_precision_score)
    samples      two samples with distance and pValue (ks_2samp, exact)
    counts       two rows of counts with pValue (chi2_contingency without Yates' correction)
    chiSquare    statistic, freedom and tail (chi2.sf)
"""

import json
from pathlib import Path

import numpy as np
from scipy.stats import chi2, chi2_contingency, ks_2samp
from sklearn.metrics import average_precision_score, roc_auc_score


def curve(rng, rows, digits):
    labels = (rng.random(rows) < 0.2).astype(int)
    labels[:2] = [0, 1]
    scores = np.round(rng.normal(size=rows) + labels, digits)
    return dict(scores=scores.tolist(), labels=labels.tolist(),
                rocAuc=float(roc_auc_score(labels, scores)),
                averagePrecision=float(average_precision_score(labels, scores)))


def sample(rng, n, m, shift):
    a, b = np.round(rng.normal(size=n), 4), np.round(rng.normal(size=m) + shift, 4)
    found = ks_2samp(a, b, method='exact')
    return dict(a=a.tolist(), b=b.tolist(), distance=float(found.statistic), pValue=float(found.pvalue))


def contingency(counts):
    return dict(counts=counts, pValue=float(chi2_contingency(counts, correction=False).pvalue))


if __name__ == '__main__':
    rng = np.random.default_rng(0)
    fixtures = dict(
        curves=[curve(rng, rows, digits) for rows, digits in ((20, 3), (60, 1), (60, 0))],
        samples=[sample(rng, *size) for size in ((7, 5, 0), (20, 33, 0.5), (50, 40, 2), (64, 64, 0.1))],
        counts=[contingency(rows) for rows in ([[20, 30, 50], [25, 25, 50]], [[90, 10], [40, 60]])],
        chiSquare=[dict(statistic=x, freedom=k, tail=float(chi2.sf(x, k)))
                   for x, k in ((0.3, 1), (12.5, 1), (3.3, 4), (60.0, 7), (900.0, 1000), (1200.0, 1001))],
    )
    Path(__file__).with_name('fixtures.json').write_text(json.dumps(fixtures, indent=1) + '\n')
