import * as vscode from 'vscode';
import { rawShape, type RawLayout } from '../formats/rawArray';
import { layoutFor, lengthsOf, writtenLayout } from '../formats/rawLayouts';
import { dtypes, type DType } from '../tensor/dtype';
import { InputError } from '../tensor/errors';

const title = 'Normscope: Raw Layout';

/** Name of the setting that remembers layouts, within those of Normscope. */
export const rawLayoutsSetting = 'rawLayouts';

/** What the settings say of a file without a header. */
export function rememberedLayout(uri: vscode.Uri): RawLayout | undefined {
  return layoutFor(layoutsAt(uri), fileNameOf(uri));
}

/**
 * Asks what a file without a header holds, and remembers it for files of its pattern: in the workspace where there is one,
 * else for the person.
 *
 * @param size of the file in bytes, which the answers are held against as they are typed
 * @returns undefined if the person gives up
 */
export async function askRawLayout(uri: vscode.Uri, size: number): Promise<RawLayout | undefined> {
  const fileName = fileNameOf(uri);
  const layout = await askLayout(fileName, size, rememberedLayout(uri));
  const pattern = layout && (await askPattern(fileName));
  if (layout === undefined || pattern === undefined) {
    return undefined;
  }
  await remember(pattern, layout);
  return layout;
}

async function remember(pattern: string, layout: RawLayout): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('normscope');
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const { workspaceValue, globalValue } = configuration.inspect<Record<string, unknown>>(rawLayoutsSetting)!;
  // The last pattern that fits decides: the new one goes behind the others.
  const others = Object.entries((inWorkspace ? workspaceValue : globalValue) ?? {}).filter(([key]) => key !== pattern);
  await configuration.update(
    rawLayoutsSetting,
    Object.fromEntries([...others, [pattern, writtenLayout(layout)]]),
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}

async function askLayout(fileName: string, size: number, before?: RawLayout): Promise<RawLayout | undefined> {
  const dtype = await askDType(fileName, size, before?.dtype);
  const littleEndian = dtype && (dtypes[dtype].bytes === 1 || (await askByteOrder()));
  if (dtype === undefined || littleEndian === undefined) {
    return undefined;
  }
  const base = { dtype, littleEndian };
  const offset = await vscode.window.showInputBox({
    title,
    prompt: 'Bytes before the first value',
    value: String(before?.byteOffset ?? 0),
    validateInput: (text) =>
      /^\d+$/.test(text.trim())
        ? problemOf(size, { ...base, shape: [-1], byteOffset: Number(text) })
        : 'Give a number of bytes.',
  });
  if (offset === undefined) {
    return undefined;
  }
  const byteOffset = Number(offset);
  const room = Math.floor((size - byteOffset) / dtypes[dtype].bytes);
  const shape = await vscode.window.showInputBox({
    title,
    prompt: `Shape of the ${room.toLocaleString('en')} values; -1 stands for as many as there is room for`,
    value: (before?.shape ?? [-1]).join(', '),
    placeHolder: '-1, 768',
    validateInput: (text) => {
      const lengths = lengthsOf(text);
      return lengths
        ? problemOf(size, { ...base, byteOffset, shape: lengths })
        : 'Give lengths with commas between them, as in -1, 768.';
    },
  });
  return shape === undefined ? undefined : { ...base, byteOffset, shape: lengthsOf(shape)! };
}

async function askDType(fileName: string, size: number, before: DType = 'float32'): Promise<DType | undefined> {
  const names = [before, ...(Object.keys(dtypes) as DType[]).filter((dtype) => dtype !== before)];
  const items = names.map((dtype) => {
    const count = size / dtypes[dtype].bytes;
    const values = Number.isInteger(count) ? `${count.toLocaleString('en')} values` : 'no whole number of values';
    return { label: dtype, description: values, dtype };
  });
  const placeHolder = `${fileName} says nothing of its ${size.toLocaleString('en')} bytes: which values are they?`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.dtype;
}

async function askByteOrder(): Promise<boolean | undefined> {
  const items = [
    { label: 'little-endian', description: 'as nearly every machine writes', littleEndian: true },
    { label: 'big-endian', description: 'network order', littleEndian: false },
  ];
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Byte order of a value' }))?.littleEndian;
}

async function askPattern(fileName: string): Promise<string | undefined> {
  const ending = /\.[^.]*$/.exec(fileName)?.[0];
  const items = [
    ...(ending === undefined ? [] : [{ label: `*${ending}`, description: 'all files of this ending' }]),
    { label: fileName, description: 'files of this name only' },
  ];
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Remember the layout for …' }))?.label;
}

function problemOf(size: number, layout: RawLayout): string | undefined {
  try {
    rawShape(size, layout);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) {
      return error.message;
    }
    throw error;
  }
}

function layoutsAt(uri: vscode.Uri): Readonly<Record<string, unknown>> {
  return vscode.workspace.getConfiguration('normscope', uri).get(rawLayoutsSetting) ?? {};
}

function fileNameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
