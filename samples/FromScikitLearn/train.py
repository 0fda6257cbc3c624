"""Fits the wines in scikit-learn and writes the model for C#: python3 train.py, in this folder."""
import csv
import json

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

with open("../data/wine.csv") as file:
    heading, *lines = csv.reader(file)
features = np.array([line[:-1] for line in lines], dtype=float)
cultivars = np.array([line[-1] for line in lines])
pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000)).fit(features, cultivars)
scaler, model = pipeline

# What SklearnImport reads.
def plain(value): return value.tolist() if hasattr(value, "tolist") else value
fields = {name: plain(getattr(model, name, None)) for name in ("coef_", "intercept_", "classes_", "multi_class", "solver")}
fields |= {name: plain(getattr(scaler, name, None)) for name in ("mean_", "scale_", "with_mean")}
fields["feature_names_in_"] = heading[:-1]
with open("wine.sklearn.json", "w") as file:
    json.dump(fields, file, indent=1)
    file.write("\n")

# What scikit-learn itself predicts, for comparison.
np.savetxt("wine.probabilities.csv", pipeline.predict_proba(features), delimiter=",", fmt="%.17g")
