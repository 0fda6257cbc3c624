"""Writes curves.json: what scikit-learn makes of scores and labels with many ties, for the tests of curves and calibrations.

    /usr/bin/python3 curves.py > curves.json
"""

import json
import platform

import numpy as np
import sklearn
from scipy.special import expit, softmax
from sklearn import metrics
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression


def platt(scores, positive, weights):
    """Slope and intercept as scikit-learn finds them, and from there by Newton's method: its BFGS stops at a gradient of 1e-5."""
    a, b = raw = _sigmoid_calibration(scores, positive.astype(int), weights)
    w = np.ones(len(scores)) if weights is None else weights
    n1, n0 = w[positive].sum(), w[~positive].sum()
    targets = np.where(positive, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
    for _ in range(50):
        p = expit(-(a * scores + b))
        residual, curvature = w * (targets - p), w * p * (1 - p)
        gradient = np.array([residual @ scores, residual.sum()])
        hessian = np.array([[curvature @ scores**2, curvature @ scores], [curvature @ scores, curvature.sum()]])
        a, b = np.array([a, b]) - np.linalg.solve(hessian, gradient)
    return {"raw": list(raw), "slope": -a, "intercept": -b}


def case(name, scores, positive, weights=None):
    fpr, tpr, roc_thresholds = metrics.roc_curve(positive, scores, sample_weight=weights, drop_intermediate=False)
    precision, recall, pr_thresholds = metrics.precision_recall_curve(positive, scores, sample_weight=weights)
    isotonic = IsotonicRegression(out_of_bounds="clip", y_min=0, y_max=1).fit(scores, positive.astype(float), sample_weight=weights)
    queries = np.linspace(scores.min() - 1, scores.max() + 1, 41)
    return {
        "name": name,
        "scores": scores.tolist(),
        "positive": positive.tolist(),
        "weights": [] if weights is None else weights.tolist(),
        # The first threshold is +inf or the largest score plus 1, by version.
        "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": roc_thresholds[1:].tolist()},
        "auc": metrics.roc_auc_score(positive, scores, sample_weight=weights),
        "precision_recall": {"precision": precision.tolist(), "recall": recall.tolist(), "thresholds": pr_thresholds.tolist()},
        "average_precision": metrics.average_precision_score(positive, scores, sample_weight=weights),
        "isotonic": {"queries": queries.tolist(), "predictions": isotonic.predict(queries).tolist()},
        "platt": None if len(set(scores)) == 1 else platt(scores, positive, weights),
    }


def one_versus_rest(random):
    weights, rows = random.normal(size=(3, 5)), random.normal(size=(60, 4))
    probabilities = softmax(np.c_[np.ones(60), rows] @ weights.T, axis=1)
    labels = np.array([random.choice(3, p=0.7 * p + 0.1) for p in probabilities])
    row_weights = random.integers(0, 4, 60).astype(float)

    def areas(w): return {
        average: {
            "auc": metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average=average, sample_weight=w),
            "average_precision": metrics.average_precision_score(np.eye(3)[labels], probabilities, average=average, sample_weight=w),
        }
        for average in ("macro", "weighted")
    }
    return {
        "weights": weights.flatten().tolist(),
        "rows": rows.flatten().tolist(),
        "labels": labels.tolist(),
        "row_weights": row_weights.tolist(),
        "plain": areas(None),
        "weighted_rows": areas(row_weights),
    }


def main():
    random = np.random.default_rng(20)
    cases = []
    for name, rows, digits in (("no ties", 50, 9), ("some ties", 80, 1), ("many ties", 120, 0)):
        scores = np.round(random.normal(size=rows) * 1.5, digits) + 0.0
        positive = random.random(rows) < expit(1.2 * scores - 0.4)
        cases.append(case(name, scores, positive))
        cases.append(case(f"{name}, weights", scores, positive, random.integers(0, 4, rows) * 0.5))
    cases.append(case("all scores equal", np.full(9, 0.25), np.arange(9) % 3 == 0))
    cases.append(case("separated", np.arange(12.0), np.arange(12) >= 5))
    cases.append(case("reversed", np.arange(12.0), np.arange(12) < 5))
    source = f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}"
    print(json.dumps({"source": source, "cases": cases, "one_versus_rest": one_versus_rest(random)}, indent=1))


main()
