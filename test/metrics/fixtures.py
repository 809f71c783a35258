"""Scores of the disentanglement metrics by scikit-learn, as disentanglement_lib defines them, for the tests.

    python test/metrics/fixtures.py        # needs numpy, scipy and scikit-learn; writes fixtures.json beside itself
    npx biome check --write test/metrics/fixtures.json

fixtures.json is a list of tables. No codes are stored: each table has a recipe, which recipe.ts follows to the same
bits (`rowsOf(fixture)` gives codes and factors).

    name, number, rows   the table; its number decides its random words
    levels[K]            factor k of a row is a uniform integer below levels[k]
    weights[D][K]        code d = sum over k of weights[d][k] * factor k  +  noise[d] * noise of (row, d)
    noise[D]             the noise is the sum of four uniforms less 2: mean 0, variance 1/3
    checksum             sum over rows and codes of code * (d + 1), to 1e-9
    scores               by metric, below

Deterministic, over all rows:
    mig                  { score, perFactor[K], mutualInformation[D][K], entropy[K] }
    modularity           { score, perCode[D] }
    irs                  { score, perCode[of active codes] }
    totalCorrelation     { score }, wassersteinCorrelation { score, normalized }, mutualInformation { score }
                         constant codes are left out of the first two, where the definition has log 0
    udr                  { score, perModel[3], masked[3] }: agreement of three models made of the codes (`models_of`);
                         score is the mean of perModel; `masked` with a KL of 1 but 0 for every model's first dimension;
                         the correlation with a constant is 0, where SciPy has none
Learned on rows `train` and judged on rows `test`: the first 2/3 (rounded down) and the rest of
permutation(rows, { seed: 0, stream: streamOf('metrics/split'), step: 0 }), which `held_out` repeats:
    dci                  { disentanglement, completeness, informativenessTrain, informativenessTest, importance[D][K] }
                         (the mean over three states of scikit-learn's generator, which breaks ties)
    sap                  { score, accuracy[D][K] }: LinearSVC(C=0.01, class_weight='balanced')
    sapContinuous        { score, accuracy[D][K] }: squared correlation over the rows `train`
    explicitness         { train, test, perFactor[K] }: perFactor is of `test`; constant codes stay 0
Sampled from all rows, mean and standard deviation over `repeats` independent draws; a batch is 64 rows drawn with
replacement, a fixed factor's rows are drawn from those of its level, the level being that of a uniformly drawn row:
    betaVae, factorVae   { train, test, testDeviation, repeats }, each of 10,000 training and 5,000 test points
                         factorVae: global variance (ddof 1) of all rows; codes of deviation below 0.05 have no vote
"""

import json
import warnings
import zlib
from pathlib import Path

import numpy as np
import scipy.linalg
import scipy.stats
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import mutual_info_score, roc_auc_score
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

TABLES = [
    # Nearly one code for each factor, in another order, and a dead code.
    dict(name='clean', number=1, rows=1200, levels=[4, 5, 3],
         weights=[[0, 0, 1], [1, 0, 0], [0, 0, 0], [0, 0.75, 0]], noise=[0.25, 0.375, 0, 0.25]),
    # Two factors turned by 45 degrees; the third alone, twice.
    dict(name='turned', number=2, rows=1200, levels=[4, 4, 3],
         weights=[[0.75, 0.75, 0], [0.75, -0.75, 0], [0, 0, 1], [0, 0, 1]], noise=[0.25, 0.25, 0.5, 0.75]),
    # Everything in everything, and a code of noise.
    dict(name='mixed', number=3, rows=1500, levels=[4, 6, 2],
         weights=[[1, 0.25, 0], [0.125, -0.5, 1], [0, 0, 0], [0.5, 0, 1.5], [-0.25, 0.5, 0.25]],
         noise=[0.75, 0.5, 1, 0.875, 1.25]),
]
BATCH, TRAIN_POINTS, TEST_POINTS, REPEATS = 64, 10_000, 5_000, 8
WORD = 0xFFFFFFFF


# --- The rows -------------------------------------------------------------------------------------------------------

