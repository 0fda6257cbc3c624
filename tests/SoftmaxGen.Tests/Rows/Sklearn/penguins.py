# Fits the penguins by scikit-learn with the encoding of samples/Penguins, and writes what PenguinTests compares:
#     python3 penguins.py ../../../../samples/data/penguins.csv > penguins.json
# Written with scikit-learn 1.2.1, whose solver warns that rounding stops it before its tolerance. Blanks of measurements are 0 with an indicator; a blank of the sex is a level of its own.
import csv
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
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

x = np.column_stack([categories, *measures, sexes])
y = np.array([["Adelie", "Chinstrap", "Gentoo"].index(row["species"]) for row in rows])

# The mean of the losses and half of L2 times the squares of the weights: scikit-learn takes the sum of the losses, times C.
model = make_pipeline(StandardScaler(), LogisticRegression(C=1 / (L2 * len(rows)), solver="newton-cg", tol=1e-10, max_iter=100000))
model.fit(x, y)
probabilities = model.predict_proba(x)
weights = model[-1].coef_
objective = -np.mean(np.log(probabilities[np.arange(len(y)), y])) + L2 / 2 * np.sum(weights * weights)
json.dump({"objective": float(objective), "probabilities": [[float(p) for p in row] for row in probabilities]}, sys.stdout)
