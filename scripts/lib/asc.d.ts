/** What the build uses of AssemblyScript's compiler, whose own declarations put another console over Node's. */
declare const asc: {
  main(
    args: string[],
    host: { writeFile?(name: string, contents: Uint8Array | string, folder: string): void },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
};
export default asc;
