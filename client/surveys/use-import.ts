import { useEffect, useRef, useState } from "react";
import * as api from "../session/api.ts";
import type { Survey } from "../session/answers.ts";
import { wrongChoice, type WrongChoice } from "./choice-of-files.ts";
import { useKeepSurvey } from "./queries.ts";

/** How far an import has come. `sent` goes from 0 to 1; at 1, the server reads. */
export type Upload =
  | { is: "waiting" }
  | { is: "sending"; names: string[]; sent: number }
  | { is: "refused"; wrong: WrongChoice }
  | { is: "refused"; error: unknown };

/** One import at a time; leaving the screen calls it off. */
export function useImport(onMade: (survey: Survey) => void) {
  const [upload, setUpload] = useState<Upload>({ is: "waiting" });
  const keep = useKeepSurvey();
  const calledOff = useRef<(() => void) | null>(null);
  useEffect(() => () => calledOff.current?.(), []);

  function start(files: readonly File[]): void {
    const wrong = wrongChoice(files);
    if (wrong) return setUpload({ is: "refused", wrong });
    const names = files.map((file) => file.name);
    const show = (sent: number): void => setUpload({ is: "sending", names, sent });
    show(0);
    const sending = api.importSurvey(files, show);
    calledOff.current = sending.cancel;
    sending.done.then(
      (survey) => {
        keep(survey);
        onMade(survey);
      },
      (error: unknown) => setUpload({ is: "refused", error }),
    );
  }

  function cancel(): void {
    calledOff.current?.();
    setUpload({ is: "waiting" });
  }

  return { upload, start, cancel };
}
