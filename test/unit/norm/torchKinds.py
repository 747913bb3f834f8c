"""Random norms of the other kinds through PyTorch's float64 autograd, as JSON: the oracle of torchKinds.test.ts."""

import json
import sys

import torch
from torch.nn import functional

SEED = int(sys.argv[1])
COUNT = int(sys.argv[2])

generator = torch.Generator().manual_seed(SEED)


def normal(*shape):
    return torch.randn(shape, dtype=torch.float64, generator=generator)


def pick(options):
    return options[torch.randint(len(options), (1,), generator=generator).item()]


def case(kind):
    groups = pick([1, 2, 3])
    channels = groups * pick([1, 2, 4])
    shape = [pick([2, 3]), channels] + [pick([4, 5, 7]) for _ in range(pick([1, 2]))]
    eps = pick([1e-12, 1e-5, 0.5])
    last = pick([False, True]) and kind in ("batch_norm", "group_norm", "instance_norm")
    features = {"scale_norm": [], "dyt": shape[-1:], "l2_norm": shape[-1:]}.get(kind, [channels])
    tensors = {"x": (normal(*shape) + pick([0.0, 3.0])) * pick([1.0, 1e-2] if kind == "dyt" else [1.0, 1e-2, 1e3]), "weight": normal(*features)}
    if kind not in ("scale_norm", "l2_norm"):
        tensors["bias"] = normal(*features)
    if kind == "dyt":
        tensors["alpha"] = normal().abs()
    for tensor in tensors.values():
        tensor.requires_grad_()
    x, weight, bias = tensors["x"], tensors["weight"], tensors.get("bias")
    training = pick([False, True])
    running = {} if training else {"runningMean": normal(channels), "runningVar": normal(channels).abs() + 0.1}
    if kind == "batch_norm":
        y = functional.batch_norm(x, *(running.values() or (None, None)), weight, bias, training, 0.1, eps)
    elif kind == "group_norm":
        y = functional.group_norm(x, groups, weight, bias, eps)
    elif kind == "instance_norm":
        y = functional.instance_norm(x, *(running.values() or (None, None)), weight, bias, training, 0.1, eps)
    elif kind == "l2_norm":
        y = functional.normalize(x, dim=-1, eps=eps) * weight
    elif kind == "scale_norm":
        y = weight * x / x.norm(dim=-1, keepdim=True).clamp(min=eps)
    else:
        y = torch.tanh(tensors["alpha"] * x) * weight + bias
    grad_output = normal(*shape)
    y.backward(grad_output)
    spec = {"kind": kind, "eps": eps, "numGroups": groups, "training": training, "channelAxis": -1 if last else 1}

    def listed(tensor):
        moved = tensor.movedim(1, -1) if last and tensor.dim() == len(shape) else tensor
        return moved.detach().reshape(-1).tolist()

    results = {"y": y, "gradInput": x.grad, "gradWeight": weight.grad}
    if bias is not None:
        results["gradBias"] = bias.grad
    if kind == "dyt":
        results["gradAlpha"] = tensors["alpha"].grad
    used = running if kind in ("batch_norm", "instance_norm") else {}
    return {
        "spec": spec,
        "shape": [shape[0], *shape[2:], channels] if last else shape,
        "x": listed(x),
        "gradOutput": listed(grad_output),
        "parameters": {name: listed(tensor) for name, tensor in {**tensors, **used}.items() if name != "x"},
        "results": {name: listed(tensor) for name, tensor in results.items()},
    }


kinds = ["batch_norm", "group_norm", "instance_norm", "l2_norm", "scale_norm", "dyt"]
json.dump([case(kinds[i % len(kinds)]) for i in range(COUNT)], sys.stdout)
