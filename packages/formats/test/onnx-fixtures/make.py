"""Writes the ONNX files of this folder with PyTorch, and `expected.json`: inputs, and what PyTorch gives for them.

Run with PyTorch 1.13: python3 make.py
"""

import json
import pathlib
import warnings

import torch
from torch import nn
from torch.nn import functional as F

here = pathlib.Path(__file__).parent
warnings.filterwarnings("ignore")


class Cnn(nn.Module):
    """Flattens by view(x.size(0), -1): a chain of Shape, Gather, Unsqueeze and Concat."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 4, 3, padding=1),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(4, 8, 3, stride=2, padding=1, groups=2, bias=False),
            nn.BatchNorm2d(8),
            nn.LeakyReLU(0.1),
            nn.Dropout(0.5),
            nn.Conv2d(8, 6, 1),
            nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False),
        )
        self.head = nn.Linear(6 * 2 * 2, 3)

    def forward(self, x):
        x = self.features(x)
        return F.log_softmax(self.head(x.view(x.size(0), -1)), dim=1)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(2, 4, (3, 2), padding=(1, 0), dilation=(1, 2))
        self.block = nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU6(), nn.Conv2d(4, 8, 1))
        self.shortcut = nn.Conv2d(4, 8, 1, bias=False)
        self.prelu = nn.PReLU(8)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        x = F.hardswish(self.stem(x))
        x = self.prelu(self.block(x) + self.shortcut(x))
        return self.head(torch.flatten(self.pool(x), 1))


class Attention(nn.Module):
    """Shapes that are computed, products of many matrices, and the rest of what models of sequences do."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11, 8)
        self.position = nn.Parameter(torch.randn(1, 5, 8))
        self.norm = nn.LayerNorm(8)
        self.qkv = nn.Linear(8, 24)
        self.out = nn.Linear(8, 8)
        self.group = nn.GroupNorm(2, 8)

    def forward(self, indices):
        x = self.embedding(indices) + self.position
        n, length, width = x.shape
        q, k, v = self.qkv(self.norm(x)).chunk(3, dim=-1)
        q, k, v = (t.reshape(n, length, 2, width // 2).transpose(1, 2) for t in (q, k, v))
        weights = F.softmax(q @ k.transpose(-1, -2) / (width // 2) ** 0.5, dim=-1)
        x = x + self.out((weights @ v).transpose(1, 2).reshape(n, length, width))
        x = F.elu(self.group(x.transpose(1, 2)))
        first, last = x[:, :, 0], x[:, :, -1]
        mask = torch.zeros_like(first) + first.gt(0).to(first.dtype)
        joined = torch.cat([first * mask, F.pad(last, (1, 2), value=0.5), x[:, 1::2, 1:].mean(-1)], dim=1)
        return joined.clamp(min=-1.5) + x.sum(dim=(1, 2)).unsqueeze(1) * 0.1


def mlp():
    return nn.Sequential(
        nn.Linear(4, 6), nn.ReLU(), nn.Dropout(0.5), nn.Linear(6, 5, bias=False), nn.GELU(), nn.Linear(5, 4), nn.Tanh(),
        nn.Linear(4, 3), nn.Softmax(dim=1),
    )  # fmt: skip


def randomize_statistics(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.running_mean, std=0.3)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, std=0.3)


def export(name, model, shape, opset, fold=True, integers=None):
    """`fold` lets PyTorch merge what it can, such as batch normalisation into convolutions."""
    model.eval()
    randomize_statistics(model)
    draw = (lambda n: torch.randint(0, integers, (n, *shape))) if integers else (lambda n: torch.randn(n, *shape))
    torch.onnx.export(
        model,
        draw(2),
        here / f"{name}.onnx",
        opset_version=opset,
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
        do_constant_folding=fold,
        training=torch.onnx.TrainingMode.EVAL if fold else torch.onnx.TrainingMode.PRESERVE,
    )
    cases = []
    for n in (1, 3):
        x = draw(n)
        with torch.no_grad():
            y = model(x)
        cases.append({"input": saved(x), "output": saved(y)})
    return {"name": name, "cases": cases}


def saved(x):
    digits = 0 if x.dtype == torch.int64 else 7
    return {"shape": list(x.shape), "data": [round(v, digits) for v in x.flatten().tolist()]}


torch.manual_seed(0)
expected = [
    export("mlp-9", mlp(), (4,), 9),
    export("mlp-17", mlp(), (4,), 17),
    export("cnn-11", Cnn(), (1, 12, 12), 11),
    export("cnn-17-unfolded", Cnn(), (1, 12, 12), 17, fold=False),
    export("residual-14", Residual(), (2, 6, 7), 14),
    export("attention-12", Attention(), (5,), 12, integers=11),
    export("attention-17-unfolded", Attention(), (5,), 17, fold=False, integers=11),
]
(here / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
