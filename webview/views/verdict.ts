import type { GradientReport, GradientsReport } from '../../src/protocol';
import { formatNumber } from '../format';
import { gradientNames } from '../words';

/** The verdict in one sentence that never stands without its number. */
export function verdict({ passed, gradients }: GradientsReport): string {
  if (passed) {
    const worst = gradients.reduce((a, b) => (b.maxRelError / b.limit > a.maxRelError / a.limit ? b : a));
    return `The gradients are right: the largest error is ${errorText(worst)}, in ${gradientNames[worst.name]}.`;
  }
  const wrong = gradients.filter((gradient) => !gradient.passed);
  const said = wrong.map(
    (gradient) =>
      `${gradient.source === 'file' ? 'the file’s ' : ''}${gradientNames[gradient.name]} is off by ${errorText(gradient)}`,
  );
  const sentence = said.join('; ');
  return `${sentence[0].toUpperCase()}${sentence.slice(1)}.`;
}

/** What is known of each gradient, said of which one where several have something to say. */
export function explanations({ gradients }: GradientsReport): string[] {
  const said = gradients.filter(({ explanation }) => explanation !== undefined);
  return said.map(({ name, explanation }) =>
    said.length > 1 ? `${gradientNames[name]}: ${explanation}` : explanation!,
  );
}

/** An error with its yardstick: "6.1e-11 (limit 1e-7)". */
function errorText({ maxRelError, limit }: GradientReport): string {
  return `${formatNumber(maxRelError)} (limit ${formatNumber(limit)})`;
}
