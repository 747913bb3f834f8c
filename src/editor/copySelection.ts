import * as vscode from 'vscode';
import type { NormCase } from '../norm/normCase';
import { copyAs, type CopyFormat } from '../report/copyAs';
import { torchSnippet } from '../report/torchSnippet';

interface Choice extends vscode.QuickPickItem {
  readonly format: CopyFormat | 'script';
}

const choices: readonly Choice[] = [
  { label: 'NumPy', description: 'np.array(…)', format: 'numpy' },
  { label: 'PyTorch', description: 'torch.tensor(…)', format: 'pytorch' },
  { label: 'JSON', description: 'nested lists', format: 'json' },
  { label: 'CSV', description: 'a line for each row', format: 'csv' },
  { label: 'PyTorch script', description: 'the norm, its gradients and gradcheck', format: 'script' },
];

/**
 * Asks how a case is to be written, and puts that on the clipboard: x alone, or a script that makes the whole case.
 *
 * @throws LimitError if x is too large to be copied as text
 */
export async function copyCase(normCase: NormCase): Promise<void> {
  const choice = await vscode.window.showQuickPick(choices, { title: 'Copy As', placeHolder: 'What to copy it as' });
  if (choice === undefined) {
    return;
  }
  const text = choice.format === 'script' ? torchSnippet(normCase) : copyAs(normCase.x, choice.format);
  if (text !== undefined) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`Copied as ${choice.label}.`, 3000);
  }
}
