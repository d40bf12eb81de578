"""The network that a shipped ONNX file came from: its eight-bit matrices as floating weights again, ready to be trained on.

Torch weights are not shipped. What is lost by the rounding is lost in the shipped model too: the network read here gives
the shipped model's logits but for the rounding of activations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from annotate.training.encoder import Tagger
from annotate.training.quantise import PRODUCT, QUANTISED, SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray


def read_tagger(model: bytes) -> Tagger:
    """The network of an ONNX file of ours. Raises ValueError where it is of another architecture."""
    weights = _weights(onnx.load_model_from_string(model))
    layers = 1 + max((int(name.split(".")[1]) for name in weights if name.startswith("layers.")), default=-1)
    if layers == 0 or not {"tags.bias", "positions.weight"} <= weights.keys():
        raise ValueError("its network is none of ours")
    net = Tagger(layers, len(weights["tags.bias"]))
    # Positions beyond the longest window are not in the file; they are never read either.
    known = weights["positions.weight"]
    weights["positions.weight"] = np.pad(known, ((0, len(net.positions.weight) - len(known)), (0, 0)))
    try:
        net.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in weights.items()})
    except RuntimeError as error:  # torch's message has a line for each array
        raise ValueError("its network is of another version of adfontes") from error
    return net


def _weights(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """The floating weights by their names in the network.

    Matrices lost their names when they were turned for the product; the node that multiplies keeps that of its module:
    "/layers.0/query/MatMul".
    """
    arrays = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    found = {
        name: array for name, array in arrays.items() if _is_weight(name) and array.dtype == np.float32 and array.ndim
    }
    for name in arrays:
        bare = name.removesuffix(QUANTISED)
        if bare != name and _is_weight(bare):
            found[bare] = _floating(arrays, bare)
    for node in model.graph.node:
        if node.op_type == PRODUCT:
            module = node.name.rsplit("/", 1)[0].strip("/").replace("/", ".")
            found[f"{module}.weight"] = _floating(arrays, node.input[1].removesuffix(QUANTISED)).T
    return found


def _is_weight(name: str) -> bool:
    """Whether an array bears the name that it has in the network."""
    return not name.startswith(("/", "onnx::", "activation_")) and not name.endswith((QUANTISED, SCALE))


def _floating(arrays: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    whole: NDArray[np.float32] = arrays[name + QUANTISED].astype(np.float32)
    return whole * arrays[name + SCALE]
