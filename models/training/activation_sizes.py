"""How large the activations of a model get, which the codes of its 8-bit form are made for."""

from collections.abc import Iterable, Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper

from models.runtime import import_onnxruntime


def activation_sizes(exact: onnx.ModelProto, inputs: Iterable[Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The greatest size of every channel (width,) of each tensor that a ``MatMul`` of ``exact`` takes, over all inputs.

    ``inputs`` are what the model is run on: the more varied, the less is cut later.
    """
    names = sorted({node.input[0] for node in exact.graph.node if node.op_type == "MatMul"})
    watched = onnx.ModelProto()
    watched.CopyFrom(exact)
    watched.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = import_onnxruntime().InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    sizes: dict[str, np.ndarray] = {}
    for one in inputs:
        for name, value in zip(names, session.run(names, dict(one)), strict=True):
            size = np.abs(value).max(axis=tuple(range(value.ndim - 1)))
            sizes[name] = np.maximum(sizes.get(name, size), size)
    return sizes
