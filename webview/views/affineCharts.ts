import type { FeaturesReport } from '../../src/protocol';
import { thinnedTo, type ChartModel } from '../charts/chartModel';
import { namePosition } from '../geometry';

/** The charts of the γ / β view: the parameters, and what they do to mean and standard deviation of each feature. */
export function affineCharts({ points, featureCount, featureShape }: FeaturesReport): ChartModel[] {
  const x = {
    title: 'Feature',
    positions: points.feature,
    scale: 'index' as const,
    thinned: thinnedTo(points.feature, featureCount, 'Feature'),
    name: (feature: number) => `Feature ${namePosition(feature, featureShape)}`,
  };
  return [
    {
      title: 'Weight γ and bias β of each feature, as applied',
      x,
      joined: 'ifMany',
      y: { title: 'γ, β', scale: 'linear' },
      series: [
        { name: 'γ', look: 'after', values: points.weight },
        { name: 'β', look: 'third', values: points.bias },
      ],
    },
    {
      title: 'Mean of each feature of the output',
      x,
      joined: 'ifMany',
      y: { title: 'Mean over the rows', scale: 'linear' },
      series: [
        { name: 'without γ and β', look: 'before', values: points.meanWithout },
        { name: 'with γ and β', look: 'after', values: points.meanWith },
      ],
    },
    {
      title: 'Standard deviation (÷N) of each feature of the output',
      x,
      joined: 'ifMany',
      y: { title: 'Std over the rows (÷N)', scale: 'byRange' },
      series: [
        { name: 'without γ and β', look: 'before', values: points.stdWithout },
        { name: 'with γ and β', look: 'after', values: points.stdWith },
      ],
    },
  ];
}
