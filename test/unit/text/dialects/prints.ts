import fc from 'fast-check';
import { nested, named, tensorOf, type Written } from './dialect';

/** A printed tensor: what is read back is what the print shows, not what it was rounded from. */
export interface Printed extends Written {
  /** What one step of the last printed decimal is worth, where the printer rounds. */
  readonly resolution?: number;
}

/** Numbers with a sign of zero, NaN and Inf among them, that four decimals show in full. */
const fixed = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -9_999_999, max: 9_999_999 }).map((steps) => steps / 1e4) },
  fc.constantFrom(-0, NaN, Infinity, -Infinity),
);

/** Such that are written with an exponent and five digits, down to the subnormals of float64. */
const scientific = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -320, max: 300 }))
      .map(([digits, exponent]) => Number(`${digits}e${exponent}`)),
  },
  fc.constantFrom(-0, NaN, Infinity, -Infinity),
);

/** Puts a minus before a zero that has one, and pads all numbers to one width, as printers do. */
function column(values: readonly number[], write: (value: number) => string): string[] {
  const signed = (value: number) => (Object.is(value, -0) ? `-${write(0)}` : write(value));
  const texts = values.map(named(signed, { nan: 'nan', inf: 'inf' }));
  const width = Math.max(...texts.map(({ length }) => length));
  return texts.map((text) => text.padStart(width));
}

/** Rows below each other, blocks with an empty line between, indented as far as the array is. */
function block(shape: readonly number[], texts: readonly string[], separator: string, indent: number): string {
  return nested(shape, texts, (parts, { length: axes }) => {
    const inner = ' '.repeat(indent + shape.length - axes + 1);
    return `[${parts.join(axes === 1 ? `${separator} ` : separator + '\n'.repeat(axes - 1) + inner)}]`;
  });
}

/** An exponent has two digits at the least. */
const exponential = (value: number) => value.toExponential(4).replace(/e([+-])(\d)$/, 'e$10$2');

const torch: fc.Arbitrary<Printed> = fc
  .record({
    way: fc.constantFrom(
      { values: fixed, write: (value: number) => value.toFixed(4), step: () => 1e-4 },
      { values: scientific, write: exponential, step: undefined },
    ),
    rest: fc.constantFrom(
      { text: '', dtype: 'float32' as const },
      { text: ", device='cuda:0', grad_fn=<AddBackward0>", dtype: 'float32' as const },
      { text: ', dtype=torch.float64, requires_grad=True', dtype: 'float64' as const },
      { text: ', dtype=torch.bfloat16', dtype: 'bfloat16' as const },
    ),
  })
  .chain(({ way: { values: numbers, write, step }, rest }) =>
    tensorOf(numbers)
      // A zero and the names alone do not tell that the numbers are not integers.
      .filter(({ values }) => values.some(Number.isFinite))
      .map(({ shape, values }) => ({
        shape,
        values,
        before: 'loss ok\ntensor(',
        text: block(shape, column(values, write), ',', 'tensor('.length),
        after: `${rest.text})\n`,
        dtype: rest.dtype,
        ...(step && { resolution: step() }),
      })),
  );

const jax: fc.Arbitrary<Printed> = fc
  .record({
    tensor: tensorOf(fixed),
    name: fc.constantFrom('Array', 'DeviceArray', 'array'),
    dtype: fc.constantFrom('float32' as const, 'float16' as const, 'bfloat16' as const),
  })
  .map(({ tensor: { shape, values }, name, dtype }) => ({
    shape,
    values,
    before: `>>> x\n${name}(`,
    text: block(shape, column(values, numpyDigits), ',', name.length + 1),
    after: `, dtype=${dtype})\n`,
    dtype,
  }));

const tensorFlow: fc.Arbitrary<Printed> = tensorOf(fixed).chain(({ shape, values }) => {
  const shown = `shape=(${shape.join(', ')}${shape.length === 1 ? ',' : ''}), dtype=float32`;
  const texts = column(values, numpyDigits);
  return fc
    .constantFrom(
      { before: 'tf.Tensor(\n', text: block(shape, texts, '', 0), after: `, ${shown})\n` },
      {
        before: `<tf.Tensor: ${shown}, numpy=\narray(`,
        text: block(shape, texts, ',', 'array('.length),
        after: ', dtype=float32)>\n',
      },
    )
    .map((written) => ({ shape, values, ...written, dtype: 'float32' as const }));
});

/** NumPy leaves zeros at the end out, and keeps the point. */
function numpyDigits(value: number): string {
  return value.toFixed(4).replace(/0+$/, '');
}

/** How libraries print tensors, by the library's name. */
export const prints: Readonly<Record<string, fc.Arbitrary<Printed>>> = {
  PyTorch: torch,
  JAX: jax,
  TensorFlow: tensorFlow,
};
