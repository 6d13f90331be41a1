import { z } from "zod/mini";

/** A column that holds a string as JSON (migrations.ts says why): read back as the string. */
export const jsonText = z.pipe(
  z.string(),
  z.transform((json: string) => z.string().parse(JSON.parse(json))),
);
