import * as vscode from 'vscode';
import type { NormCase } from '../norm/normCase';
import { copyAs, type CopyFormat } from '../report/copyAs';
import { torchSnippet } from '../report/torchSnippet';
import { ShapeError } from '../tensor/errors';

/** Something that can be copied, and what to call it: "Shown in the inspector". */
export interface Copyable {
  readonly title: string;
  readonly case: NormCase;
}

interface Choice extends vscode.QuickPickItem {
  readonly format: CopyFormat | 'script';
  readonly of: NormCase;
}

const formats = [
  { label: 'NumPy', description: 'np.array(…)', format: 'numpy' },
  { label: 'PyTorch', description: 'torch.tensor(…)', format: 'pytorch' },
  { label: 'JSON', description: 'nested lists', format: 'json' },
  { label: 'CSV', description: 'a line for each row', format: 'csv' },
  { label: 'PyTorch script', description: 'the norm, its gradients and gradcheck', format: 'script' },
] as const;

/**
 * Asks what is to be copied and how it is to be written, and puts that on the clipboard: x alone, or a script that makes
 * the whole case.
 *
 * @throws LimitError if x is too large to be copied as text; ShapeError if there is no script of its norm
 */
export async function copyCase(copyables: readonly Copyable[]): Promise<void> {
  const choices = copyables.flatMap(({ title, case: of }): (Choice | vscode.QuickPickItem)[] => [
    ...(copyables.length > 1 ? [{ label: title, kind: vscode.QuickPickItemKind.Separator }] : []),
    ...formats.map((format): Choice => ({ ...format, of })),
  ]);
  const title = copyables.length > 1 ? 'Copy As' : `Copy As: ${copyables[0].title}`;
  const choice = (await vscode.window.showQuickPick(choices, { title, placeHolder: 'What to copy it as' })) as
    Choice | undefined;
  if (choice === undefined) {
    return;
  }
  await vscode.env.clipboard.writeText(written(choice));
  vscode.window.setStatusBarMessage(`Copied as ${choice.label}.`, 3000);
}

function written({ format, of }: Choice): string {
  const text = format === 'script' ? torchSnippet(of) : copyAs(of.x, format);
  if (text === undefined) {
    throw new ShapeError('There is no PyTorch script of an RMSNorm whose statistics are of a part of each row.');
  }
  return text;
}
