import { parseArgs } from 'node:util';
import { fuzzFormat } from './fuzzFormat';
import { closeOutsideWorld } from './outsideWorld';
import { loadSamples } from './samples';

/** Of the whole process: Node itself takes about 50. */
const maxMegabytes = 300;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  const runs = Number(values.runs);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const samples = await loadSamples();
  const unknown = positionals.find((format) => !samples.has(format));
  if (unknown !== undefined) {
    throw new Error(`There is no format "${unknown}"; the formats are ${[...samples.keys()].join(', ')}.`);
  }
  closeOutsideWorld();
  const formats = positionals.length > 0 ? positionals : [...samples.keys()];
  console.log(`${runs} damaged files of each format, seed ${seed}`);
  for (const format of formats) {
    const { read, refused, slowest } = await fuzzFormat(samples.get(format)!, runs, seed);
    const megabytes = process.resourceUsage().maxRSS / 1024;
    console.log(
      `${format}: ${read} read, ${refused} refused, slowest ${slowest.toFixed(0)} ms, peak ${megabytes.toFixed(0)} MB`,
    );
    if (read === 0 || refused === 0 || megabytes > maxMegabytes) {
      throw new Error(`${format}: some must be read, some refused, in at most ${maxMegabytes} MB.`);
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
