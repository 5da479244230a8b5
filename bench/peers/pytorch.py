"""PyTorch, eager, on one thread. Speaks the JSON lines that ../serve.mjs describes; `--channels-last` lays pictures out so."""
import base64
import json
import math
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
layout = torch.channels_last if "--channels-last" in sys.argv else torch.contiguous_format


def layer(kind, *sizes):
    if kind == "linear":
        return nn.Linear(*sizes)
    if kind == "conv":
        return nn.Conv2d(sizes[0], sizes[1], sizes[2], padding=sizes[3])
    if kind == "globalAvgPool":
        return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
    return {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "flatten": nn.Flatten}.get(
        kind, lambda: nn.MaxPool2d(2)
    )()


def decode(value):
    values = numpy.frombuffer(bytearray(base64.b64decode(value["base64"])), value["dtype"])
    tensor = torch.from_numpy(values.reshape(value["shape"]))
    if value["dtype"] == "int32":
        return tensor.long()
    return tensor.contiguous(memory_format=layout) if tensor.dim() == 4 else tensor


def prepare_network(workload, tensors, batches):
    model = nn.Sequential(*[layer(*spec) for spec in workload["layers"]])
    model.load_state_dict(tensors)
    model.to(memory_format=layout)
    data = [(batch["x"], batch["y"]) for batch in batches]

    if workload["kind"] == "inference":
        model.eval()

        def infer(i):
            with torch.inference_mode():
                return model(data[i % len(data)][0])

        return lambda i: infer(i).abs().mean().item()

    optimizer = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[workload["optimizer"]](
        model.parameters(), lr=workload["lr"]
    )
    loss_of = {"mse": F.mse_loss, "crossEntropy": F.cross_entropy}[workload["loss"]]

    def step(i):
        x, y = data[i % len(data)]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def prepare_kernel(workload, t):
    def backward(x, w, wanted):
        pair = [1, 1]
        out = torch.ops.aten.convolution_backward(t["dy"], x, w, None, pair, pair, pair, False, [0, 0], 1, wanted)
        return out[0] if wanted[0] else out[1]

    if workload["kernel"] == "matmul":
        out = torch.empty(t["a"].shape[0], t["b"].shape[1])
        call = lambda: torch.mm(t["a"], t["b"], out=out)
    elif workload["kernel"] == "add":
        call = lambda: torch.add(t["x"], 1)
    elif workload["kernel"] == "convForward":
        call = lambda: F.conv2d(t["x"], t["w"], padding=1)
    elif workload["kernel"] == "convInputGrad":
        x = torch.empty_like(t["dy"])  # only its shape is used
        call = lambda: backward(x, t["w"], [True, False, False])
    else:
        w = torch.empty(t["dy"].shape[1], t["x"].shape[1], 3, 3).contiguous(memory_format=layout)
        call = lambda: backward(t["x"], w, [False, True, False])

    mean_size = call().abs().mean().item()

    def step(_):
        call()
        return mean_size

    return step


class Worker:
    def version(self, _):
        return {"version": torch.__version__}

    def prepare(self, request):
        self.done = 0
        tensors = {name: decode(value) for name, value in request["tensors"].items()}
        batches = [{name: decode(value) for name, value in batch.items()} for batch in request["batches"]]
        workload = request["workload"]
        if workload["kind"] == "kernel":
            self.step = prepare_kernel(workload, tensors)
        else:
            self.step = prepare_network(workload, tensors, batches)
        return {}

    def losses(self, request):
        end = time.perf_counter() + request["limit"]
        losses, seconds = [], 0.0
        while self.done < max(request["after"]) and (self.done < 2 or time.perf_counter() < end):
            start = time.perf_counter()
            loss = self.step(self.done)
            seconds = time.perf_counter() - start
            self.done += 1
            if self.done in request["after"]:
                losses.append(loss if math.isfinite(loss) else None)
        return {"losses": losses, "seconds": seconds}

    def measure(self, request):
        steps, count, elapsed = 0, 1, 0.0
        start = time.perf_counter()
        while elapsed < request["seconds"]:
            for i in range(self.done, self.done + count):
                self.step(i)
            self.done += count
            steps += count
            now = time.perf_counter() - start
            if now - elapsed < 1e-3:
                count *= 2
            elapsed = now
        return {"steps": steps, "seconds": elapsed}


worker = Worker()
for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = getattr(worker, request["do"])(request)
    except Exception as error:  # whatever it is, the other workloads go on
        reply = {"failure": str(error)}
    print(json.dumps(reply), flush=True)
