/** A name of a role, or of a part of a convention, as Python code has it: grad_output, running_mean, num_groups. */
export function inPython(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
