// Builds for production and packs normscope-<version>.vsix: `npm run package`.
import { install } from './lib/install.mjs';
import { packageVsix } from './lib/packageVsix.mjs';

await install();
const { vsix, bytes } = await packageVsix();
console.log(`${vsix}: ${(bytes / 1e6).toFixed(2)} MB`);
