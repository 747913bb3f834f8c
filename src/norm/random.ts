/**
 * A seeded stream of random numbers: the same seed gives the same numbers on every machine.
 *
 * The generator is mulberry32 (Tommy Ettinger): 32 bits of state, ample for test directions and not for secrets. The
 * logarithm and cosine of the normal numbers are V8's own software functions, not the processor's.
 */
export class Random {
  private state: number;

  /** @param seed a 32-bit integer; other numbers are cut to one */
  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let hash = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), hash | 61)) ^ hash;
    return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** +1 or −1 with equal chance. */
  sign(): 1 | -1 {
    return this.uniform() < 0.5 ? -1 : 1;
  }

  /** So many standard normal numbers. */
  normals(length: number): Float64Array {
    return Float64Array.from({ length }, () => this.normal());
  }
}
