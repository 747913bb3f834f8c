import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-tab-header/index.js';
import '@vscode-elements/elements/dist/vscode-tab-panel/index.js';
import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import type { NormSpec, PageState, Subject, Tab } from '../../src/protocol';
import { send } from '../events';
import type { Answer } from '../resource';
import { forcedStyles, sharedStyles } from '../styles';
import type { FetchValues } from '../table/valueTable';
import '../views/affineView';
import '../views/gradientsView';
import '../views/reportView';
import '../views/rowsView';
import { WidthOf } from '../widthOf';
import { tabNames } from '../words';
import './conventionLine';
import './findingsStrip';
import './subjectHeader';

const tabs = Object.keys(tabNames) as Tab[];
const tabOptions = tabs.map((tab) => ({ value: tab, label: tabNames[tab] }));

/** Below this width, in pixels, the tabs become a dropdown. */
const tabsWidth = 620;

/** The inspector of one tensor: what it is, its convention, the findings, and the views behind tabs. */
@customElement('normscope-inspector')
export class InspectorPane extends LitElement {
  static override readonly styles = [
    sharedStyles,
    forcedStyles,
    css`
      normscope-convention-line {
        margin-top: 8px;
      }
      .empty {
        margin-top: 16px;
      }
      .views {
        margin-top: 12px;
      }
      vscode-single-select {
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) subject!: Subject;
  @property({ attribute: false }) spec!: NormSpec;
  @property({ attribute: false }) state!: PageState;
  @property({ attribute: false }) rows!: Answer<'rows'>;
  @property({ attribute: false }) features!: Answer<'features'>;
  @property({ attribute: false }) gradients!: Answer<'gradients'>;
  @property({ attribute: false }) report!: Answer<'view'>;
  /** Whether the subject stands in a text, and not in a dump. */
  @property({ attribute: false }) inText = false;
  @property({ attribute: false }) fetchValues!: FetchValues;
  private readonly area = new WidthOf(this, [tabsWidth]);

  protected override render() {
    return html`
      <normscope-subject-header .subject=${this.subject} .inText=${this.inText}></normscope-subject-header>
      ${this.subject.shape.includes(0) ? html`<p class="empty">This tensor holds no values.</p>` : this.norm()}
    `;
  }

  private norm() {
    return html`
      <normscope-convention-line .subject=${this.subject} .spec=${this.spec}></normscope-convention-line>
      <normscope-findings-strip .report=${this.rows.value}></normscope-findings-strip>
      <div class="views">${this.area.width < tabsWidth ? this.dropdown() : this.tabs()}</div>
    `;
  }

  private tabs() {
    const { tab } = this.state;
    return html`<vscode-tabs
      .selectedIndex=${tabs.indexOf(tab)}
      @vsc-tabs-select=${(event: CustomEvent<{ selectedIndex: number }>) => this.turnTo(tabs[event.detail.selectedIndex])}
    >
      ${tabs.map(
        (name) => html`
          <vscode-tab-header slot="header">${tabNames[name]}</vscode-tab-header>
          <vscode-tab-panel>${name === tab ? this.view() : ''}</vscode-tab-panel>
        `,
      )}
    </vscode-tabs>`;
  }

  private dropdown() {
    return html`<vscode-single-select
        .label=${'View'}
        .options=${tabOptions}
        .value=${this.state.tab}
        @change=${(event: Event) => this.turnTo((event.target as HTMLInputElement).value as Tab)}
      ></vscode-single-select>
      ${this.view()}`;
  }

  private view() {
    const { subject, spec, state } = this;
    switch (state.tab) {
      case 'rows':
        return html`<normscope-rows-view
          .subject=${subject}
          .spec=${spec}
          .answer=${this.rows}
          .meaning=${state.after}
          .selected=${state.row}
          .inText=${this.inText}
          .fetchValues=${this.fetchValues}
        ></normscope-rows-view>`;
      case 'affine':
        return html`<normscope-affine-view .answer=${this.features} .choice=${state}></normscope-affine-view>`;
      case 'gradients':
        return html`<normscope-gradients-view
          .subject=${subject}
          .spec=${spec}
          .answer=${this.gradients}
          .selected=${state.row}
        ></normscope-gradients-view>`;
      default:
        return html`<normscope-report-view
          .subject=${subject}
          .view=${state.tab}
          .choice=${state.view}
          .selected=${state.row}
          .answer=${this.report}
        ></normscope-report-view>`;
    }
  }

  private turnTo(tab: Tab): void {
    send(this, 'ns-update', { tab });
  }
}
