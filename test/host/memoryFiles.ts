import * as vscode from 'vscode';

/** A file system that a test fills: it hands files out as a whole only, as source control and virtual workspaces do. */
export class MemoryFiles implements vscode.FileSystemProvider {
  /** Paths whose bytes were handed out, in their order. */
  readonly reads: string[] = [];
  private readonly files = new Map<string, { size: number; bytes?: Uint8Array }>();
  private readonly change = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.change.event;

  /** Puts a file there; its paths begin with a slash. */
  put(path: string, bytes: Uint8Array): void {
    this.files.set(path, { size: bytes.length, bytes });
  }

  /** Puts a file there that is too large for anyone to ask for its bytes, which would fail. */
  putUnreadable(path: string, size: number): void {
    this.files.set(path, { size });
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    if (path === '/') {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.file(path).size };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    this.reads.push(path);
    const { bytes } = this.file(path);
    if (bytes === undefined) {
      throw vscode.FileSystemError.Unavailable(path);
    }
    return bytes;
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  writeFile({ path }: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(path);
  }

  createDirectory({ path }: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(path);
  }

  delete({ path }: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(path);
  }

  rename({ path }: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(path);
  }

  private file(path: string): { size: number; bytes?: Uint8Array } {
    const file = this.files.get(path);
    if (file === undefined) {
      throw vscode.FileSystemError.FileNotFound(path);
    }
    return file;
  }
}
