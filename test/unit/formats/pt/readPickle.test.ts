import { describe, expect, it } from 'vitest';
import { Foreign, PickleTuple } from '../../../../src/formats/pt/pickleValue';
import { readPickle } from '../../../../src/formats/pt/readPickle';
import { torchWorld } from '../../../../src/formats/pt/torchGlobals';
import { FormatError, LimitError } from '../../../../src/tensor/errors';
import { pickleBytes, unpickle } from './pickles';

describe('plain data', () => {
  it.each<[string, string, unknown]>([
    ['None', 'N.', null],
    ['True of protocol 2', '\x88.', true],
    ['a byte', 'K\xff.', 255],
    ['two bytes', 'M\x01\x02.', 513],
    ['a negative int32', 'J\xfe\xff\xff\xff.', -2],
    ['a long', '\x8a\x02\x00\xff.', -256],
    ['a long beyond 2^53', '\x8a\x08\x01\x00\x00\x00\x00\x00\x00\x40.', 2n ** 62n + 1n],
    ['a long in decimals', 'L-12345678901234567890L\n.', -12345678901234567890n],
    ['a float in text', 'F2.5e-3\n.', 0.0025],
    ['a float64, big-endian', 'G\x3f\xf8\x00\x00\x00\x00\x00\x00.', 1.5],
    ['a string of protocol 0', "S'abc'\n.", 'abc'],
    ['UTF-8 text', 'X\x03\x00\x00\x00\xe2\x82\xac.', '€'],
    ['a list', '](K\x01K\x02e.', [1, 2]],
    ['a tuple', 'K\x01K\x02\x86.', new PickleTuple([1, 2])],
    ['a dict', '}(U\x01aK\x01U\x01bK\x02u.', new Map([['a', 1], ['b', 2]])], // prettier-ignore
    ['a value out of the memo', ']q\x07h\x07\x86.', new PickleTuple([[], []])],
    ['an OrderedDict of pairs', 'ccollections\nOrderedDict\n]U\x01aK\x01\x86a\x85R.', new Map([['a', 1]])],
  ])('%s', (_, text, value) => {
    expect(unpickle(text)).toEqual(value);
  });

  it('ends where it ends, so that pickles can follow each other', () => {
    const bytes = pickleBytes('K\x01.K\x02.');
    const first = readPickle(bytes, 0, torchWorld);
    expect(readPickle(bytes, first.end, torchWorld).value).toBe(2);
  });
});

describe('what is not on the allow-list', () => {
  it.each([
    ['a call', 'cposix\nsystem\nU\x02ls\x85R.', 'posix.system'],
    ['a call by names on the stack', 'U\x02osU\x06system\x93U\x02ls\x85R.', 'os.system'],
    ['an instance', '(U\x02lsios\nsystem\n.', 'os.system'],
    ['an object', '(cos\nsystem\nU\x02lso.', 'os.system'],
    ['a new object', 'csubprocess\nPopen\nU\x02ls\x85\x81.', 'subprocess.Popen'],
    ['a new object with keywords', 'csubprocess\nPopen\nU\x02ls\x85}\x92.', 'subprocess.Popen'],
    ['a name within a name', 'ctorch.serialization\nos.system\n.', 'torch.serialization.os.system'],
  ])('is named and does nothing: %s', (_, text, name) => {
    const { value, foreignNames } = readPickle(pickleBytes(text), 0, torchWorld);
    expect(value).toEqual(new Foreign(name));
    expect([...foreignNames]).toEqual([name]);
  });

  it('keeps the attributes it would have had, as data', () => {
    const value = unpickle('cargparse\nNamespace\n)\x81}U\x02lrK\x01sb.');
    expect((value as Foreign).state).toEqual(new Map([['lr', 1]]));
  });
});

describe('a broken pickle is refused', () => {
  it.each([
    ['', 'pt: the pickle ends early'],
    ['X\xff\xff\xff\xffabc.', 'pt: the pickle ends early'],
    ['\x8d\xff\xff\xff\xff\xff\xff\xff\xff.', 'pt: the pickle ends early'],
    ['cposix', 'pt: the pickle ends early'],
    ['.', 'pt: the pickle takes a value from an empty stack'],
    ['t.', 'pt: the pickle goes back to a mark that it never set'],
    ['h\x05.', 'pt: the pickle recalls the value 5, which it never stored'],
    ['K\x01K\x02a.', 'pt: the pickle appends to something that is no list'],
    ['](K\x01s.', 'pt: the pickle takes a value from an empty stack'],
    ['K\x01)R.', 'pt: the pickle calls something that is no function'],
    ['ctorch\nFloatStorage\n)R.', 'pt: the pickle calls "torch.FloatStorage", which takes no such call'],
    ['Lten\n.', 'pt: the pickle holds "ten" where a whole number should stand'],
    ['\xee.', 'pt: the pickle holds the byte 238, which is no operation'],
    ['U\x01xQ.', 'pt: the pickle refers to something outside that is no storage'],
    ['\x8b\x00\x10\x00\x00.', 'pt: the pickle holds a whole number of 4096 bytes; at most 512 are read'],
  ])('%j', (text, message) => {
    expect(() => unpickle(text)).toThrow(FormatError);
    expect(() => unpickle(text)).toThrow(message);
  });

  it('with the place of the operation in the file', () => {
    expect(() => readPickle(pickleBytes('NK'), 0, torchWorld, 100)).toThrow('the pickle ends early (byte 101)');
  });
});

describe('what would fill memory is refused', () => {
  it.each([
    ['a stack', 'N'.repeat(2 ** 20 + 1), 'stacks more than'],
    ['marks', '('.repeat(2 ** 20 + 1), 'stacks more than'],
    ['lists', ']0'.repeat(2 ** 21), 'values of the pickle take more than'],
    ['dicts', '}0'.repeat(2 ** 19 + 1), 'values of the pickle take more than'],
    ['a memo', `N${'\x94'.repeat(2 ** 20 + 1)}`, 'remembers more than'],
    ['operations', 'N0'.repeat(2 ** 21 + 1), 'takes more than 4194304 operations'],
  ])('%s', (_, text, message) => {
    expect(() => unpickle(text)).toThrow(
      expect.objectContaining({ name: LimitError.name, message: expect.stringContaining(message) }),
    );
  });
});
