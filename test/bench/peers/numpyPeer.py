"""NumPy as its users write it. Told a folder, rows and cols, it reads <folder>/*.f32 and then does what its standard
input says: see peer.ts."""

import json
import sys
import time

import numpy as np

folder, rows, cols = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
x = np.fromfile(f"{folder}/x.f32", np.float32).reshape(rows, cols)
weight = np.fromfile(f"{folder}/weight.f32", np.float32)
bias = np.fromfile(f"{folder}/bias.f32", np.float32)


def mean_variance():
    return x.mean(1), x.var(1)


def row_moments():
    """The same set as the kernel. Sums are float64, products float32: quicker and less exact than the kernel."""
    f64 = np.float64
    counts = [np.isnan(x).sum(1), (x == np.inf).sum(1), (x == -np.inf).sum(1), (x == 0).sum(1)]
    least, largest = x.min(1), x.max(1)
    mean = x.mean(1, dtype=f64)
    d = x - mean[:, None].astype(np.float32)
    d2 = d * d
    powers = [d2.sum(1, dtype=f64), (d2 * d).sum(1, dtype=f64), (d2 * d2).sum(1, dtype=f64)]
    squares = (x * x).sum(1, dtype=f64)
    return counts, least, largest, np.maximum(-least, largest), mean, powers, squares


def forward():
    mean = x.mean(1, keepdims=True)
    variance = x.var(1, keepdims=True)
    return (x - mean) / np.sqrt(variance + np.float32(1e-5)) * weight + bias


def mean_variance_digest(result):
    mean, variance = result
    return [np.abs(mean).sum(dtype=np.float64), variance.sum(dtype=np.float64) * cols]


def row_moments_digest(result):
    counts, least, largest, abs_max, mean, (m2, m3, m4), squares = result
    columns = [*counts, least, largest, abs_max, mean, m2, m3, m4, squares]
    return [np.abs(column).sum(dtype=np.float64) for column in columns]


def forward_digest(y):
    return [np.abs(y).sum(dtype=np.float64), (y * y).sum(dtype=np.float64)]


works = {
    "meanVariance": (mean_variance, mean_variance_digest),
    "rowMoments": (row_moments, row_moments_digest),
    "forward": (forward, forward_digest),
}

print("ready", flush=True)
for line in sys.stdin:
    work, digest = works[line.strip()]
    start = time.perf_counter()
    result = work()
    ms = (time.perf_counter() - start) * 1e3
    print(json.dumps({"ms": ms, "digest": [float(value) for value in digest(result)]}), flush=True)
    del result
