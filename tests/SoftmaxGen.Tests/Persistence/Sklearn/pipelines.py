"""Fits pipelines of scikit-learn on rows that SubscriberSample makes, for SklearnPipelineTests and EncodedTrainingTests.

    pipelines.py fit FOLDER ROWS PAGE      writes NAME.pipeline.json and NAME.probabilities.json for each pipeline; PAGE is docs/scikit-learn.md
    pipelines.py bins PAGE                 prints what the function of the page makes of bins
    pipelines.py train PROBLEM             fits rows and labels with l2, and prints the objective and the probabilities of the rows
"""

import json
import platform
import re
import sys
import warnings

import numpy as np
import sklearn
from scipy.sparse.linalg import LinearOperator, cg
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, StandardScaler

SHOWN = 60  # so many rows go into the expectations


def load(path):
    problem = json.load(open(path))
    rows = np.array(problem["rows"], dtype=object)
    texts = [k for k in range(rows.shape[1]) if any(isinstance(value, str) for value in rows[:, k])]
    numbers = [k for k in range(rows.shape[1]) if k not in texts]
    blank = [k for k in range(rows.shape[1]) if any(value is None for value in rows[:, k])]
    flags = [k for k in numbers if any(isinstance(value, bool) for value in rows[:, k])]
    problem["flags"] = rows[:, flags].copy()
    rows[:, numbers] = rows[:, numbers].astype(float)  # None becomes NaN
    return problem, rows, texts, numbers, blank, flags


def encoders(texts, numbers, blank, flags):
    """Ways to encode the same rows; where they are switched, bools are themselves and not 1 and 0."""
    full = [k for k in numbers if k not in blank]
    gaps = [k for k in numbers if k in blank]
    whole = [k for k in texts if k not in blank]
    holes = [k for k in texts if k in blank]
    scaled = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
    yield "indicated", [ColumnTransformer(
        [("cat", OneHotEncoder(), texts), ("num", scaled, gaps[:3] + full[:3]), ("gap", SimpleImputer(strategy="median", add_indicator=True), gaps[3:])],
        remainder="passthrough")]
    yield "dropped", [ColumnTransformer([
        ("cat", OneHotEncoder(drop="first"), whole),
        ("hole", make_pipeline(SimpleImputer(missing_values=None, strategy="most_frequent"), OneHotEncoder(drop="first", sparse_output=False)), holes),
        ("num", make_pipeline(StandardScaler(), SimpleImputer(strategy="constant", fill_value=0.25)), numbers)])]
    yield "scaled", [
        ColumnTransformer([
            ("cat", OneHotEncoder(drop="if_binary", handle_unknown="ignore", sparse_output=False), texts),
            ("gap", SimpleImputer(add_indicator=True), np.isin(np.arange(len(texts) + len(numbers)), gaps)),
            ("one", StandardScaler(with_mean=False), full[0:1]),
            ("two", StandardScaler(with_std=False), full[1:2]),
            ("rest", "passthrough", full[2:])]),
        StandardScaler()]
    yield "switched", [ColumnTransformer([
        ("flag", OneHotEncoder(sparse_output=False), [k for k in flags if k in blank] + flags[:1]),
        ("one", OneHotEncoder(drop="first", sparse_output=False), [k for k in flags[1:] if k not in blank]),
        ("cat", OneHotEncoder(), texts),
        ("gap", SimpleImputer(add_indicator=True), [k for k in gaps if k not in flags]),
        ("rest", "passthrough", [k for k in full if k not in flags])])]


def use(page):
    """Defines the functions of the page."""
    exec(next(block for block in re.findall(r"```python\n(.*?)```", open(page).read(), re.S) if "def export_pipeline" in block), globals())


