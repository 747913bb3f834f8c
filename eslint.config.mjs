import { builtinModules } from 'node:module';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Who may know whom (README.md › Architecture): each room of src, and the rooms whose modules it may import. */
const rooms = {
  tensor: [],
  text: ['tensor'],
  formats: ['tensor'],
  kernels: ['tensor'],
  norm: ['tensor', 'kernels'],
  report: ['tensor', 'text', 'formats', 'norm', 'protocol'],
  protocol: ['tensor', 'formats', 'norm', 'report'],
  compute: ['tensor', 'formats', 'kernels', 'norm', 'report', 'protocol'],
  cli: ['tensor', 'text', 'formats', 'norm', 'report', 'compute', 'protocol'],
  editor: ['tensor', 'text', 'formats', 'norm', 'report', 'compute', 'protocol'],
};

/** The rooms that also run in a browser's extension host: no Node in them. */
const engine = ['tensor', 'text', 'formats', 'kernels', 'norm', 'report', 'protocol'];

const noVscode = { name: 'vscode', message: 'Only src/editor and src/extension.ts speak to VS Code.' };

const noNode = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)].map((name) => ({
  name,
  message: 'This also runs in a browser: Node is for src/cli, src/editor, src/compute and src/formats/fileSource.ts.',
}));

const nodeGlobals = ['process', 'Buffer', 'global', 'require', '__dirname', '__filename', 'setImmediate'];

/**
 * The walls of one room.
 *
 * @param {string} room
 * @param {string[]} known
 * @returns {import("eslint").Linter.Config}
 */
function walls(room, known) {
  const strangers = [...Object.keys(rooms), 'extension'].filter((name) => name !== room && !known.includes(name));
  return {
    files: [`src/${room}/**/*.ts`, `src/${room}.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [...(room === 'editor' ? [] : [noVscode]), ...(engine.includes(room) ? noNode : [])],
          patterns: [
            {
              regex: `^\\.{1,2}/(\\.\\./)*(${strangers.join('|')})(/|$)`,
              message: `${room} may import from ${known.join(', ') || 'no other room'} only.`,
            },
          ],
        },
      ],
      ...(engine.includes(room) && { 'no-restricted-globals': ['error', ...nodeGlobals] }),
    },
  };
}

export default defineConfig(
  // src/kernels/assembly is AssemblyScript, whose own compiler is stricter about types.
  globalIgnores(['src/kernels/assembly/', 'dist/', 'test-results/', '.vscode-test/', 'test/fixtures/', 'media/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A template shows numbers and such as they are; only objects would read [object Object].
      '@typescript-eslint/restrict-template-expressions': 'off',
      // Implementations of the editor's interfaces are async because the interface is.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        clearInterval: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
  ...Object.entries(rooms).map(([room, known]) => walls(room, known)),
  {
    files: ['src/formats/fileSource.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noVscode] }] },
  },
  {
    files: ['webview/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [noVscode, ...noNode],
          patterns: [
            {
              regex: '/src/(?!protocol$)',
              message: 'The page knows src/protocol.ts alone: what it shows is computed by the host.',
            },
            { regex: '/src/protocol$', allowTypeImports: true, message: 'The page takes types only from src.' },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Answers of commands and pages are read as the JSON they are; the assertions say what they hold.
      ...Object.fromEntries(
        [
          'explicit-any',
          'unsafe-argument',
          'unsafe-assignment',
          'unsafe-call',
          'unsafe-member-access',
          'unsafe-return',
        ].map((rule) => [`@typescript-eslint/no-${rule}`, 'off']),
      ),
    },
  },
);
