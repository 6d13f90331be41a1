import type { Role } from "../../shared/access/roles.ts";
import { foldRecords } from "../../shared/records/fold.ts";
import type { SurveyRecord } from "../../shared/records/kinds.ts";
import { emptyState, type SurveyState } from "../../shared/records/state.ts";
import { Held } from "./store.ts";

/**
 * What the survey's records amount to, and this person's role in it (null until the server said it). The state is
 * one object that grows: `version` rises with each change of it, and a new view stands for it.
 */
export type SurveyView = {
  readonly state: SurveyState;
  readonly version: number;
  readonly role: Role | null;
};

/** Folds what the server tells into the view. */
export class SurveyFold {
  readonly view = new Held<SurveyView>({ state: emptyState(), version: 0, role: null });

  get state(): SurveyState {
    return this.view.get().state;
  }

  setRole(role: Role): void {
    this.view.set({ ...this.view.get(), role });
  }

  /** Answers whether the records follow on those before; where some are missing, nothing is folded. */
  fold(records: readonly SurveyRecord[]): boolean {
    const { state, version, role } = this.view.get();
    const firstNew = records.find((record) => record.seq > state.seq);
    if (!firstNew) return true;
    if (firstNew.seq !== state.seq + 1) return false;
    foldRecords(state, records);
    this.view.set({ state, version: version + 1, role });
    return true;
  }
}