def bins(page):
    use(page)
    step = KBinsDiscretizer(n_bins=4, encode="onehot", strategy="uniform").fit([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    step.bin_edges_[:] = np.array([0, 18, 25, 35.5, 99]), np.array([-9, -1, 0, 1e15, 1e16]), np.array([0, 1e-5, 1 / 3, 2.5, 3])
    print(json.dumps(columns_of(step, [{"name": "Age", "fill": 25}, {"name": "Usage"}, {"name": "Rate", "fill": 0.0}], [])))


def fit(folder, rows_path, page):
    use(page)
    problem, rows, texts, numbers, blank, flags = load(rows_path)
    for kind, steps in encoders(texts, numbers, blank, flags):
        if kind == "switched":
            rows[:, flags] = problem["flags"]
        for target in ("churn", "plan"):
            pipeline = Pipeline([(f"step{k}", step) for k, step in enumerate(steps)] + [("model", LogisticRegression(max_iter=2000))])
            pipeline.fit(rows, problem[target])
            path = f"{folder}/{target}-{kind}"
            export_pipeline(pipeline, f"{path}.pipeline.json", problem["names"])
            check_names(pipeline, f"{path}.pipeline.json", problem["names"])
            write(f"{path}.probabilities.json", {
                "classes": pipeline.classes_.tolist(),
                "probabilities": pipeline.predict_proba(rows[:SHOWN]).tolist(),
                "x-source": f"scikit-learn {sklearn.__version__}, Python {platform.python_version()}"})


def check_names(pipeline, path, names):
    """The page's names are those of get_feature_names_out but for how a member is set apart from its level."""
    theirs = [name.split("__", 1)[1] for name in pipeline[:-1].get_feature_names_out(names)]
    ours = [column["name"] for column in json.load(open(path))["columns"]]
    for name, their in zip(ours, theirs, strict=True):
        assert their in (name, name.replace("=", "_", 1), name[:-1] + "_None", "missingindicator_" + name[:-1]), (name, their)


def write(path, value):
    with open(path, "w") as file:
        json.dump(value, file, indent=1)
        file.write("\n")


def train(path):
    problem, rows, texts, numbers, blank, _ = load(path)
    encoder = ColumnTransformer([
        ("cat", OneHotEncoder(sparse_output=False), texts),
        ("gap", SimpleImputer(strategy="constant", fill_value=0, add_indicator=True), [k for k in numbers if k in blank]),
        ("num", "passthrough", [k for k in numbers if k not in blank])])
    y = np.array(problem["labels"])
    two = len(set(y)) == 2
    # As docs/scikit-learn.md has it.
    strength = (2 if two else 1) / (problem["l2"] * len(y))
    model = LogisticRegression(C=strength, solver="newton-cholesky" if two else "newton-cg", tol=1e-12 if two else 1e-4, max_iter=10000)
    pipeline = Pipeline([("encoder", encoder), ("scaler", StandardScaler() if problem["standardize"] else "passthrough"), ("model", model)])
    pipeline.fit(rows, y)
    if not two:
        polish(model, pipeline[:-1].transform(rows).astype(float), y)
    probabilities = pipeline.predict_proba(rows)
    taken = probabilities[np.arange(len(y)), np.searchsorted(model.classes_, y)]
    objective = -np.log(taken).mean() + 0.5 / (strength * len(y)) * (model.coef_ ** 2).sum()
    print(json.dumps({"classes": model.classes_.tolist(), "probabilities": probabilities.tolist(), "objective": objective}))


def polish(model, x, y):
    """
    A line search stops where the loss no longer changes in its last digit, which leaves half of the weights' digits. A few Newton steps on the gradient of
    scikit-learn's own loss find the others.
    """
    from sklearn._loss import HalfMultinomialLoss
    from sklearn.linear_model._linear_loss import LinearModelLoss
    loss = LinearModelLoss(base_loss=HalfMultinomialLoss(n_classes=len(model.classes_)), fit_intercept=True)
    target = np.searchsorted(model.classes_, y).astype(float)
    weights = np.column_stack([model.coef_, model.intercept_]).ravel(order="F")
    for _ in range(4):
        gradient, product = loss.gradient_hessian_product(weights, x, target, l2_reg_strength=1 / model.C)
        step, _ = cg(LinearOperator(2 * weights.shape, matvec=product), gradient, tol=1e-9, maxiter=1000)
        weights = weights - step
    assert abs(loss.gradient(weights, x, target, l2_reg_strength=1 / model.C)).max() < 1e-9
    weights = weights.reshape(len(model.classes_), -1, order="F")
    model.coef_, model.intercept_ = weights[:, :-1], weights[:, -1]


warnings.simplefilter("ignore")
if sys.argv[1] == "fit":
    fit(*sys.argv[2:])
elif sys.argv[1] == "bins":
    bins(sys.argv[2])
else:
    train(sys.argv[2])
