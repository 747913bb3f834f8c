import { cOrderStrides, type Shape } from '../../tensor/shape';
import type { Geometry } from '../geometry';
import type { NormCase } from '../normCase';
import { isCentred } from '../normSpec';
import type { NormStructure } from './normStructures';
import { heldStatistics, parametersOf } from '../parameters';
import { positionInX } from '../rowOrder';

/** Equal for structures whose x̂ is the same: rows of the same elements, alike centred and scaled. */
export function keyOfRows({ spec, geometry }: NormStructure, normCase: NormCase): string {
  const isLength = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
  const isHeld = heldStatistics(spec, parametersOf(normCase)) !== undefined;
  return JSON.stringify([
    isCentred(spec.kind),
    isLength,
    isHeld,
    spec.kind === 'rms_norm' && [spec.secondMoment, spec.partial],
    // With statistics of its own a channel has the same x̂ in whatever rows it is cut.
    isHeld ? spec.channelAxis : placesOf(geometry),
  ]);
}

/** Equal for structures whose weight runs along the same axes of x: which feature a step along each of them leads to. */
export function keyOfWeight({ affine }: NormStructure, shape: Shape): string {
  const { cols, scattered, rowFeature, colFeature } = affine;
  const featureAt = (position: number) => {
    const row = scattered ? scattered.row.indexOf(position) : Math.floor(position / cols);
    const col = scattered ? scattered.col.indexOf(position) : position % cols;
    return rowFeature[Math.max(0, row)] + colFeature[Math.max(0, col)];
  };
  return cOrderStrides(shape)
    .map((stride, axis) => (shape[axis] > 1 ? featureAt(stride) : -1))
    .join();
}

/** Tells how rows lie in x: where their second and last value and the second row are. */
function placesOf(geometry: Geometry): number[] {
  const { rows, cols } = geometry;
  const at = (position: number) => (position < rows * cols ? positionInX(geometry, position) : -1);
  return [rows, cols, at(1), at(cols - 1), at(cols)];
}
