"""Fits scikit-learn models for SklearnTests, and predicts with models that SoftmaxGen exported.

    models.py fit FOLDER DATA_FOLDER       writes NAME.sklearn.json and NAME.expected.json for each model
    models.py predict MODEL ROWS           prints the probabilities of the rows
    models.py train PROBLEM                fits rows, labels, weights and l2, and prints the probabilities of the rows
"""

import json
import platform
import sys
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

EVERY = 9  # one row in so many goes into the expectations


def load(path):
    lines = [line.strip().split(",") for line in open(path)]
    x = np.array([[float(cell) for cell in line[:-1]] for line in lines[1:]])
    return lines[0][:-1], x, np.array([line[-1] for line in lines[1:]])


def export(model, scaler, path):
    # As docs/scikit-learn.md has it.
    def plain(value): return value.tolist() if hasattr(value, "tolist") else value
    fields = {name: plain(getattr(model, name, None)) for name in ("coef_", "intercept_", "classes_", "feature_names_in_", "multi_class", "solver")}
    fields |= {name: plain(getattr(scaler, name, None)) for name in ("mean_", "scale_", "with_mean")}
    fields["x-source"] = f"scikit-learn {sklearn.__version__}, Python {platform.python_version()}"
    with open(path, "w") as file:
        json.dump(fields, file, indent=1)
        file.write("\n")


def fit(folder, name, names, x, y, scaler=None, **options):
    model = LogisticRegression(max_iter=5000, tol=1e-8, **options)
    z = x if scaler is None else scaler.fit_transform(x)
    model.fit(z, y)
    expected = {"rows": x[::EVERY].tolist(), "classes": model.classes_.tolist(), "probabilities": model.predict_proba(z[::EVERY]).tolist()}
    if names is not None:
        model.feature_names_in_ = np.array(names, dtype=object)  # what a fit on a data frame would set
    export(model, scaler, f"{folder}/{name}.sklearn.json")
    with open(f"{folder}/{name}.expected.json", "w") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


def fit_all(folder, data):
    names, x, y = load(f"{data}/iris.csv")
    fit(folder, "iris", names, x, y)
    fit(folder, "iris-scaled", names, x, y, StandardScaler())
    fit(folder, "iris-centred", names, x, y, StandardScaler(with_std=False))
    fit(folder, "iris-reversed", names[::-1], x[:, ::-1], y, StandardScaler(with_mean=False))
    fit(folder, "iris-no-intercept", names, x, y, fit_intercept=False)
    pair = y != "setosa"
    fit(folder, "pair", names, x[pair], y[pair])
    fit(folder, "pair-scaled", names, x[pair], y[pair], StandardScaler())
    if "multi_class" in LogisticRegression().get_params():
        fit(folder, "pair-multinomial", names, x[pair], y[pair], StandardScaler(), multi_class="multinomial")
    _, x, y = load(f"{data}/wine.csv")
    labels = np.array([list(dict.fromkeys(y)).index(label) for label in y])
    fit(folder, "wine-scaled", None, x, labels, StandardScaler())


def predict(path, rows):
    fields = json.load(open(path))
    model = LogisticRegression()
    model.coef_, model.intercept_, model.classes_ = (np.array(fields[name]) for name in ("coef_", "intercept_", "classes_"))
    print(json.dumps({"classes": model.classes_.tolist(), "probabilities": model.predict_proba(np.array(json.load(open(rows)))).tolist()}))


def train(path):
    problem = json.load(open(path))
    x, y, weights = (np.array(problem[name]) for name in ("rows", "labels", "weights"))
    # As docs/scikit-learn.md has it.
    strength = (2 if len(set(y)) == 2 else 1) / (problem["l2"] * weights.sum())
    model = LogisticRegression(C=strength, solver="newton-cg", tol=1e-10, max_iter=10000)
    model.fit(x, y, sample_weight=weights)
    print(json.dumps({"classes": model.classes_.tolist(), "probabilities": model.predict_proba(x).tolist()}))


warnings.simplefilter("ignore", FutureWarning)
if sys.argv[1] == "fit":
    fit_all(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "train":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the line search says so when there is nothing left to gain
        train(sys.argv[2])
else:
    predict(sys.argv[2], sys.argv[3])
