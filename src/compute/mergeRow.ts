import type { MomentsTable } from './momentsTable';

/**
 * Adds the moments of a row of one table to those of a row of another, as `mergeMoments` does, but without an object
 * per row: rows that are gathered from many tiles are merged by the million.
 */
export function mergeRow(table: MomentsTable, row: number, part: MomentsTable, i: number): void {
  const { columns: to } = table;
  const { columns: from } = part;
  mergeExtremes(table, row, part, i);
  const finiteA = to.count[row] - to.nan[row] - to.posInf[row] - to.negInf[row];
  const finiteB = from.count[i] - from.nan[i] - from.posInf[i] - from.negInf[i];
  to.count[row] += from.count[i];
  to.nan[row] += from.nan[i];
  to.posInf[row] += from.posInf[i];
  to.negInf[row] += from.negInf[i];
  to.zero[row] += from.zero[i];
  if (finiteB === 0) {
    return;
  }
  if (finiteA === 0) {
    to.min[row] = from.min[i];
    to.max[row] = from.max[i];
    to.absMax[row] = from.absMax[i];
    to.mean[row] = from.mean[i];
    to.scale[row] = from.scale[i];
    to.m2[row] = from.m2[i];
    to.m3[row] = from.m3[i];
    to.m4[row] = from.m4[i];
    to.sumSquares[row] = from.sumSquares[i];
    return;
  }
  const scale = Math.max(to.scale[row], from.scale[i]);
  const ratioA = to.scale[row] / scale;
  const ratioB = from.scale[i] / scale;
  const a2 = to.m2[row] * ratioA ** 2;
  const b2 = from.m2[i] * ratioB ** 2;
  const a3 = to.m3[row] * ratioA ** 3;
  const b3 = from.m3[i] * ratioB ** 3;
  const n = finiteA + finiteB;
  const shareA = finiteA / n;
  const shareB = finiteB / n;
  const delta = from.mean[i] / scale - to.mean[row] / scale;
  const between = finiteA * shareB * delta;
  to.min[row] = Math.min(to.min[row], from.min[i]);
  to.max[row] = Math.max(to.max[row], from.max[i]);
  to.absMax[row] = Math.max(to.absMax[row], from.absMax[i]);
  to.m4[row] =
    to.m4[row] * ratioA ** 4 +
    from.m4[i] * ratioB ** 4 +
    between * delta ** 3 * (shareA ** 2 - shareA * shareB + shareB ** 2) +
    6 * delta ** 2 * (shareA ** 2 * b2 + shareB ** 2 * a2) +
    4 * delta * (shareA * b3 - shareB * a3);
  to.m3[row] = a3 + b3 + between * delta ** 2 * (shareA - shareB) + 3 * delta * (shareA * b2 - shareB * a2);
  to.m2[row] = a2 + b2 + between * delta;
  to.mean[row] = (to.mean[row] / scale + delta * shareB) * scale;
  to.sumSquares[row] = to.sumSquares[row] * ratioA ** 2 + from.sumSquares[i] * ratioB ** 2;
  to.scale[row] = scale;
}

function mergeExtremes({ exactMin, exactMax }: MomentsTable, row: number, part: MomentsTable, i: number): void {
  const { exactMin: min, exactMax: max } = part;
  if (exactMin && exactMax && min?.[i] !== undefined && max?.[i] !== undefined) {
    exactMin[row] = exactMin[row] === undefined || min[i] < exactMin[row] ? min[i] : exactMin[row];
    exactMax[row] = exactMax[row] === undefined || max[i] > exactMax[row] ? max[i] : exactMax[row];
  }
}
