"""Numbers of src/statistics/fidelity by NumPy, SciPy and scikit-learn, for the tests.

    python test/fidelity/fixtures.py       # writes fixtures.json beside itself
    npx biome check --write test/fidelity/fixtures.json

fixtures.json:
    columns              name and kind of each column
    real, heldOut, synthetic
                         rows as text, cells set apart by commas; an empty cell is missing
    marginals[D]         { distance, missing }: scipy.stats.ks_2samp or total variation of real and synthetic, and the
                         difference of missing shares (synthetic - real)
    dependence           { real[D][D], synthetic[D][D] }: absolute scipy.stats.spearmanr; Cramer's V from
                         scipy.stats.chi2_contingency, bias-corrected as Bergsma 2013; the correlation ratio,
                         bias-corrected as Kelley 1935
    nearest              { synthetic, heldOut }: medians of the distance to the nearest row of real, by brute force
    regression           column 1 of real from column 0 and the row number: GradientBoostingRegressor(random_state=0),
                         predictions for every eighth of the rows that it learned from (of equally good splits either
                         library takes one by chance, which only other rows can tell)
"""

import json
from pathlib import Path

import numpy as np
import scipy.stats
from sklearn.ensemble import GradientBoostingRegressor

COLUMNS = [('age', 'number'), ('size', 'number'), ('gaps', 'number'), ('kind', 'level'), ('place', 'level')]
KINDS = [kind for _, kind in COLUMNS]


def table(rng, count, strength):
    """Rows of five columns that depend on one number, the more the larger `strength`."""
    hidden = rng.normal(size=count)
    age = np.round(40 + 10 * (strength * hidden + rng.normal(size=count)), 1)
    size = np.round(np.exp(strength * hidden + 0.5 * rng.normal(size=count)), 3)
    gaps = np.round(rng.normal(size=count) - hidden, 0)
    kind = np.digitize(hidden + 0.5 * rng.normal(size=count), [-1, 0, 0.5])
    place = np.where(rng.random(count) < 0.3, rng.integers(0, 3, count), kind % 3)
    rows = [list(row) for row in zip(age, size, gaps, ['abcd'[k] for k in kind], ['xyz'[p] for p in place])]
    for row in rows:
        if rng.random() < 0.15:
            row[2] = None
        if rng.random() < 0.1:
            row[4] = None
    return rows


def column(rows, at):
    return [row[at] for row in rows]


def seen(cells):
    return [cell for cell in cells if cell is not None]


def marginal(a, b, kind):
    if kind == 'number':
        return scipy.stats.ks_2samp(seen(a), seen(b)).statistic
    share = lambda cells, level: seen(cells).count(level) / len(seen(cells))
    return sum(abs(share(a, level) - share(b, level)) for level in set(seen(a + b))) / 2


def missing(cells):
    return cells.count(None) / len(cells)


def cramers_v(a, b):
    counts = np.array([[sum(x == p and y == q for x, y in zip(a, b)) for q in sorted(set(b))] for p in sorted(set(a))])
    n, (r, k) = counts.sum(), counts.shape
    phi2 = scipy.stats.chi2_contingency(counts, correction=False).statistic / n
    corrected = max(0, phi2 - (r - 1) * (k - 1) / (n - 1))
    return np.sqrt(corrected / min(r - (r - 1) ** 2 / (n - 1) - 1, k - (k - 1) ** 2 / (n - 1) - 1))


def correlation_ratio(levels, numbers):
    numbers, levels = np.array(numbers, float), np.array(levels)
    groups = [numbers[levels == level] for level in set(levels)]
    between = sum(len(group) * (group.mean() - numbers.mean()) ** 2 for group in groups)
    eta2 = between / ((numbers - numbers.mean()) ** 2).sum()
    return np.sqrt(max(0, 1 - (1 - eta2) * (len(numbers) - 1) / (len(numbers) - len(groups))))


def association(rows, i, j):
    if i == j:
        return 1.0
    both = [(row[i], row[j]) for row in rows if row[i] is not None and row[j] is not None]
    a, b = map(list, zip(*both))
    if KINDS[i] == KINDS[j] == 'number':
        return abs(scipy.stats.spearmanr(a, b).statistic)
    if KINDS[i] == KINDS[j]:
        return cramers_v(a, b)
    return correlation_ratio(a, b) if KINDS[i] == 'level' else correlation_ratio(b, a)


def nearest(rows, training):
    units = [np.std(seen(column(training, at))) if kind == 'number' else None for at, kind in enumerate(KINDS)]

    def gap(a, b, at):
        if a is None or b is None or KINDS[at] == 'level':
            return float(a != b)
        return abs(a - b) / units[at]

    return [min(np.mean([gap(a, b, at) for at, (a, b) in enumerate(zip(row, other))]) for other in training) for row in rows]


def regression(rows):
    features = [[row[0], at] for at, row in enumerate(rows)]
    model = GradientBoostingRegressor(random_state=0).fit(features, column(rows, 1))
    return model.predict(features)[::8].tolist()


def matrix(rows):
    return [[float(association(rows, i, j)) for j in range(len(COLUMNS))] for i in range(len(COLUMNS))]


def text(rows):
    return [','.join('' if cell is None else str(cell) for cell in row) for row in rows]


def main():
    rng = np.random.default_rng(7)
    real, held_out, synthetic = table(rng, 70, 1.0), table(rng, 30, 1.0), table(rng, 60, 0.6)
    pairs = [(column(real, at), column(synthetic, at), kind) for at, kind in enumerate(KINDS)]
    fixture = dict(
        columns=[dict(name=name, kind=kind) for name, kind in COLUMNS],
        real=text(real), heldOut=text(held_out), synthetic=text(synthetic),
        marginals=[dict(distance=float(marginal(a, b, kind)), missing=missing(b) - missing(a)) for a, b, kind in pairs],
        dependence=dict(real=matrix(real), synthetic=matrix(synthetic)),
        nearest=dict(synthetic=float(np.median(nearest(synthetic, real))), heldOut=float(np.median(nearest(held_out, real)))),
        regression=regression(real),
    )
    (Path(__file__).parent / 'fixtures.json').write_text(json.dumps(fixture, indent=2) + '\n')


main()
