import { FormatError } from '../../tensor/errors';
import type { ByteSource } from '../byteSource';
import type { Dump } from '../dump';
import { textLines } from '../textLines';
import { parseJson } from './parseJson';
import { RecordColumns } from './recordColumns';

/**
 * Opens a .jsonl or .ndjson file: a JSON object on each line, such as the log of a training run, becomes one tensor per key
 * with the lines along its first axis. Blank lines are skipped; a last line that is half written is left out with a note.
 *
 * @throws FormatError if a line is not JSON, or no key holds numbers
 * @throws LimitError if the lines hold more numbers than fit
 */
export async function openNdjson(source: ByteSource, fileName: string, signal?: AbortSignal): Promise<Dump> {
  const notes: string[] = [];
  const columns = new RecordColumns('ndjson', '');
  for await (const { text, number, ended } of textLines(source, 'ndjson', signal)) {
    if (text.trim() === '') {
      continue;
    }
    let record: unknown;
    try {
      record = parseJson(text);
    } catch (cause) {
      if (!ended && number > 1) {
        notes.push(`Line ${number} is not complete and is left out.`);
        break;
      }
      throw new FormatError('ndjson', `line ${number} is not valid JSON`, undefined, { cause });
    }
    columns.add(record);
  }
  const tensors = columns.tensors(notes);
  if (tensors.length === 0) {
    throw new FormatError(
      'ndjson',
      notes.length > 0 ? `no tensor is left: ${notes[0].replace(/\.$/, '')}` : 'no line holds numbers',
    );
  }
  // Lines that are lists or numbers, not objects, have no key.
  const fileTitle = fileName.replace(/\.[^.]*$/, '');
  const named = tensors.map((tensor) => (tensor.name === '' ? { ...tensor, name: fileTitle } : tensor));
  return { format: 'ndjson', metadata: {}, tensors: named, notes };
}
