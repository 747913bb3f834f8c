import type { Group } from './bench';
import { contest } from './contest';
import { rival } from './peer';

/** LayerNorm of float32 in memory, forward alone and with the gradients of x, weight and bias. */
export const layerNorm: Group = async ({ repetitions, simd, scalar, peers }) => [
  ...(await contest(repetitions, 'LayerNorm forward', () => simd.forward(), [
    ...rival(peers.c, 'three loops in C', 'forward', 1.8),
    ...rival(peers.numpy, 'NumPy', 'forward', 4),
    ...rival(peers.torch, 'PyTorch', 'forward', 1.2),
    { name: 'plain TypeScript', run: () => scalar.forward() },
  ])),
  ...(await contest(repetitions, 'LayerNorm forward + backward', () => simd.forwardBackward(), [
    ...rival(peers.torch, 'PyTorch with autograd', 'forwardBackward', 1),
    { name: 'plain TypeScript', run: () => scalar.forwardBackward() },
  ])),
];
