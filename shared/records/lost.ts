/** What one author (a Yjs client) lost together, in the order of the text. */
export type LostRun = { readonly author: number; readonly pieces: readonly LostPiece[] };

/** What stood at some clocks: one character each, or one value of a key. */
export type LostPiece = {
  readonly clock: number;
  readonly length: number;
  readonly text: string;
  /** Whether something stood between the piece before and this one. */
  readonly isApart: boolean;
};
