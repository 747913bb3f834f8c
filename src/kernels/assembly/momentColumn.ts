/**
 * Where each moment of a row stands in the output of `rowMoments`: a table of columns, each (rows,) float64. Both
 * worlds read this file. What the columns hold: `MomentColumns`.
 */
export enum MomentColumn {
  nan,
  posInf,
  negInf,
  zero,
  min,
  max,
  absMax,
  mean,
  scale,
  m2,
  m3,
  m4,
  sumSquares,
}
