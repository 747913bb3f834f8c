"""PyTorch on one thread. Told a folder, rows and cols, it reads <folder>/*.f32 and then does what its standard input
says: see peer.ts."""

import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(1)
folder, rows, cols = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def read(name, *shape):
    return torch.from_numpy(np.fromfile(f"{folder}/{name}.f32", np.float32).reshape(shape))


x, grad_output = read("x", rows, cols), read("gradOutput", rows, cols)
weight, bias = read("weight", cols), read("bias", cols)
leaves = [tensor.clone().requires_grad_() for tensor in (x, weight, bias)]


def forward():
    return (torch.nn.functional.layer_norm(x, (cols,), weight, bias, 1e-5),)


def forward_backward():
    for leaf in leaves:
        leaf.grad = None
    x_leaf, weight_leaf, bias_leaf = leaves
    torch.nn.functional.layer_norm(x_leaf, (cols,), weight_leaf, bias_leaf, 1e-5).backward(grad_output)
    return [leaf.grad for leaf in leaves]


works = {"forward": forward, "forwardBackward": forward_backward}

print("ready", flush=True)
for line in sys.stdin:
    work = works[line.strip()]
    start = time.perf_counter()
    results = work()
    ms = (time.perf_counter() - start) * 1e3
    digest = [float(norm.sum(dtype=torch.float64)) for result in results for norm in (result.abs(), result.square())]
    print(json.dumps({"ms": ms, "digest": digest}), flush=True)
    del results
