import { ElementCode } from './elementCode';
import { decodeInt16, decodeInt32, decodeInt64, decodeInt8 } from './integers';
import { blockLength, decodedBlock, swappedBlock } from './scratch';
import { decodeBfloat16, decodeFloat16, decodeFloat8E4m3fn, decodeFloat8E5m2 } from './smallFloats';
import { swapBytes } from './swapBytes';

/** Bytes of one element before decoding. */
export function sourceBytes(code: i32): i32 {
  switch (code) {
    case ElementCode.float8_e4m3fn:
    case ElementCode.float8_e5m2:
    case ElementCode.int8:
    case ElementCode.uint8:
    case ElementCode.bool:
      return 1;
    case ElementCode.float16:
    case ElementCode.bfloat16:
    case ElementCode.int16:
    case ElementCode.uint16:
      return 2;
    case ElementCode.float64:
    case ElementCode.int64:
    case ElementCode.uint64:
      return 8;
    default:
      return 4;
  }
}

/** Bytes of one element after decoding. */
export function decodedBytes(code: i32): i32 {
  return code < ElementCode.float64 ? 4 : 8;
}

/** Decodes `count` elements to float32 or float64 at `target`, which may not overlap the source. */
export function decode(code: i32, bigEndian: bool, source: usize, count: i32, target: usize): void {
  const sourceStep = <usize>(blockLength * sourceBytes(code));
  const targetStep = <usize>(blockLength * decodedBytes(code));
  for (; count >= blockLength; count -= blockLength, source += sourceStep, target += targetStep) {
    decodeBlock(code, bigEndian, source, blockLength, target);
  }
  // The last vector may write beyond its elements, so it does that in the scratch block.
  decodeBlock(code, bigEndian, source, count, decodedBlock);
  memory.copy(target, decodedBlock, <usize>(count * decodedBytes(code)));
}

/**
 * Where a block of elements is as little-endian float32 or float64: where it lies already, or decoded in the scratch.
 */
export function decodedAt(code: i32, bigEndian: bool, source: usize, count: i32): usize {
  if (!bigEndian && (code == ElementCode.float32 || code == ElementCode.float64)) {
    return source;
  }
  decodeBlock(code, bigEndian, source, count, decodedBlock);
  return decodedBlock;
}

/** Decodes at most `blockLength` elements. Reads up to 15 bytes and writes up to 15 elements beyond them. */
function decodeBlock(code: i32, bigEndian: bool, source: usize, count: i32, target: usize): void {
  const width = sourceBytes(code);
  if (bigEndian && width > 1) {
    swapBytes(width, source, <usize>(count * width), swappedBlock);
    source = swappedBlock;
  }
  const end = source + <usize>(count * width);
  switch (code) {
    case ElementCode.float16:
      decodeFloat16(source, end, target);
      break;
    case ElementCode.bfloat16:
      decodeBfloat16(source, end, target);
      break;
    case ElementCode.float8_e4m3fn:
      decodeFloat8E4m3fn(source, end, target);
      break;
    case ElementCode.float8_e5m2:
      decodeFloat8E5m2(source, end, target);
      break;
    case ElementCode.int16:
    case ElementCode.uint16:
      decodeInt16(code == ElementCode.int16, source, end, target);
      break;
    case ElementCode.int8:
    case ElementCode.uint8:
    case ElementCode.bool:
      decodeInt8(code, source, end, target);
      break;
    case ElementCode.int32:
    case ElementCode.uint32:
      decodeInt32(code == ElementCode.int32, source, end, target);
      break;
    case ElementCode.int64:
    case ElementCode.uint64:
      decodeInt64(code == ElementCode.int64, source, end, target);
      break;
    default:
      memory.copy(target, source, <usize>(count * width));
  }
}
