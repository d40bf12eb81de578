"""The weights of a CRFsuite model file, divided by one number.

An averaged perceptron finds the best labels with weights of no scale: its marginals are 0 or 1, or overflow. Divided by a temperature
they stay the best labels and become probabilities. The file's layout is that of CRFsuite's crf1d model (version 100): a header with
the place of the features, then for each feature type, source, destination and weight.
"""

from __future__ import annotations

import struct
from pathlib import Path

_HEADER = struct.Struct(
    "<4sI4sIIIII"
)  # magic, size, type, version, features, labels, attributes, offset of the features
_FEATURE = struct.Struct("<IIId")
_CHUNK = 12  # "FEAT", size, count


def divide_weights(model: Path, temperature: float) -> None:
    """Rewrite the model with every weight divided.

    Raises ValueError where the file is not such a model.
    """
    data = bytearray(model.read_bytes())
    magic, _, kind, _, _, _, _, at = _HEADER.unpack_from(data)
    if magic != b"lCRF" or kind != b"FOMC" or data[at : at + 4] != b"FEAT":
        raise ValueError(f"{model.name} is no first-order CRFsuite model")
    (count,) = struct.unpack_from("<I", data, at + 8)
    for n in range(count):
        place = at + _CHUNK + n * _FEATURE.size
        *head, weight = _FEATURE.unpack_from(data, place)
        _FEATURE.pack_into(data, place, *head, weight / temperature)
    model.write_bytes(bytes(data))
