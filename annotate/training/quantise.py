"""The traced network in eight bits: matrices with a scale for each column, embeddings and activations for each row.

Every word piece that goes into a product is divided by its own largest value and rounded to eight bits, the product is
one of integers, and what comes out is multiplied by that value again. The usual dynamic quantisation has one scale for a
whole batch instead: there the names of a text depend on the texts that are read with it, and a single large value makes
all others coarse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUANTISED, SCALE = "_quantized", "_scale"
PRODUCT = "MatMulIntegerToFloat"
"""An operation of onnxruntime's own (domain com.microsoft): a product of integers, times the scales, as floats."""

_DOMAIN = "com.microsoft"
_ACTIVATION, _MATRIX, _EMBEDDING = 127, 63, 127
# Seven bits for the matrices: processors without VNNI add two products in sixteen bits, which 255 * 127 * 2 would overflow.
_MIDDLE = 128  # what stands for zero in an activation's unsigned eight bits
_UNIT, _ZERO, _TINY = "activation_scale", "activation_zero_point", "activation_least"
_LEAST = 1e-6  # a row of zeros is divided by this


def quantise(model: onnx.ModelProto) -> onnx.ModelProto:
    """The network with its constant matrices and its embeddings in eight bits; names of nodes stay as they are."""
    arrays = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    made: dict[str, NDArray[np.generic]] = {
        _UNIT: np.array(1 / _ACTIVATION, np.float32),
        _ZERO: np.array(_MIDDLE, np.uint8),
        _TINY: np.array(_LEAST, np.float32),
    }
    nodes: list[onnx.NodeProto] = []
    rounded: set[str] = set()
    replaced: set[str] = set()
    for node in model.graph.node:
        table, matrix = node.input[0], node.input[1] if len(node.input) > 1 else ""
        if node.op_type == "Gather" and table in arrays and arrays[table].dtype == np.float32:
            made |= _whole(table, arrays[table], axis=1, top=_EMBEDDING)
            nodes += _look_up(node)
            replaced.add(table)
        elif node.op_type == "MatMul" and matrix in arrays:
            made |= _whole(matrix, arrays[matrix], axis=0, top=_MATRIX)
            made[f"{matrix}_zero_point"] = np.zeros(arrays[matrix].shape[1], np.int8)
            nodes += [] if table in rounded else _round_rows(table)
            nodes += _multiply(node)
            rounded.add(table)
            replaced.add(matrix)
        else:
            nodes.append(node)
    kept = [item for item in model.graph.initializer if item.name not in replaced]
    kept += [numpy_helper.from_array(array, name) for name, array in made.items()]
    graph = helper.make_graph(nodes, model.graph.name, model.graph.input, model.graph.output, kept)
    opsets = [*(known for known in model.opset_import if known.domain != _DOMAIN), helper.make_opsetid(_DOMAIN, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=model.ir_version, producer_name="adfontes")


def _whole(name: str, array: NDArray[np.float32], *, axis: int, top: int) -> dict[str, NDArray[np.generic]]:
    """Whole numbers up to ``top``, and the scale of each column (axis 0) or row (axis 1)."""
    scale = np.maximum(np.abs(array).max(axis=axis, keepdims=True), _LEAST) / top
    whole = np.rint(array / scale).astype(np.int8)
    return {name + QUANTISED: whole, name + SCALE: (scale[0] if axis == 0 else scale).astype(np.float32)}


def _look_up(node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
    table, places, out = node.input[0], node.input[1], node.output[0]
    yield helper.make_node("Gather", [table + QUANTISED, places], [out + "_whole"], node.name)
    yield helper.make_node("Cast", [out + "_whole"], [out + "_float"], f"{node.name}/float", to=TensorProto.FLOAT)
    yield helper.make_node("Gather", [table + SCALE, places], [out + "_row"], f"{node.name}/row")
    yield helper.make_node("Mul", [out + "_float", out + "_row"], [out], f"{node.name}/scaled")


def _round_rows(name: str) -> Iterator[onnx.NodeProto]:
    yield helper.make_node("Abs", [name], [name + "_size"], f"{name}/size")
    yield helper.make_node("ReduceMax", [name + "_size"], [name + "_most"], f"{name}/most", axes=[-1], keepdims=1)
    yield helper.make_node("Max", [name + "_most", _TINY], [name + "_top"], f"{name}/top")
    yield helper.make_node("Div", [name, name + "_top"], [name + "_unit"], f"{name}/unit")
    yield helper.make_node("QuantizeLinear", [name + "_unit", _UNIT, _ZERO], [name + QUANTISED], f"{name}/round")


def _multiply(node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
    left, matrix, out = node.input[0], node.input[1], node.output[0]
    factors = [left + QUANTISED, matrix + QUANTISED, _UNIT, matrix + SCALE, _ZERO, f"{matrix}_zero_point"]
    yield helper.make_node(PRODUCT, factors, [out + "_unit"], node.name, domain=_DOMAIN)
    yield helper.make_node("Mul", [out + "_unit", left + "_top"], [out], f"{node.name}/scaled")
