# Writes models that other programs could have made into the folder given as the only argument. Each is 3 x 4 or 2 x 4, of weights that are no
# multiples of one another.
import os
import sys
import numpy as np
from onnx import TensorProto, TypeProto, checker, helper, numpy_helper, save

folder = sys.argv[1]


def weights(classes, dtype):
    k = np.arange(1, 5)
    return np.array([np.sin(j + 1.0) + np.cos(k * (j + 1.3)) for j in range(classes)], dtype), np.array([0.3, -0.2, 0.7][:classes], dtype)


def write(name, nodes, element, initializers, outputs, domains=(("", 13),)):
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("x", element, ["n", 4])], outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid(domain, version) for domain, version in domains])
    model.ir_version = 7
    checker.check_model(model)
    save(model, os.path.join(folder, name + ".onnx"))


def probabilities(element, classes=3):
    return [helper.make_tensor_value_info("p", element, ["n", classes])]


def gemm(name, element, dtype, transposed, as_list, alpha, beta, intercept_shape, axis):
    a, b = weights(3, dtype)
    w = a / dtype(alpha)
    w = w if transposed else w.T
    b = (b / dtype(beta)).reshape(intercept_shape)
    if as_list:
        initializers = [helper.make_tensor(n, element, v.shape, v.flatten().tolist()) for n, v in (("w", w), ("b", b))]
    else:
        initializers = [numpy_helper.from_array(np.ascontiguousarray(v), n) for n, v in (("w", w), ("b", b))]
    nodes = [
        helper.make_node("Gemm", ["x", "w", "b"], ["s"], alpha=alpha, beta=beta, transB=int(transposed)),
        helper.make_node("Softmax", ["s"], ["p"], **({} if axis is None else {"axis": axis})),
    ]
    write(name, nodes, element, initializers, probabilities(element))


gemm("gemm-double", TensorProto.DOUBLE, np.float64, False, False, 1.0, 1.0, (3,), None)
gemm("gemm-double-transposed", TensorProto.DOUBLE, np.float64, True, True, 0.5, 4.0, (1, 3), -1)
gemm("gemm-float-list", TensorProto.FLOAT, np.float32, False, True, 2.0, 0.25, (3,), 1)
gemm("gemm-float-raw", TensorProto.FLOAT, np.float32, True, False, 1.0, 1.0, (3,), 1)

a, b = weights(3, np.float64)
write("gemm-no-intercepts", [helper.make_node("Gemm", ["x", "w"], ["s"], transB=1), helper.make_node("Softmax", ["s"], ["p"])],
      TensorProto.DOUBLE, [numpy_helper.from_array(a, "w")], probabilities(TensorProto.DOUBLE))

ML = (("", 13), ("ai.onnx.ml", 1))


def classifier(name, rows, intercepts, transform, labels, tail=(), outputs=None, **more):
    node = helper.make_node("LinearClassifier", ["x"], ["label", "p"], domain="ai.onnx.ml", coefficients=rows.flatten().tolist(),
                            intercepts=intercepts.tolist(), post_transform=transform, **labels, **more)
    outputs = outputs or [helper.make_tensor_value_info("label", TensorProto.INT64, ["n"]), *probabilities(TensorProto.FLOAT, len(labels["classlabels_ints"]))]
    write(name, [node, *tail], TensorProto.FLOAT, [], outputs, ML)


ints = {"classlabels_ints": [0, 1, 2]}
classifier("classifier", *weights(3, np.float32), "SOFTMAX", ints)
a2, b2 = weights(2, np.float32)
two = {"classlabels_ints": [0, 1]}
classifier("classifier-two-softmax", a2, b2, "SOFTMAX", two)
classifier("classifier-two-opposite", np.vstack([-a2[1], a2[1]]), np.array([-b2[1], b2[1]]), "LOGISTIC", two, multi_class=0)
classifier("classifier-two-one-row", a2[1], b2[1:], "LOGISTIC", two)

# What converters of scikit-learn's models add: another type for the labels, a normalisation that changes nothing, a list of dictionaries.
tail = [
    helper.make_node("Cast", ["label"], ["output_label"], to=TensorProto.INT64),
    helper.make_node("Normalizer", ["p"], ["normalized"], domain="ai.onnx.ml", norm="L1"),
    helper.make_node("ZipMap", ["normalized"], ["output_probability"], domain="ai.onnx.ml", classlabels_int64s=[0, 1, 2]),
]
dictionaries = TypeProto()
dictionaries.sequence_type.elem_type.map_type.key_type = TensorProto.INT64
dictionaries.sequence_type.elem_type.map_type.value_type.CopyFrom(helper.make_tensor_type_proto(TensorProto.FLOAT, []))
classifier("classifier-converted", *weights(3, np.float32), "SOFTMAX", ints, tail,
           [helper.make_tensor_value_info("output_label", TensorProto.INT64, ["n"]), helper.make_value_info("output_probability", dictionaries)])
