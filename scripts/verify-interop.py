"""PyTorch's part of verify-interop.mjs; needs PyTorch 1.13 or later.

    python3 verify-interop.py make FOLDER    weights, inputs, outputs and ONNX files of every layer and model
    python3 verify-interop.py take FOLDER    loads what has come back, runs it, and writes what that gives

A model's files are in FOLDER/layers/NAME or FOLDER/models/NAME. Weights have the names of PyTorch's state dict both ways.
"""

import json
import struct
import sys
import warnings
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[1] / "packages/layers/test/fixtures"))
from make_fixtures import GlobalAvgPool2d, Residual, layer_cases  # noqa: E402

TYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64, "I32": torch.int32}
NAMES = {dtype: name for name, dtype in TYPES.items()}


def write(path, tensors):
    """Safetensors: the header's length as 8 bytes, the header as JSON, the values."""
    header, parts, end = {"__metadata__": {"format": "pt"}}, [], 0
    for name, x in tensors.items():
        parts.append(x.detach().contiguous().numpy().tobytes())
        begin, end = end, end + len(parts[-1])
        header[name] = {"dtype": NAMES[x.dtype], "shape": list(x.shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def read(path):
    data = path.read_bytes()
    start = 8 + struct.unpack_from("<Q", data)[0]
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[start + begin : start + end]), dtype=TYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def block(channels):
    convs = [nn.Conv2d(channels, channels, 3, padding=1, bias=False) for _ in range(2)]
    return Residual(nn.Sequential(convs[0], nn.BatchNorm2d(channels), nn.ReLU(), convs[1], nn.BatchNorm2d(channels)))


def twin(*head):
    body = [nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 5), nn.ReLU(), nn.Conv2d(16, 32, 5), nn.ReLU()]
    return nn.Sequential(*body, *head)


def model_cases():
    """What the trainer's models and lab's twins are: name, module, input shape."""
    picture, relu = (3, 1, 28, 28), nn.ReLU()
    yield "mlp", nn.Sequential(nn.Flatten(), nn.Linear(784, 128), relu, nn.Linear(128, 10)), picture
    features = [nn.Linear(4, 64), relu, nn.Linear(64, 64), relu, nn.Linear(64, 10)]
    yield "mlp, features", nn.Sequential(*features), (3, 4)
    yield "lenet", nn.Sequential(
        *[nn.Conv2d(1, 16, 5, padding=2), relu, nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), relu, nn.MaxPool2d(2)],
        *[nn.Flatten(), nn.Linear(32 * 7 * 7, 10)],
    ), picture
    yield "nin", nn.Sequential(
        *[nn.Conv2d(1, 24, 5, padding=2), relu, nn.Conv2d(24, 24, 1), relu, nn.MaxPool2d(2)],
        *[nn.Conv2d(24, 48, 3, padding=1), relu, nn.Conv2d(48, 48, 1), relu, nn.MaxPool2d(2), nn.Dropout(0.2)],
        *[nn.Conv2d(48, 64, 3, padding=1), relu, nn.Conv2d(64, 10, 1), GlobalAvgPool2d()],
    ), picture
    yield "conv1x1", nn.Sequential(
        *[nn.Conv2d(1, 32, 3, padding=1), relu, nn.MaxPool2d(2)],
        *[nn.Conv2d(32, 64, 1), relu, nn.Conv2d(64, 10, 1), GlobalAvgPool2d()],
    ), picture
    yield "resnet", nn.Sequential(
        *[nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), relu, block(16), relu, nn.MaxPool2d(2)],
        *[nn.Conv2d(16, 32, 1), block(32), relu, GlobalAvgPool2d(), nn.Linear(32, 10)],
    ), (3, 3, 32, 32)
    yield "twin, dense head", twin(nn.Flatten(), nn.Linear(32 * 4 * 4, 10)), picture
    yield "twin, 1×1 head", twin(nn.Conv2d(32, 10, 1), GlobalAvgPool2d()), picture


def cases():
    """name, module, and an input."""
    for name, module, given, _ in layer_cases():
        yield f"layers/{name}", module, given if isinstance(given, torch.Tensor) else torch.randn(given)
    for name, module, shape in model_cases():
        yield f"models/{name}", module, torch.randn(shape)


def make(root):
    for name, module, x in cases():
        folder = root / name
        folder.mkdir(parents=True)
        make_unlike_at_first(module)
        write(folder / "state.safetensors", module.state_dict())
        output = module.eval()(x)
        export_onnx(module, x, folder / "model.onnx")

        drops = any(isinstance(each, nn.Dropout) for each in module.modules())
        module.train(not drops)
        for _ in range(2):
            trained = module(x)
        weights = torch.randn(trained.shape)
        parameters = dict(module.named_parameters())
        grads = torch.autograd.grad((trained * weights).sum(), list(parameters.values())) if parameters else []
        tensors = {"input": x, "output": output, "weights": weights}
        tensors["stayed" if drops else "trained"] = trained
        tensors.update({f"grad.{key}": grad for key, grad in zip(parameters, grads)})
        tensors.update({f"after.{key}": value for key, value in module.state_dict().items()})
        write(folder / "expected.safetensors", tensors)


def make_unlike_at_first(module):
    """Statistics, factors and biases that are no longer 0 and 1."""
    for each in module.modules():
        for name, value in each.state_dict().items():
            if "." in name or not isinstance(each, (nn.BatchNorm2d, nn.LayerNorm, nn.GroupNorm)):
                continue
            if name in ("weight", "running_var"):
                nn.init.uniform_(value, 0.5, 1.5)
            elif name in ("bias", "running_mean"):
                nn.init.normal_(value, std=0.3)


def export_onnx(module, x, path):
    """Or says why there is no file: with dynamic batches in a current opset if PyTorch can, or else without in an old one."""
    if isinstance(module, nn.BatchNorm2d) and not module.track_running_stats:
        path.with_suffix(".txt").write_text("is exported in training mode only, which Pointwise refuses to import")
        return
    batch = {} if x.dim() == 1 else {"input": {0: "batch"}, "output": {0: "batch"}}
    reasons = []
    for opset, axes in ((17, batch), (13, {})):
        names = {"input_names": ["input"], "output_names": ["output"], "dynamic_axes": axes}
        try:
            torch.onnx.export(module, x, path, opset_version=opset, **names)
            return
        except Exception as error:
            reasons.append(f"{type(error).__name__}: {error}".split(". Please")[0])
    path.unlink(missing_ok=True)
    path.with_suffix(".txt").write_text("PyTorch cannot: " + reasons[-1])


def take(root):
    for name, module, _ in cases():
        places = [root / name, root / name.replace("models/", "trained/")]
        for folder in dict.fromkeys(place for place in places if place.exists()):
            module.load_state_dict(read(folder / "back.safetensors"), strict=True)
            with torch.no_grad():
                output = module.eval()(read(folder / "expected.safetensors")["input"])
            state = {f"state.{key}": value for key, value in module.state_dict().items()}
            write(folder / "taken.safetensors", {"output": output, **state})


warnings.filterwarnings("ignore")
torch.manual_seed(0)
{"make": make, "take": take}[sys.argv[1]](Path(sys.argv[2]))
