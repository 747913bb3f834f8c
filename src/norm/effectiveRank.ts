import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** How many directions a matrix really uses. */
export interface EffectiveRank {
  /** exp(H(p)) with p = s / Σs over the singular values s (Roy and Vetterli, 2007). */
  readonly entropyRank: number;
  /** (Σ s²)² / Σ s⁴, the participation ratio; one large value weighs more here. */
  readonly participationRatio: number;
  /** Singular values, largest first. */
  readonly singularValues: Float64Array;
  /** Rows the matrix was made of: evenly spread ones where there are too many. */
  readonly rowsUsed: number;
}

/** The eigenvalues of a larger matrix would keep the editor waiting. */
const maxSide = 256;

/**
 * The effective rank of the rows of x, not centred. Rows that are not all finite are left out; of more than 256 rows, where
 * there are also more than 256 columns, 256 evenly spread ones are taken.
 *
 * @param x (rows, cols), row-major
 * @returns undefined if no row is finite or all are zero
 */
export function effectiveRank(x: Float64Array, rows: number, cols: number): EffectiveRank | undefined {
  const finite: Float64Array[] = [];
  for (let row = 0; row < rows; row++) {
    const values = x.subarray(row * cols, (row + 1) * cols);
    if (values.every(Number.isFinite)) {
      finite.push(values);
    }
  }
  const step = cols <= maxSide ? 1 : Math.max(1, finite.length / maxSide);
  const used = Array.from({ length: Math.floor(finite.length / step) }, (_, i) => finite[Math.floor(i * step)]);
  const scale = used.reduce((most, row) => row.reduce((max, value) => Math.max(max, Math.abs(value)), most), 0);
  if (scale === 0) {
    return undefined;
  }
  const gram = used.length <= cols ? gramOfRows(used, scale) : gramOfColumns(used, cols, scale);
  const { realEigenvalues } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const singularValues = Float64Array.from(realEigenvalues, (value) => scale * Math.sqrt(Math.max(0, value)))
    .sort()
    .reverse();
  const total = sumOf(singularValues, (s) => s / scale);
  const squares = sumOf(singularValues, (s) => (s / scale) ** 2);
  const fourths = sumOf(singularValues, (s) => (s / scale) ** 4);
  const entropy = sumOf(singularValues, (s) => (s > 0 ? -(s / scale / total) * Math.log(s / scale / total) : 0));
  return {
    entropyRank: Math.exp(entropy),
    participationRatio: squares ** 2 / fourths,
    singularValues,
    rowsUsed: used.length,
  };
}

/** X Xᵀ / scale², whose eigenvalues are the squares of X's singular values; (rows, rows). */
function gramOfRows(rows: readonly Float64Array[], scale: number): Matrix {
  const gram = Matrix.zeros(rows.length, rows.length);
  for (let a = 0; a < rows.length; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let c = 0; c < rows[a].length; c++) {
        sum += (rows[a][c] / scale) * (rows[b][c] / scale);
      }
      gram.set(a, b, sum);
      gram.set(b, a, sum);
    }
  }
  return gram;
}

/** Xᵀ X / scale²; (cols, cols). */
function gramOfColumns(rows: readonly Float64Array[], cols: number, scale: number): Matrix {
  const gram = Matrix.zeros(cols, cols);
  const sums = new Float64Array(cols * cols);
  for (const row of rows) {
    for (let a = 0; a < cols; a++) {
      const value = row[a] / scale;
      for (let b = 0; b <= a; b++) {
        sums[a * cols + b] += value * (row[b] / scale);
      }
    }
  }
  for (let a = 0; a < cols; a++) {
    for (let b = 0; b <= a; b++) {
      gram.set(a, b, sums[a * cols + b]);
      gram.set(b, a, sums[a * cols + b]);
    }
  }
  return gram;
}

function sumOf(values: Float64Array, term: (value: number) => number): number {
  return values.reduce((sum, value) => sum + term(value), 0);
}
