/** What a button below a {@link Refusal} does. */
export type RefusalAction =
  | { readonly kind: 'addAccount' | 'copyKafkaCode' | 'unlock' | 'chooseEnvironment' }
  | { readonly kind: 'changeTarget'; readonly uri: string }
  | { readonly kind: 'renewPlan'; readonly planId: string }
  | { readonly kind: 'resumeRun'; readonly runId: string }
  /** Place as people count: from 1. */
  | { readonly kind: 'openFile'; readonly uri: string; readonly line: number; readonly column: number };

/** Why nothing is sent; its message is for the user. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly actions: readonly RefusalAction[];

  constructor(message: string, ...actions: readonly RefusalAction[]) {
    super(message);
    this.actions = actions;
  }
}
