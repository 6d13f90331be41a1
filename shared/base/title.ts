import { z } from "zod/mini";
import { limits } from "./limits.ts";

/** What a survey, a page or a group may be called: some words, without the spaces around them. */
export const title = z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.titleLength));
