import fc from 'fast-check';
import { elementCount } from '../../../src/tensor/shape';

/** A tensor and one way to write it down. */
export interface PrintedTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly text: string;
}

interface Style {
  readonly brackets: readonly [open: '[' | '(' | '{', close: ']' | ')' | '}'];
  readonly number: (value: number) => string;
  /** What parts elements, besides a gap: numbers, and the rows and blocks around them. */
  readonly separator: string;
  readonly rowSeparator?: string;
  readonly gaps: readonly string[];
}

const json: Style = {
  brackets: ['[', ']'],
  number: (value) => (Object.is(value, -0) ? '-0' : String(value)),
  separator: ',',
  gaps: ['', '', '', ' ', '\n', '\r\n\t', '  // ] note [\n', ' /* [1, " */ '],
};

/** As NumPy prints it: white space alone parts numbers and rows. */
const numpy: Style = {
  brackets: ['[', ']'],
  number: (value) => {
    const text = Number.isFinite(value) ? json.number(value) : String(value).replace('Infinity', 'inf');
    return text.replace('NaN', 'nan');
  },
  separator: ' ',
  rowSeparator: '\n ',
  gaps: ['', '', ' ', '  '],
};

/** As an initializer of C, C++ or Rust. */
const c: Style = {
  brackets: ['{', '}'],
  number: (value) => {
    if (Number.isFinite(value)) {
      return `${json.number(value)}${Number.isInteger(value) ? '' : 'f'}`;
    }
    return Number.isNaN(value) ? 'NAN' : value < 0 ? '-INFINITY' : 'INFINITY';
  },
  separator: ',',
  gaps: ['', ' ', '\n  ', ' /* } [1, */ ', '  // { note\n'],
};

const python: Style = {
  brackets: ['(', ')'],
  number: (value) => {
    if (Number.isFinite(value)) {
      return json.number(value);
    }
    return Number.isNaN(value) ? "float('nan')" : value < 0 ? '-np.inf' : 'inf';
  },
  separator: ',',
  gaps: ['', '', '', ' ', '\n    ', '\t', "  # ) it's [a note\n"],
};

/** Any tensor of up to four axes, written as JSON with comments, as Python with lists and tuples, as NumPy prints it or as C. */
export function printedTensor(): fc.Arbitrary<PrintedTensor> {
  return fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 })
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        values: fc.array(fc.double(), { minLength: elementCount(shape), maxLength: elementCount(shape) }),
        style: fc.constantFrom(json, python, numpy, c),
        choices: fc.infiniteStream(fc.nat()),
      }),
    )
    .map(({ shape, values, style, choices }) => ({ shape, values, text: print(shape, values, style, choices) }));
}

function print(shape: readonly number[], values: readonly number[], style: Style, choices: Iterator<number>): string {
  const gap = () => style.gaps[choices.next().value! % style.gaps.length];
  if (shape.length === 0) {
    return style.number(values[0]);
  }
  const [length, ...rest] = shape;
  const size = values.length / length;
  const [open, close] = style === c || choices.next().value! % 2 ? style.brackets : json.brackets;
  const parts = Array.from({ length }, (_, i) => print(rest, values.slice(i * size, (i + 1) * size), style, choices));
  // A tuple of one needs its comma.
  const separator = (rest.length > 0 && style.rowSeparator) || style.separator;
  const isTuple = open === '(' && length === 1;
  const trailing = isTuple || (style.separator === ',' && choices.next().value! % 4 === 0) ? `,${gap()}` : '';
  return open + parts.map((part) => gap() + part + gap()).join(separator) + trailing + close;
}
