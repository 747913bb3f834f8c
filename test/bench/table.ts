import type { Line } from './bench';

const head = ['work', 'Normscope', 'measured against', 'takes', 'ratio', 'to reach', ''];

/** The lines as a table for the terminal; the ratio is how many times as long the rival takes. */
export function formatTable(lines: readonly Line[]): string {
  const table = [head, ...lines.map(cells)];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table
    .map((row) => row.map((cell, i) => (isNumeric(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function cells({ work, ours, rival, theirs, unit = 'ms', reach }: Line): string[] {
  const ratio = theirs / ours;
  const verdict = reach === undefined ? '' : ratio >= reach ? 'reached' : 'missed';
  const reachCell = reach === undefined ? '' : `${reach.toFixed(2)} ×`;
  return [
    work,
    `${ours.toFixed(1)} ${unit}`,
    rival,
    `${theirs.toFixed(1)} ${unit}`,
    `${ratio.toFixed(2)} ×`,
    reachCell,
    verdict,
  ];
}

function isNumeric(column: number): boolean {
  return ['Normscope', 'takes', 'ratio', 'to reach'].includes(head[column]);
}
