import type { DepthReport } from './depthReport';
import { nonFiniteWords } from './nonFiniteWords';
import type { ViewChart, ViewSentence, ViewTable } from './viewReport';

/** What the steps tell beside the layers of the last one. */
export function stepSentences({ steps }: DepthReport): ViewSentence[] {
  const last = steps.at(-1);
  const bad = steps.find(({ firstBad }) => firstBad !== undefined);
  return [
    ...(bad
      ? [
          {
            severity: 'error' as const,
            tensor: bad.firstBad,
            text: `Of the training steps, ${bad.step} is the first with NaN or Inf: ${nonFiniteWords(bad.nan, bad.inf)}, from ${bad.firstBad} on.`,
          },
        ]
      : []),
    ...(last ? [{ text: `The layers are those of step ${last.step}, the last of ${steps.length}.` }] : []),
  ];
}

/** Magnitudes by step; nothing without steps. */
export function stepChart({ steps }: DepthReport): ViewChart[] {
  if (steps.length === 0) {
    return [];
  }
  const norms = steps.map(({ gradientNorm }) => gradientNorm ?? NaN);
  return [
    {
      title: 'Largest |x| and gradient norm by training step',
      x: { title: 'Step', positions: Uint32Array.from(steps, ({ step }) => step), scale: 'index', noun: 'Step' },
      y: { title: 'max |x|, ‖gradients‖', scale: 'byRange' },
      isPath: true,
      series: [
        { name: 'max |x|', look: 'third', values: steps.map(({ absMax }) => absMax) },
        ...(norms.some((norm) => !Number.isNaN(norm))
          ? [{ name: '‖gradients‖', look: 'after' as const, values: norms }]
          : []),
      ],
    },
  ];
}

/** The same in numbers. */
export function stepTable({ steps }: DepthReport): ViewTable[] {
  return steps.length === 0
    ? []
    : [
        {
          title: 'Training steps',
          columns: ['Step', 'Tensors', 'Max |x|', '‖gradients‖', 'NaN', 'Inf', 'First with NaN or Inf'],
          rows: steps.map(({ step, tensors, absMax, gradientNorm, nan, inf, firstBad }) => [
            step,
            tensors,
            absMax,
            gradientNorm ?? '',
            nan,
            inf,
            firstBad ?? '',
          ]),
        },
      ];
}
