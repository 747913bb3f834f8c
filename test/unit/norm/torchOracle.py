"""Random norms through PyTorch's float64 autograd, as JSON: the oracle of torch.test.ts."""

import json
import sys

import torch

SEED = int(sys.argv[1])
COUNT = int(sys.argv[2])

generator = torch.Generator().manual_seed(SEED)


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=generator)


def pick(options):
    return options[torch.randint(len(options), (1,), generator=generator).item()]


def normalize(x, spec, dims):
    kind, eps = spec["kind"], spec["eps"]
    count = 1
    for dim in dims:
        count *= x.shape[dim]
    divisor = count if spec["divisor"] == "n" else count - 1
    centred = x - x.mean(dims, keepdim=True) if kind == "layer_norm" else x
    measured = x - x.mean(dims, keepdim=True) if spec["secondMoment"] == "central" else centred
    if spec["partial"] < 1:
        length = x.shape[dims[0]]
        count = max(1, int(length * spec["partial"]))
        measured = x.narrow(dims[0], 0, count)
        measured = measured - measured.mean(dims, keepdim=True) if spec["secondMoment"] == "central" else measured
        divisor = count if spec["divisor"] == "n" else count - 1
    variance = (measured**2).sum(dims, keepdim=True) / divisor
    if spec["epsPlace"] == "inside":
        return centred / torch.sqrt(variance + eps)
    if spec["epsPlace"] == "outside":
        return centred / (torch.sqrt(variance) + eps)
    return centred / torch.clamp(torch.sqrt(variance), min=eps)


def case():
    rank = pick([1, 2, 3, 4])
    shape = [pick([2, 3, 5, 8]) for _ in range(rank)]
    axes = sorted(-1 - axis for axis in torch.randperm(rank, generator=generator)[: 1 + pick(range(rank))].tolist())
    axes = pick([axes, list(range(-len(axes), 0))])
    spec = {
        "kind": pick(["layer_norm", "rms_norm"]),
        "axes": axes,
        "eps": pick([0.0, 1e-12, 1e-5, 0.5]),
        "epsPlace": pick(["inside", "outside", "clamp"]),
        "divisor": pick(["n", "n-1"]),
        "weightOffset": pick([0, 1]),
    }
    is_rms_norm = spec["kind"] == "rms_norm"
    spec["secondMoment"] = pick(["raw", "raw", "central"]) if is_rms_norm else "raw"
    # Only of a single axis: of several, the part is of their values in order.
    least = 2 if spec["divisor"] == "n-1" or spec["secondMoment"] == "central" else 1
    splits = is_rms_norm and len(axes) == 1 and int(shape[axes[0]] * 0.6) >= least
    spec["partial"] = pick([1, 0.6]) if splits else 1
    scale, offset = pick([1.0, 1e-3, 1e4]), pick([0.0, 1.0, 100.0])
    features = [shape[axis] for axis in axes]
    broadcast = [length if axis - rank in axes else 1 for axis, length in enumerate(shape)]
    x = ((normal(*shape) + offset) * scale).requires_grad_()
    weight = normal(*features).requires_grad_()
    bias = normal(*features).requires_grad_() if spec["kind"] == "layer_norm" else None
    is_layer_norm = spec["kind"] == "layer_norm" and spec["epsPlace"] == "inside"
    if is_layer_norm and axes == list(range(-len(axes), 0)) and spec["divisor"] == "n" and spec["weightOffset"] == 0:
        y = torch.nn.functional.layer_norm(x, features, weight, bias, spec["eps"])
    else:
        y = normalize(x, spec, axes) * (weight.reshape(broadcast) + spec["weightOffset"])
        y = y if bias is None else y + bias.reshape(broadcast)
    grad_output = normal(*shape)
    y.backward(grad_output)
    tensors = {"x": x, "weight": weight, "gradOutput": grad_output, "y": y, "gradInput": x.grad, "gradWeight": weight.grad}
    if bias is not None:
        tensors.update(bias=bias, gradBias=bias.grad)
    arrays = {name: tensor.detach().reshape(-1).tolist() for name, tensor in tensors.items()}
    return {"spec": spec, "shape": shape, **arrays}


json.dump([case() for _ in range(COUNT)], sys.stdout)
