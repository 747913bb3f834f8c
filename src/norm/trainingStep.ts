/** How recorders name the training step that a tensor is of: "step10.blocks.0…", "run/step_100/…", "iter-5.loss". */
const step = /(?<=^|[._/])(?:global_?)?(?:step|iter|iteration)[_-]?(\d+)(?=[._/]|$)/i;

/** The training step in a tensor's name; undefined if it names none. */
export function trainingStepOf(name: string): number | undefined {
  const found = step.exec(name);
  return found ? Number(found[1]) : undefined;
}

/** The name with letters for its training step, of the same length, so that its number is not taken for a block's. */
export function maskStep(name: string): string {
  return name.replace(step, (part) => 's'.repeat(part.length));
}

/** What is named by training step, each step by itself, in ascending order; under −1 what is of no step comes first. */
export function byTrainingStep<T>(items: readonly T[], nameOf: (item: T) => string): [step: number, items: T[]][] {
  const steps = new Map<number, T[]>();
  for (const item of items) {
    const number = trainingStepOf(nameOf(item)) ?? -1;
    const known = steps.get(number) ?? [];
    known.push(item);
    steps.set(number, known);
  }
  return [...steps].sort(([a], [b]) => a - b);
}
