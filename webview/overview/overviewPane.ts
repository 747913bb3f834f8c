import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DumpView, PageState, ViewReport } from '../../src/protocol';
import { send } from '../events';
import type { Answer } from '../resource';
import { sharedStyles } from '../styles';
import { answerView } from '../views/answerView';
import '../views/reportBody';
import { viewStyles } from '../views/viewStyles';
import { overviewDoing, overviewNames } from '../words';

/** A view of a whole dump, or of two. */
@customElement('normscope-overview')
export class OverviewPane extends LitElement {
  static override readonly styles = [sharedStyles, viewStyles];

  @property({ attribute: false }) view!: DumpView;
  @property({ attribute: false }) choice!: PageState['dump'];
  @property({ attribute: false }) answer!: Answer<'overview'>;

  protected override render() {
    return html`
      <h2>${overviewNames[this.view]}</h2>
      ${answerView(this.answer, overviewDoing[this.view], (report) => this.results(report))}
    `;
  }

  private results(report: ViewReport) {
    return html`<normscope-report
      .report=${report}
      .tensor=${this.choice.tensor}
      @tensor=${(event: CustomEvent<{ tensor: string; row?: number }>) => this.turnTo(event.detail)}
    ></normscope-report>`;
  }

  /** A tensor of two dumps is looked at here; that of one dump in the inspector. */
  private turnTo({ tensor, row }: { tensor: string; row?: number }): void {
    if (this.view === 'compare') {
      send(this, 'ns-update', { dump: { ...this.choice, tensor } });
    } else {
      send(this, 'ns-update', { overview: undefined, ...(row === undefined ? {} : { row }) });
      send(this, 'ns-choose', tensor);
    }
  }
}