def words(number, column, rows):
    """Random 32-bit words of one column, by a hash of table, column and row."""
    x = (np.arange(rows, dtype=np.uint64) + np.uint64((number * 64 + column) * 65536)) & np.uint64(WORD)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        x = ((x ^ (x >> np.uint64(shift))) * np.uint64(factor)) & np.uint64(WORD)
    return x ^ (x >> np.uint64(16))


def table_of(recipe):
    number, rows = recipe['number'], recipe['rows']
    factors = [words(number, k, rows) % np.uint64(levels) for k, levels in enumerate(recipe['levels'])]
    factors = np.stack(factors, axis=1).astype(np.int64)
    codes = np.zeros((rows, len(recipe['noise'])))
    for d, (weights, scale) in enumerate(zip(recipe['weights'], recipe['noise'])):
        for k, weight in enumerate(weights):
            codes[:, d] += weight * factors[:, k]
        noise = np.zeros(rows)
        for part in range(4):
            noise += words(number, 16 + 4 * d + part, rows) / 2.0**32
        codes[:, d] += scale * (noise - 2)
    return codes, factors


def philox(seed, stream, step, index):
    """One block of Philox4x32-10: four 32-bit words."""
    c = [index, stream, step & WORD, step >> 32]
    k = [seed & WORD, seed >> 32]
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & WORD, (a >> 32) ^ c[3] ^ k[1], a & WORD]
        k = [(k[0] + 0x9E3779B9) & WORD, (k[1] + 0xBB67AE85) & WORD]
    return c


