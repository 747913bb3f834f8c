import { FormatError, LimitError } from '../../tensor/errors';
import { dtypes } from '../../tensor/dtype';
import { cOrderStrides, elementCount } from '../../tensor/shape';
import type { ByteSource } from '../byteSource';
import type { Dump, TensorRef, UndecodedTensor } from '../dump';
import { headerShape } from '../headerShape';
import { quote } from '../quote';
import { DatasetSource } from './datasetSource';
import { datasetType } from './datasetType';
import { Hdf5File, isBreakdown, type OpenFile } from './hdf5File';

/** First bytes of a file without a user block. */
export const hdf5Magic = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** The library reads from memory; larger files would crowd out the editor. */
const maxFileBytes = 1 << 29;

/** Groups and datasets, at the most. */
const maxObjects = 100_000;

/** Bytes of an attribute that is shown. */
const maxAttributeBytes = 1 << 16;

/** What walking the file gives. */
interface Contents {
  readonly metadata: Map<string, string>;
  readonly tensors: TensorRef[];
  readonly undecoded: UndecodedTensor[];
  readonly notes: string[];
}

/**
 * Opens an HDF5 file: its datasets of numbers are tensors, named by their paths ("blocks/0/ln1/input"). Attributes are
 * metadata: those of the file by their names, those of an object after its path. Links to other files are not followed.
 *
 * @throws FormatError if the library cannot read it
 * @throws LimitError if it is larger than 512 MiB or has more than 100,000 objects
 */
export async function openHdf5(source: ByteSource, _fileName: string, signal?: AbortSignal): Promise<Dump> {
  if (source.size > maxFileBytes) {
    throw new LimitError(`hdf5: the file has ${source.size} bytes; at most ${maxFileBytes} are read.`, {
      advice: 'Save the tensors to inspect into a file of their own.',
    });
  }
  const bytes = await source.read(0, source.size, signal);
  const file = new Hdf5File(bytes);
  const contents: Contents = { metadata: new Map(), tensors: [], undecoded: [], notes: [] };
  await file.use((open) => walk(file, open, contents));
  const { metadata, tensors, undecoded, notes } = contents;
  return { format: 'hdf5', metadata: Object.fromEntries(metadata), tensors, undecoded, notes };
}

function walk(file: Hdf5File, open: OpenFile, contents: Contents): void {
  const { library, id } = open;
  // The library visits each group once, whatever links there are to it.
  const names = library.get_names(id, '/', true);
  if (names.length > maxObjects) {
    throw new LimitError(`hdf5: the file has ${names.length} objects; at most ${maxObjects} are listed.`);
  }
  addAttributes(open, '', contents);
  for (const name of names) {
    try {
      if (isSoftLink(open, name)) {
        continue;
      }
      const type = library.get_type(id, name);
      if (type === library.H5G_DATASET) {
        addDataset(file, open, name, contents);
      }
      if (type === library.H5G_DATASET || type === library.H5G_GROUP) {
        addAttributes(open, name, contents);
      }
    } catch (error) {
      if (error instanceof LimitError || isBreakdown(error)) {
        throw error;
      }
      contents.notes.push(`${quote(name)} is passed over: it cannot be read, or leads to another file.`);
    }
  }
}

/** Soft links are other names of what stands in the list already. */
function isSoftLink({ library, id }: OpenFile, name: string): boolean {
  const target = library.get_symbolic_link(id, name) as string | null;
  return target !== null && target !== '';
}

function addDataset(file: Hdf5File, { library, id }: OpenFile, name: string, contents: Contents): void {
  const metadata = library.get_dataset_metadata(id, name);
  if (metadata.shape === null) {
    return; // An empty dataset, which has no shape either.
  }
  const refuse = (reason: string) => new FormatError('hdf5', `dataset ${quote(name)}: the shape ${reason}`);
  const shape = headerShape(metadata.shape.map(Number), refuse);
  const filters = library.get_dataset_filters(id, name);
  const found = datasetType(metadata, filters, () => file.shortFloat);
  if ('reason' in found) {
    contents.undecoded.push({ name, shape, bytes: undefined, ...found });
    return;
  }
  const { dtype } = found;
  const elementBytes = dtypes[dtype].bytes;
  contents.tensors.push({
    name,
    dtype,
    shape,
    source: new DatasetSource(file, name, shape, elementBytes, elementCount(shape) * elementBytes),
    byteOffset: 0,
    strides: cOrderStrides(shape).map((stride) => stride * elementBytes),
    // Whatever the byte order in the file, the library hands over that of its own machine.
    littleEndian: true,
  });
}

function addAttributes(open: OpenFile, object: string, { metadata, notes }: Contents): void {
  const path = object === '' ? '/' : object;
  for (const name of open.library.get_attribute_names(open.id, path)) {
    const key = object === '' ? name : `${object}/${name}`;
    try {
      const attribute = open.attribute(path, name);
      const { size, total_size: count } = attribute.metadata;
      if (Number(count) * size <= maxAttributeBytes) {
        const value = attribute.to_array();
        metadata.set(key, typeof value === 'string' ? value : JSON.stringify(value));
      } else {
        notes.push(`The attribute ${quote(key)} is too long to be shown.`);
      }
    } catch (error) {
      if (isBreakdown(error)) {
        throw error;
      }
      notes.push(`The attribute ${quote(key)} cannot be read.`);
    }
  }
}
