import type { GradientReport, GradientsReport, Look, NormKind } from '../../src/protocol';
import { thinnedTo, type ChartModel } from '../charts/chartModel';
import { namePosition, product } from '../geometry';
import { gradientNames, statisticsNames } from '../words';

const sourceSeries: Readonly<Record<GradientReport['source'], { name: string; look: Look }>> = {
  analytic: { name: 'analytic', look: 'after' },
  file: { name: 'file', look: 'third' },
};

/** One chart for each of dx, dγ and dβ: the error of its elements, with the limits they are held to. */
export function errorCharts({ gradients }: GradientsReport): { of: GradientReport['name']; model: ChartModel }[] {
  const shown = gradients.filter(({ errors }) => errors.position.length > 0);
  const names = [...new Set(shown.map(({ name }) => name))];
  return names.map((name) => {
    const reports = shown.filter((gradient) => gradient.name === name);
    const [{ shape, compared }] = reports;
    const positions = unionOf(reports.map(({ errors }) => errors.position));
    const model: ChartModel = {
      title: `Error of each element of ${gradientNames[name]}`,
      x: {
        title: `Element of ${gradientNames[name]}`,
        positions,
        scale: 'index' as const,
        thinned: thinnedTo(positions, compared, name),
        name: (position: number) => `Element ${namePosition(position, shape)}`,
      },
      y: { title: 'Relative error', scale: 'log' },
      joined: 'never',
      series: reports.map(({ source, errors }) => ({ ...sourceSeries[source], values: valuesAt(errors, positions) })),
      limits: reports.map(({ source, limit }) => ({
        name: reports.length > 1 ? `limit (${sourceSeries[source].name})` : 'limit',
        look: sourceSeries[source].look,
        value: limit,
      })),
    };
    return { of: name, model };
  });
}

/** True for the kinds that subtract a mean. */
function takesMean(kind: NormKind): boolean {
  return statisticsNames[kind].includes('μ');
}

/**
 * The charts of one row: the gradient with constant statistics beside the right one, and the two corrections; of a norm
 * whose statistics do not depend on the row the gradient alone.
 */
export function splitCharts({ split }: GradientsReport, kind: NormKind): ChartModel[] {
  const shared = {
    x: {
      title: 'Feature',
      positions: split.feature,
      scale: 'index' as const,
      thinned: thinnedTo(split.feature, product(split.rowShape), 'Feature'),
      name: (feature: number) => `Feature ${namePosition(feature, split.rowShape)}`,
    },
    y: { title: 'dx', scale: 'linear' as const },
    joined: 'ifMany' as const,
  };
  if (split.relativeDifference === 0) {
    const series = [{ name: 'dx', look: 'after' as const, values: split.full }];
    return [{ ...shared, title: `dx of row ${split.row}`, series }];
  }
  return [
    {
      ...shared,
      title: `dx of row ${split.row} with ${statisticsNames[kind]} held constant, and in full`,
      series: [
        { name: 'held constant', look: 'before', values: split.heldConstant },
        { name: 'in full', look: 'after', values: split.full },
      ],
    },
    {
      ...shared,
      title: `What holding ${takesMean(kind) ? 'them' : 'it'} constant leaves out in row ${split.row}`,
      series: [
        ...(takesMean(kind) ? [{ name: 'mean correction', look: 'third' as const, values: split.meanCorrection }] : []),
        { name: 'variance correction', look: 'fourth', values: split.varianceCorrection },
      ],
    },
  ];
}

function unionOf(positions: readonly Uint32Array[]): Uint32Array {
  return Uint32Array.from(new Set(positions.flatMap((some) => [...some]))).sort();
}

/** The errors at some positions; null where an element is not among those reported. */
function valuesAt({ position, error }: GradientReport['errors'], positions: Uint32Array): (number | null)[] {
  const byPosition = new Map(Array.from(position, (at, i) => [at, error[i]]));
  return Array.from(positions, (at) => byPosition.get(at) ?? null);
}
