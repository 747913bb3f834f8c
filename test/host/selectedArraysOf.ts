import { SelectedArrays } from '../../src/editor/selectedArrays';
import { extensionThreads } from './inspectorOf';

/** The reader of selections for the tests of one suite, once they run. */
export function selectedArrays(): () => SelectedArrays {
  let arrays: SelectedArrays;
  before(() => {
    arrays = new SelectedArrays(extensionThreads());
  });
  after(() => arrays.dispose());
  return () => arrays;
}
