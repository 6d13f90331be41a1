import { z } from "zod/mini";
import { title } from "../base/title.ts";
import { kind } from "./record.ts";

export const surveyCreated = kind({
  type: "survey.created",
  said: z.object({ title }),
  action: "server",
  apply: (state, said) => {
    state.title = said.title;
  },
});

export const surveyRenamed = kind({
  type: "survey.renamed",
  said: z.object({ title }),
  action: "survey.rename",
  apply: (state, said) => {
    state.title = said.title;
  },
});
