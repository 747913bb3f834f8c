import * as vscode from 'vscode';
import type { PageInspector } from '../compute/pageInspector';
import type { CaseFormat } from '../report/writtenCase';

/** Something that can be copied, and what to call it: "Shown in the inspector". */
export interface Copyable {
  readonly title: string;
  /** Whose shown case it is. */
  readonly inspector: PageInspector;
}

interface Choice extends vscode.QuickPickItem {
  readonly format: CaseFormat;
  readonly of: PageInspector;
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
  const choices = copyables.flatMap(({ title, inspector: of }): (Choice | vscode.QuickPickItem)[] => [
    ...(copyables.length > 1 ? [{ label: title, kind: vscode.QuickPickItemKind.Separator }] : []),
    ...formats.map((format): Choice => ({ ...format, of })),
  ]);
  const title = copyables.length > 1 ? 'Copy As' : `Copy As: ${copyables[0].title}`;
  const choice = (await vscode.window.showQuickPick(choices, { title, placeHolder: 'What to copy it as' })) as
    Choice | undefined;
  if (choice === undefined) {
    return;
  }
  await vscode.env.clipboard.writeText(await choice.of.copy(choice.format));
  vscode.window.setStatusBarMessage(`Copied as ${choice.label}.`, 3000);
}
