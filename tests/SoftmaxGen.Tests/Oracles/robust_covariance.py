"""Writes robust_covariance.json: covariances of two-class fits by statsmodels (Debian: python3-statsmodels, 0.13.5).

HC0 is statsmodels' own, HC1 its cov_white_simple with the correction n / (n - k). For models other than least squares statsmodels gives HC0 under
the names HC2 and HC3 too; here they are made of its leverages, GLMInfluence.hat_matrix_diag, by the textbook's formula.
"""
import csv
import json
import sys

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.sandwich_covariance import cov_white_simple


def describe(name, x, y):
    exog = sm.add_constant(x, has_constant="add")
    model = sm.GLM(y, exog, family=sm.families.Binomial())
    fit = model.fit(tol=1e-15, tol_criterion="params", maxiter=200)
    leverage = fit.get_influence().hat_matrix_diag
    bread = fit.cov_params()
    residuals = y - fit.fittedvalues

    def sandwich(squares):
        return bread @ (exog.T * squares) @ exog @ bread

    hc0 = model.fit(tol=1e-15, tol_criterion="params", maxiter=200, cov_type="HC0").cov_params()
    assert np.allclose(hc0, sandwich(residuals**2), rtol=1e-10, atol=0)
    return {
        "name": name,
        "rows": x.tolist(),
        "labels": y.astype(int).tolist(),
        "estimates": fit.params.tolist(),
        "Information": bread.tolist(),
        "Sandwich": hc0.tolist(),
        "HC1": cov_white_simple(fit, use_correction=True).tolist(),
        "HC2": sandwich(residuals**2 / (1 - leverage)).tolist(),
        "HC3": sandwich((residuals / (1 - leverage)) ** 2).tolist(),
    }


def iris(path):
    with open(path, encoding="utf-8") as file:
        rows = list(csv.reader(file))[51:]
    return np.array([[float(cell) for cell in row[:4]] for row in rows]), np.array([float(i >= 50) for i in range(100)])


def drawn(rows, seed):
    random = np.random.default_rng(seed)
    x = np.round(random.normal(size=(rows, 2)) * [1, 30] + [0, 100], 3)
    p = 1 / (1 + np.exp(-(0.5 + x[:, 0] - (x[:, 1] - 100) / 40)))
    return x, (random.random(rows) < p).astype(float)


if __name__ == "__main__":
    cases = [describe("iris", *iris(sys.argv[1])), describe("small", *drawn(25, 4)), describe("large", *drawn(150, 1))]
    json.dump(cases, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")
