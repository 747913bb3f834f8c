import type { PageState, Subject } from '../src/protocol';
import { rowCountOf } from './geometry';

/**
 * What of the state still holds for a subject. Choices hold while the subject's own convention is the one they were made
 * over; row and sliders belong to one tensor, which may have been edited. A state from before a reload holds as it is.
 */
export function keepFor(subject: Subject, before: Subject | undefined, state: PageState): PageState {
  const sameSpec = before === undefined || JSON.stringify(before.spec) === JSON.stringify(subject.spec);
  const sameTensor = before === undefined || before.title === subject.title;
  const { axes, ...otherChoices } = sameSpec ? state.choices : {};
  const fits = axes?.every((axis) => axis >= -Math.max(1, subject.shape.length));
  const choices = axes && fits ? { ...otherChoices, axes } : otherChoices;
  const rowCount = rowCountOf(subject.shape, { ...subject.spec, ...choices });
  return {
    ...state,
    choices,
    row: sameTensor && state.row !== undefined && state.row < rowCount ? state.row : undefined,
    ...(!sameTensor && { affine: true, weightScale: 1, biasShift: 0 }),
  };
}
