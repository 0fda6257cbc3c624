# Fits the penguins by scikit-learn with the encoding of samples/Penguins, and writes what PenguinTests compares:
#     python3 penguins.py ../../../../samples/data/penguins.csv > penguins.json
# Written with scikit-learn 1.2.1. Blanks of measurements are 0 with an indicator; a blank of the sex is a level of its own.
import csv
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

L2 = 0.001

with open(sys.argv[1]) as file:
    rows = list(csv.DictReader(file))

categories = OneHotEncoder(categories=[["Biscoe", "Dream", "Torgersen"]], sparse_output=False).fit_transform([[row["island"]] for row in rows])
sexes = OneHotEncoder(categories=[["female", "male", "NA"]], sparse_output=False).fit_transform([[row["sex"]] for row in rows])
measures = []
for name in ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]:
    blank = np.array([row[name] == "NA" for row in rows], dtype=float)
    measures += [np.array([0.0 if row[name] == "NA" else float(row[name]) for row in rows]), blank]

x = StandardScaler().fit_transform(np.column_stack([categories, *measures, sexes]))
y = np.array([["Adelie", "Chinstrap", "Gentoo"].index(row["species"]) for row in rows])

# The mean of the losses and half of L2 times the squares of the weights: scikit-learn takes the sum of the losses, times C.
model = LogisticRegression(C=1 / (L2 * len(rows)), solver="newton-cg", tol=1e-8, max_iter=100000).fit(x, y)

# The solver ends some 3e-10 from the optimal probabilities; steps of Newton's method with the whole Hessian take its weights the rest of the way.
bias_and_x = np.column_stack([np.ones(len(rows)), x])
weights = np.column_stack([model.intercept_, model.coef_])
penalty = np.full(weights.shape, L2)
penalty[:, 0] = 0


def probabilities_of(weights):
    scores = bias_and_x @ weights.T
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


for _ in range(3):
    p = probabilities_of(weights)
    gradient = (p - np.eye(3)[y]).T @ bias_and_x / len(rows) + penalty * weights
    hessian = sum(np.kron(np.diag(q) - np.outer(q, q), np.outer(row, row)) for q, row in zip(p, bias_and_x)) / len(rows) + np.diag(penalty.ravel())
    weights = weights - np.linalg.lstsq(hessian, gradient.ravel(), rcond=1e-14)[0].reshape(weights.shape)

p = probabilities_of(weights)
assert np.abs(p - model.predict_proba(x)).max() < 1e-7
objective = -np.mean(np.log(p[np.arange(len(y)), y])) + np.sum(penalty * weights * weights) / 2
json.dump({"objective": float(objective), "probabilities": [[float(value) for value in row] for row in p]}, sys.stdout)
