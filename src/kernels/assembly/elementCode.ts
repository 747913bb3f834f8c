/**
 * The element types that kernels read, by the names of `DType`. Both worlds read this file: the kernels know a dtype by
 * its number, the loader by its name. Those up to `bool` decode to float32 exactly, the others to float64.
 */
export enum ElementCode {
  float32,
  float16,
  bfloat16,
  float8_e4m3fn,
  float8_e5m2,
  int16,
  uint16,
  int8,
  uint8,
  bool,
  float64,
  int32,
  uint32,
  int64,
  uint64,
}
