import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { CaseRole, NormKind, NormSpec, Subject, Shape } from '../../src/protocol';
import { choicesOver } from '../choicesOver';
import { send } from '../events';
import { formatCount, formatEps, formatShape } from '../format';
import { parseEps } from '../parseEps';
import { linkStyles, sharedStyles } from '../styles';
import { kindNames, roleNames } from '../words';

/** The least number of axes that x needs for a kind: samples and channels, and for instance_norm something within them. */
const leastRank: Partial<Record<NormKind, number>> = { batch_norm: 2, group_norm: 2, instance_norm: 3 };

/** In the dropdown of conventions: the one that the subject came with, and one that is neither that nor a library's. */
const own = 'own';
const chosen = 'chosen';

/** Numbers of groups that are offered. */
const maxGroups = 64;

/** The convention of the norm in one line: kind, axes, ε, where they come from, and the tensors that came along. */
@customElement('normscope-convention-line')
export class ConventionLine extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }
      .eps {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
      .kind {
        width: 112px;
      }
      .axes {
        width: 148px;
      }
      .convention {
        width: 200px;
      }
      vscode-textfield {
        width: 80px;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      /* Quiet: the badges of some themes would outshine the verdict below. */
      .chips li {
        padding: 0 6px;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 9px;
        background: var(--ns-grid);
        font-size: 0.85em;
        line-height: 18px;
      }
      .fault {
        margin-top: 4px;
        color: var(--vscode-errorForeground);
      }
    `,
  ];

  @property({ attribute: false }) subject!: Subject;
  @property({ attribute: false }) spec!: NormSpec;
  /** What is typed for ε while it is no ε. */
  @state() private wrongEps?: string;

  /** Kept over renderings: the select forgets what is open and active whenever it gets other options. */
  private kindOptions: { value: string; label: string }[] = [];
  private axesOptions: { value: string; label: string }[] = [];
  private groupOptions: { value: string; label: string }[] = [];
  private conventionOptions: { value: string; label: string }[] = [];
  /** The same where the convention shown is none of them. */
  private chosenOptions: { value: string; label: string }[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('subject')) {
      const { shape, spec, presets, specOrigin } = this.subject;
      const channels = shape.at(spec.channelAxis) ?? 1;
      this.kindOptions = Object.entries(kindNames)
        .filter(([kind]) => shape.length >= (leastRank[kind as NormKind] ?? 1))
        .map(([value, label]) => ({ value, label }));
      this.groupOptions = Array.from({ length: Math.min(channels, maxGroups) }, (_, i) => i + 1)
        .filter((groups) => channels % groups === 0)
        .map((groups) => ({ value: String(groups), label: formatCount(groups, 'group') }));
      this.axesOptions = axesOptions(shape);
      this.conventionOptions = [
        { value: own, label: specOrigin },
        ...presets.map(({ name, title }) => ({ value: name, label: title })),
      ];
      this.chosenOptions = [...this.conventionOptions, { value: chosen, label: 'as chosen' }];
      this.wrongEps = undefined;
    }
  }

  protected override render() {
    const { subject, spec } = this;
    const roles = (Object.keys(roleNames) as CaseRole[]).filter((role) => subject.roles[role] !== undefined);
    const isOwn = JSON.stringify(spec) === JSON.stringify(subject.spec);
    const convention = isOwn ? own : (this.presetShown()?.name ?? chosen);
    return html`
      <div class="line">
        <vscode-single-select
          class="kind"
          .label=${'Norm'}
          .options=${this.kindOptions}
          .value=${spec.kind}
          @change=${(event: Event) => this.chooseKind(valueOf(event) as NormKind)}
        ></vscode-single-select>
        ${this.rowsChoice()} ${spec.kind === 'dyt' ? nothing : this.epsField()}
        <vscode-single-select
          class="convention"
          .label=${'Convention'}
          title=${isOwn ? subject.specOrigin : nothing}
          .options=${convention === chosen ? this.chosenOptions : this.conventionOptions}
          .value=${convention}
          @change=${(event: Event) => this.choosePreset(valueOf(event))}
        ></vscode-single-select>
        ${
          isOwn
            ? nothing
            : html`<button class="link" title="Back to: ${subject.specOrigin}" @click=${this.reset}>Reset</button>`
        }
        <ul class="chips" aria-label="Tensors that came along">
          ${roles.map((role) => html`<li title=${subject.roles[role]!}>${roleNames[role]} ✓</li>`)}
        </ul>
      </div>
      ${
        this.wrongEps === undefined
          ? nothing
          : html`<p class="fault" role="alert">
              “${this.wrongEps}” is no ε: type a number of at least 0, such as 1e-5.
            </p>`
      }
    `;
  }

  private epsField() {
    return html`<span class="eps">
      <span aria-hidden="true">ε</span>
      <vscode-textfield
        .label=${'Epsilon'}
        .value=${this.wrongEps ?? formatEps(this.spec.eps)}
        ?invalid=${this.wrongEps !== undefined}
        @input=${(event: Event) => this.correctEps(valueOf(event))}
        @change=${(event: Event) => this.takeEps(valueOf(event))}
      ></vscode-textfield>
    </span>`;
  }

  /** What makes a row: the axes, for a group_norm the number of groups; the other kinds leave no choice. */
  private rowsChoice() {
    const { kind, axes, numGroups } = this.spec;
    if (kind === 'group_norm') {
      return html`<vscode-single-select
        class="axes"
        .label=${'Groups'}
        .options=${this.groupOptions}
        .value=${String(numGroups)}
        @change=${(event: Event) => this.choose({ numGroups: Number(valueOf(event)) })}
      ></vscode-single-select>`;
    }
    return kind === 'batch_norm' || kind === 'instance_norm'
      ? nothing
      : html`<vscode-single-select
          class="axes"
          .label=${'Normalized axes'}
          .options=${this.axesOptions}
          .value=${axes.join()}
          @change=${(event: Event) => this.choose({ axes: valueOf(event).split(',').map(Number) })}
        ></vscode-single-select>`;
  }

  /** Takes the complaint back as soon as what is typed is an ε; nobody wants one while still typing. */
  private correctEps(text: string): void {
    if (this.wrongEps !== undefined && parseEps(text) !== undefined) {
      this.wrongEps = undefined;
    }
  }

  private takeEps(text: string): void {
    const eps = parseEps(text);
    this.wrongEps = eps === undefined ? text : undefined;
    if (eps !== undefined) {
      this.choose({ eps });
    }
  }

  /** ε stands elsewhere in some kinds, and is of another size there. */
  private chooseKind(kind: NormKind): void {
    const { subject, spec } = this;
    const { eps, epsPlace } = kind === subject.spec.kind ? subject.spec : subject.usualEps[kind];
    this.choose(epsPlace === spec.epsPlace ? { kind } : { kind, eps, epsPlace });
  }

  /** The preset that the convention shown is of, over whatever axes. */
  private presetShown() {
    return this.subject.presets.find(
      ({ spec }) => Object.keys(choicesOver({ ...spec, axes: this.spec.axes }, this.spec)).length === 0,
    );
  }

  private choosePreset(name: string): void {
    const preset = this.subject.presets.find((entry) => entry.name === name);
    if (preset !== undefined) {
      this.choose({ ...preset.spec, axes: this.spec.axes });
    } else if (name === own) {
      this.reset();
    }
  }

  private choose(choice: Partial<NormSpec>): void {
    send(this, 'ns-update', { choices: choicesOver(this.subject.spec, { ...this.spec, ...choice }) });
  }

  private readonly reset = (): void => {
    this.wrongEps = undefined;
    send(this, 'ns-update', { choices: {} });
  };
}

/** What a row may run along: the last axes together, or any other axis alone. */
function axesOptions(shape: Shape): { value: string; label: string }[] {
  const rank = Math.max(1, shape.length);
  const trailing = Array.from({ length: rank }, (_, i) => ({
    value: Array.from({ length: i + 1 }, (_, axis) => axis - i - 1).join(),
    label: `over ${formatShape(shape.slice(Math.max(0, rank - i - 1)))}`,
  }));
  const alone = shape.slice(0, -1).map((length, axis) => ({
    value: String(axis - rank),
    label: `along axis ${axis}, ${formatShape([length])}`,
  }));
  return [...trailing, ...alone];
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
