import { z } from "zod/mini";
import { limits } from "../base/limits.ts";
import { kind } from "./record.ts";

const title = z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.titleLength));

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
