"""Saves random nests of random views with torch.save, and prints what each file holds, one JSON line per file."""

import collections
import json
import random
import sys

import torch

DTYPES = [
    torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8,
    torch.uint8, torch.bool, torch.complex64,
]


def view(tensor):
    """A random view: transposed, sliced, expanded or one of its rows."""
    axis = random.randrange(max(1, tensor.dim()))
    kind = random.choice(["transpose", "slice", "expand", "row"])
    if kind == "expand":
        return tensor.unsqueeze(0).expand(3, *tensor.shape)
    if tensor.dim() == 0:
        return tensor
    if kind == "transpose":
        return tensor.transpose(axis, random.randrange(tensor.dim()))
    if kind == "slice":
        start = random.randint(0, tensor.shape[axis])
        return tensor[(slice(None),) * axis + (slice(start, None, random.randint(1, 3)),)]
    return tensor[random.randrange(tensor.shape[0])] if tensor.shape[0] > 0 else tensor


def leaf():
    dtype = random.choice(DTYPES)
    shape = [random.choice([0, 1, 2, 3, 4, 5, 6]) for _ in range(random.randint(0, 4))]
    tensor = torch.randn(shape, dtype=dtype) if dtype.is_complex else (torch.randn(shape) * 50).to(dtype)
    for _ in range(random.randint(0, 3)):
        tensor = view(tensor)
    return torch.nn.Parameter(tensor.detach()) if dtype.is_floating_point and random.random() < 0.2 else tensor


def nest(depth):
    kind = random.choice(["leaf", "dict", "list", "tuple", "ordered"]) if depth > 0 else "leaf"
    if kind == "leaf":
        return leaf()
    items = [nest(depth - 1) for _ in range(3)]
    if kind == "dict":
        return {f"k{i}": item for i, item in enumerate(items)}
    if kind == "ordered":
        return collections.OrderedDict((i, item) for i, item in enumerate(items))
    return items if kind == "list" else tuple(items)


def tensors(value, path=()):
    """(name, tensor) of all that is in a nest."""
    if isinstance(value, torch.Tensor):
        yield ".".join(path), value
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield from tensors(item, (*path, str(key)))


def described(name, tensor):
    tensor = tensor.detach()
    values = torch.view_as_real(tensor) if tensor.is_complex() else tensor
    dtype = str(tensor.dtype).removeprefix("torch.")
    return {"name": name, "dtype": dtype, "shape": list(tensor.shape), "values": values.double().flatten().tolist()}


random.seed(7)
torch.manual_seed(7)
for i in range(int(sys.argv[2])):
    root = {"root": nest(3)}
    path = f"{sys.argv[1]}/{i}.pt"
    torch.save(root, path, pickle_protocol=random.choice([2, 3, 4]), _use_new_zipfile_serialization=i % 2 == 0)
    print(json.dumps([described(name, tensor) for name, tensor in tensors(root)]))
