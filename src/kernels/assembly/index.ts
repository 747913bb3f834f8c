export { backward } from './backward';
export { decode } from './decode';
export { forward } from './forward';
export { rowMoments } from './rowMoments';
export { heapBase } from './scratch';
