import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/report/findings/diagnose';
import type { Finding, FindingCode } from '../../../../src/report/findings/finding';
import { openFixture } from '../../norm/dumps';

const answers: Record<string, any> = JSON.parse(await readFile('test/fixtures/dumps/broken/answers.json', 'utf8'));

/** What each kind of planted fault is called among the findings. */
const codeOf: Readonly<Record<string, FindingCode>> = {
  unbiased_variance: 'unbiased-variance',
  eps_outside_sqrt: 'eps-outside',
  rmsnorm: 'kind-differs',
  weight_plus_one: 'weight-offset',
  wrong_axis: 'wrong-axis',
  bias_omitted: 'bias-omitted',
  backward_no_variance_correction: 'backward-no-variance-correction',
  backward_no_mean_correction: 'backward-no-mean-correction',
  backward_naive: 'backward-naive',
  fp16_statistics_overflow: 'half-statistics',
  grad_weight_wrong_axis: 'grad-weight-wrong-axis',
  nan_spreads: 'nan-origin',
  massive_activations: 'massive-activation',
  fp16_overflow_inf: 'inf-origin',
};

async function findingsOf(path: string): Promise<readonly Finding[]> {
  return (await diagnose(await openFixture(`dumps/${path}.safetensors`))).findings;
}

describe('diagnose on dumps with planted faults', () => {
  it.each(Object.keys(answers))('%s: finds what is planted, and no other error', async (name) => {
    const findings = await findingsOf(`broken/${name}`);
    const planted = (answers[name].faults as { kind: string; tensor: string }[]).map(({ kind, tensor }) => ({
      code: codeOf[kind],
      tensor,
    }));
    for (const fault of planted) {
      expect(findings).toContainEqual(expect.objectContaining(fault));
    }
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.filter(({ tensor }) => !planted.some((fault) => fault.tensor === tensor))).toEqual([]);
  });

  it.each(Object.keys(answers))(
    '%s: finds that and nothing else where the file does not state the conventions',
    async (name) => {
      const dump = await openFixture(`dumps/broken/${name}.safetensors`);
      const { findings } = await diagnose({ ...dump, metadata: {} });
      const planted = (answers[name].faults as { kind: string; tensor: string }[]).map(
        ({ kind, tensor }) => `${codeOf[kind]} ${tensor}`,
      );
      const found = findings
        .filter(({ severity, code }) => severity !== 'info' && code !== 'eps-dominated' && code !== 'half-overflow')
        .map(({ code, tensor }) => `${code} ${tensor}`);
      expect(found.sort()).toEqual(planted.sort());
    },
  );

  it('names the rows whose statistics overflowed in float16', async () => {
    const [{ where }] = await findingsOf('broken/case_09');
    expect(where.rows).toEqual(answers.case_09.faults[0].rows_overflowed);
  });

  it('names the first NaN, and where Inf arose in float16', async () => {
    const [nan] = await findingsOf('broken/case_11');
    expect(nan.where).toEqual({ elements: [[0, 5, 17]], rows: [[0, 5]], features: [17] });
    expect(nan.message).toMatch(/17 tensors after it hold NaN or Inf too, first blocks\.3\.resid_mid in 1 places/);
    const inf = (await findingsOf('broken/case_14')).filter(({ severity }) => severity === 'error');
    expect(inf.map(({ code }) => code)).toEqual(['inf-origin', 'half-overflow']);
    expect(inf[0].where.elements).toEqual(answers.case_14.faults[0].inf_positions);
  });

  it('names features and tokens of massive activations where they arise', async () => {
    const findings = await findingsOf('broken/case_12');
    const massive = findings.filter(({ code }) => code === 'massive-activation');
    expect(massive).toHaveLength(1);
    expect(massive[0].where).toMatchObject({
      features: answers.case_12.faults[0].features,
      rows: answers.case_12.faults[0].tokens.map((token: number) => [0, token]),
    });
  });

  it('reports nothing at all of a healthy control', async () => {
    expect(await findingsOf('broken/case_16')).toEqual([]);
  });
});

describe('diagnose', () => {
  it.each(['preln', 'postln', 'rms', 'rms_bf16', 'compare/reference', 'compare/port_bf16'])(
    'finds nothing in the healthy dump %s',
    async (name) => {
      expect(await findingsOf(name)).toEqual([]);
    },
  );

  const networks = readdirSync('test/fixtures/dumps/healthy').filter((file) => file.endsWith('.safetensors'));

  /** What is true of a healthy network and yet worth a word, by its recording. */
  const remarks: Readonly<Record<string, readonly string[]>> = {
    bert_padded: ['info unusual-weight', 'info unusual-weight', 'info outlier-feature', 'info outlier-feature'],
    gpt_padded: ['info constant-row'],
    postln_untrained: ['warning already-normalized', 'info weight-folded'],
  };

  it.each(networks.map((file) => basename(file, '.safetensors')))(
    'finds no fault in the healthy network %s, whose conventions the names do not tell',
    async (name) => {
      const found = (await findingsOf(`healthy/${name}`)).map(({ severity, code }) => `${severity} ${code}`);
      expect(found).toEqual(remarks[name] ?? []);
    },
  );

  it('reads the convention of norms off their outputs', async () => {
    const { notes, normsExamined } = await diagnose(await openFixture('dumps/healthy/gemma.safetensors'));
    expect(normsExamined).toBe(7);
    expect(notes).toEqual(['The convention of all 7 norms is told by the output.']);
  });

  it('leaves out codes that are ignored, and tells how far it is', async () => {
    const dump = await openFixture('dumps/broken/case_14.safetensors');
    const progress: number[] = [];
    const { findings, tensorsScanned } = await diagnose(dump, {
      ignore: new Set(['inf-origin']),
      onProgress: (_, done, total) => progress.push(done / total),
    });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['half-overflow']);
    expect(tensorsScanned).toBe(38);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });
});
