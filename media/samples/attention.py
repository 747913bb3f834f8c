"""Arrays as they stand in code: put the cursor in one and run "Normscope: Inspect Selection" (F1)."""

import math

# Query times key of six tokens, scaled by 1 / sqrt(d). The causal mask has set what lies
# ahead to -inf.
SCORES = [
    [0.81, -math.inf, -math.inf, -math.inf, -math.inf, -math.inf],
    [1.32, 0.47, -math.inf, -math.inf, -math.inf, -math.inf],
    [-0.26, 2.15, 0.93, -math.inf, -math.inf, -math.inf],
    [0.08, 0.64, -1.71, 1.05, -math.inf, -math.inf],
    [1.94, -0.33, 0.52, 0.27, 1.48, -math.inf],
    [0.39, 0.71, -0.85, 2.02, -0.14, 0.96],
]

# Hidden states on their way into a LayerNorm: (batch, tokens, features). One token has
# overflowed in float16, and one feature of another towers above the rest.
HIDDEN = [
    [
        [0.12, -1.30, 0.45, 0.88, -0.27, 1.04, -0.61, 0.33],
        [0.95, 0.21, -0.74, 1.16, 0.08, -0.52, 0.40, -1.21],
        [-0.18, 0.67, 48.5, -0.93, 0.55, 0.02, -0.36, 0.71],
    ],
    [
        [1.07, -0.44, 0.29, -0.15, 0.83, -0.98, 0.56, 0.11],
        [float("nan"), 0.38, -1.12, float("inf"), 0.26, 0.77, -0.05, -0.69],
        [0.49, 0.13, -0.58, 0.91, -1.35, 0.24, 0.66, -0.41],
    ],
]

LAYER_NORM = {
    "x": [(20, 50, 60, 80, 90), (1_000, 1_001, 1_002, 1_003, 1_004)],
    "gamma": [1.0, 0.5, 2.0, 1.5, 1.0],
    "beta": [0.0, 0.0, 0.1, -0.1, 0.0],
    "eps": 1e-5,
}