def held_out(rows, seed=0):
    """Rows to learn from and rows to be judged on."""
    stream = 0x80000000 | zlib.crc32(b'metrics/split')
    bits = [word for index in range((rows + 3) // 4) for word in philox(seed, stream, 0, index)]
    order = list(range(rows))
    for i in range(rows - 1, 0, -1):
        j = bits[i] * (i + 1) >> 32
        order[i], order[j] = order[j], order[i]
    cut = rows * 2 // 3
    return np.array(order[:cut]), np.array(order[cut:])


# --- Mutual information ---------------------------------------------------------------------------------------------

def discretize(codes, bins=20):
    columns = [np.digitize(column, np.histogram(column, bins)[1][:-1]) for column in codes.T]
    return np.stack(columns, axis=1)


def mutual_information(a, b):
    return np.array([[mutual_info_score(y, x) for y in b.T] for x in a.T])


def mig(codes, factors):
    information = mutual_information(discretize(codes), factors)
    entropy = np.array([mutual_info_score(y, y) for y in factors.T])
    ordered = np.sort(information, axis=0)[::-1]
    gaps = (ordered[0] - ordered[1]) / entropy
    return dict(score=np.mean(gaps), perFactor=gaps, mutualInformation=information, entropy=entropy)


def modularity(codes, factors):
    squares = mutual_information(discretize(codes), factors) ** 2
    largest = squares.max(axis=1)
    with np.errstate(invalid='ignore', divide='ignore'):
        score = 1 - (squares.sum(axis=1) - largest) / (largest * (squares.shape[1] - 1))
    score[largest == 0] = 0
    return dict(score=np.mean(score), perCode=score)


def irs(codes, factors, quantile=0.99):
    active = codes[:, codes.max(axis=0) > codes.min(axis=0)]
    largest = np.max(np.abs(active - active.mean(axis=0)), axis=0)
    moved = np.zeros((active.shape[1], factors.shape[1]))
    for k, column in enumerate(factors.T):
        for level in np.unique(column):
            group = active[column == level]
            moved[:, k] += np.quantile(np.abs(group - group.mean(axis=0)), quantile, axis=0)
        moved[:, k] /= len(np.unique(column))
    scores = (1 - moved / largest[:, None]).max(axis=1)
    return dict(score=np.average(scores, weights=largest), perCode=scores)


def unsupervised(codes):
    covariance = np.cov(codes[:, codes.max(axis=0) > codes.min(axis=0)].T)
    variances = np.diag(covariance)
    root = scipy.linalg.sqrtm(covariance * variances[:, None])
    wasserstein = 2 * np.trace(covariance) - 2 * np.trace(root).real
    information = mutual_information(discretize(codes), discretize(codes))
    np.fill_diagonal(information, 0)
    size = codes.shape[1]
    return dict(
        totalCorrelation=dict(score=0.5 * (np.log(variances).sum() - np.linalg.slogdet(covariance)[1])),
        wassersteinCorrelation=dict(score=wasserstein, normalized=wasserstein / variances.sum()),
        mutualInformation=dict(score=information.sum() / (size**2 - size)),
    )


def models_of(codes):
    """Three models' codes of the same rows: the table, one turned and mixed, and one with many ties."""
    return [codes, codes[:, ::-1] + 0.5 * codes, np.floor(2 * codes)]


def agreement(a, b):
    found = np.array([[scipy.stats.spearmanr(x, y)[0] for y in b.T] for x in a.T])
    found = np.nan_to_num(np.abs(found))
    with np.errstate(invalid='ignore'):
        sides = [np.nan_to_num(found.max(axis=axis) ** 2 / found.sum(axis=axis)).mean() for axis in (0, 1)]
    return np.mean(sides)


def ranking(models):
    return [np.median([agreement(own, other) for other in models if other is not own]) for own in models]


def udr(codes):
    every = ranking(models_of(codes))
    masked = ranking([model[:, 1:] for model in models_of(codes)])
    return dict(score=np.mean(every), perModel=np.array(every), masked=np.array(masked))


# --- Classifiers ----------------------------------------------------------------------------------------------------

def concentration(importance, axis):
    """Weighted mean of 1 - entropy over codes (axis 1) or factors (axis 0)."""
    size = importance.shape[axis]
    rows = importance if axis == 1 else importance.T
    each = 1 - scipy.stats.entropy(rows.T + 1e-11, base=size)
    return np.sum(each * rows.sum(axis=1) / rows.sum())


def dci(codes, factors, train, test, states=3):
    found = []
    for state in range(states):
        importance, seen, held = np.zeros((codes.shape[1], factors.shape[1])), [], []
        for k, y in enumerate(factors.T):
            model = GradientBoostingClassifier(random_state=state).fit(codes[train], y[train])
            importance[:, k] = np.abs(model.feature_importances_)
            seen.append(np.mean(model.predict(codes[train]) == y[train]))
            held.append(np.mean(model.predict(codes[test]) == y[test]))
        found.append((concentration(importance, 1), concentration(importance, 0), np.mean(seen), np.mean(held),
                      importance))
    names = ('disentanglement', 'completeness', 'informativenessTrain', 'informativenessTest', 'importance')
    return {name: np.mean([entry[i] for entry in found], axis=0) for i, name in enumerate(names)}


def gap(matrix):
    ordered = np.sort(matrix, axis=0)
    return dict(score=np.mean(ordered[-1] - ordered[-2]), accuracy=matrix)


def sap(codes, factors, train, test):
    accuracy = np.zeros((codes.shape[1], factors.shape[1]))
    for d, x in enumerate(codes.T):
        for k, y in enumerate(factors.T):
            machine = LinearSVC(C=0.01, class_weight='balanced', random_state=0, max_iter=20_000)
            machine.fit(x[train, None], y[train])
            accuracy[d, k] = np.mean(machine.predict(x[test, None]) == y[test])
    return gap(accuracy)


def sap_continuous(codes, factors, train):
    fit = np.zeros((codes.shape[1], factors.shape[1]))
    for d, x in enumerate(codes[train].T):
        for k, y in enumerate(factors[train].T):
            covariance = np.cov(x, y, ddof=1)
            if covariance[0, 0] > 1e-12:
                fit[d, k] = covariance[0, 1] ** 2 / (covariance[0, 0] * covariance[1, 1])
    return gap(fit)


def explicitness(codes, factors, train, test):
    deviation = codes[train].std(axis=0)
    scaled = (codes - codes[train].mean(axis=0)) / np.where(deviation == 0, 1, deviation)
    areas = np.zeros((2, factors.shape[1]))
    for k, y in enumerate(factors.T):
        model = LogisticRegression().fit(scaled[train], y[train])
        for part, rows in enumerate((train, test)):
            truth = MultiLabelBinarizer().fit_transform(y[rows, None])
            areas[part, k] = roc_auc_score(truth, model.predict_proba(scaled[rows]))
    return dict(train=areas[0].mean(), test=areas[1].mean(), perFactor=areas[1])


# --- Draws for chosen factors ---------------------------------------------------------------------------------------

def members(factors):
    """By factor and level, its rows."""
    return [[np.flatnonzero(y == level) for level in range(y.max() + 1)] for y in factors.T]


def partners(random, groups, rows, factor, factors):
    """For each row, one of the same level of the factor."""
    sizes = np.array([len(group) for group in groups[factor]])
    table = np.zeros((len(sizes), sizes.max()), dtype=np.int64)
    for level, group in enumerate(groups[factor]):
        table[level, :len(group)] = group
    levels = factors[rows, factor]
    return table[levels, (random.random(rows.shape) * sizes[levels]).astype(np.int64)]


def beta_points(random, codes, factors, groups, count):
    points, labels = np.zeros((count, codes.shape[1])), random.integers(factors.shape[1], size=count)
    for k in range(factors.shape[1]):
        chosen = np.flatnonzero(labels == k)
        first = random.integers(len(codes), size=(len(chosen), BATCH))
        second = partners(random, groups, first, k, factors)
        points[chosen] = np.abs(codes[first] - codes[second]).mean(axis=1)
    return points, labels


def beta_vae(random, codes, factors):
    groups = members(factors)
    points, labels = beta_points(random, codes, factors, groups, TRAIN_POINTS)
    model = LogisticRegression().fit(points, labels)
    return model.score(points, labels), model.score(*beta_points(random, codes, factors, groups, TEST_POINTS))


def factor_votes(random, codes, factors, groups, variances, active, count):
    labels = random.integers(factors.shape[1], size=count)
    votes = np.zeros((factors.shape[1], active.sum()), dtype=np.int64)
    for k in range(factors.shape[1]):
        first = random.integers(len(codes), size=(np.sum(labels == k), 1))
        rows = partners(random, groups, np.repeat(first, BATCH, axis=1), k, factors)
        local = codes[rows].var(axis=1, ddof=1)
        np.add.at(votes[k], np.argmin(local[:, active] / variances[active], axis=1), 1)
    return votes


def factor_vae(random, codes, factors):
    groups = members(factors)
    variances = codes.var(axis=0, ddof=1)
    active = np.sqrt(variances) >= 0.05
    train = factor_votes(random, codes, factors, groups, variances, active, TRAIN_POINTS)
    test = factor_votes(random, codes, factors, groups, variances, active, TEST_POINTS)
    best = train.argmax(axis=0), np.arange(train.shape[1])
    return train[best].sum() / train.sum(), test[best].sum() / test.sum()


def repeated(score, codes, factors):
    found = np.array([score(np.random.default_rng(seed), codes, factors) for seed in range(REPEATS)])
    return dict(train=found[:, 0].mean(), test=found[:, 1].mean(), testDeviation=found[:, 1].std(ddof=1),
                repeats=REPEATS)


# --- The file -------------------------------------------------------------------------------------------------------

def plain(value):
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    return np.round(value, 12).tolist() if isinstance(value, (np.ndarray, np.floating)) else value


def fixture(recipe):
    codes, factors = table_of(recipe)
    train, test = held_out(len(codes))
    scores = dict(
        mig=mig(codes, factors),
        modularity=modularity(codes, factors),
        irs=irs(codes, factors),
        **unsupervised(codes),
        udr=udr(codes),
        dci=dci(codes, factors, train, test),
        sap=sap(codes, factors, train, test),
        sapContinuous=sap_continuous(codes, factors, train),
        explicitness=explicitness(codes, factors, train, test),
        betaVae=repeated(beta_vae, codes, factors),
        factorVae=repeated(factor_vae, codes, factors),
    )
    checksum = float((codes * (np.arange(codes.shape[1]) + 1)).sum())
    return {**recipe, 'checksum': checksum, 'scores': plain(scores)}


if __name__ == '__main__':
    warnings.filterwarnings('ignore', category=FutureWarning)
    warnings.filterwarnings('ignore', category=scipy.stats.ConstantInputWarning)
    text = json.dumps([fixture(recipe) for recipe in TABLES], indent=1)
    Path(__file__).with_name('fixtures.json').write_text(text + '\n')
