"""Writes multinomial_inference.json: fits of several classes by statsmodels' MNLogit (Debian: python3-statsmodels, 0.13.5).

It has the covariance of the information and HC0; under the names HC1 to HC3 it returns HC0 for this model.
"""
import json
import sys

import numpy as np
import statsmodels.api as sm


def drawn(rows, classes, seed, scale, offset):
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, 2))
    weights = random.normal(size=(classes, 3))
    scores = weights[:, 0] + x @ weights[:, 1:].T
    labels = [int(random.choice(classes, p=np.exp(s) / np.exp(s).sum())) for s in scores]
    return np.round(x * scale + offset, 3), np.array(labels)


def describe(x, labels):
    model = sm.MNLogit(labels, sm.add_constant(x, has_constant="add"))
    start = model.fit(method="newton", maxiter=100, disp=0).params.ravel(order="F")
    fits = {form: model.fit(start_params=start, method="newton", maxiter=10, tol=1e-14, disp=0, cov_type=form) for form in ("nonrobust", "HC0")}
    fit = fits["nonrobust"]
    return {
        "rows": x.ravel().tolist(),
        "labels": labels.tolist(),
        "estimates": fit.params.ravel(order="F").tolist(),
        "z": fit.tvalues.ravel(order="F").tolist(),
        "p": fit.pvalues.ravel(order="F").tolist(),
        "logLikelihood": fit.llf,
        "aic": fit.aic,
        "bic": fit.bic,
        "Information": fit.cov_params().ravel().tolist(),
        "Sandwich": fits["HC0"].cov_params().ravel().tolist(),
    }


if __name__ == "__main__":
    cases = [describe(*drawn(60, 3, 1, 1, 0)), describe(*drawn(300, 3, 2, [1, 30], [0, 100])), describe(*drawn(200, 4, 5, [0.5, 8], [3, -20]))]
    json.dump(cases, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")
