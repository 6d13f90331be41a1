import { useEffect, useEffectEvent } from "react";

type Keys = { onBegin: () => void; onStep: (step: 1 | -1) => void };

/** Mod+Alt+M begins a comment; Alt+] and Alt+[ go to the next and the previous. Wherever the focus is. */
export function useKeys({ onBegin, onStep }: Keys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    if (act === "begin") onBegin();
    else onStep(act);
  });
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** By the key's place, not by what it writes: with Alt held down, Macs write other characters. */
function actOf(event: KeyboardEvent): "begin" | 1 | -1 | null {
  // AltGr, with which some keyboards write brackets, comes as Ctrl+Alt.
  if (!event.altKey || event.shiftKey || event.getModifierState("AltGraph")) return null;
  const isMod = event.ctrlKey || event.metaKey;
  if (isMod) return event.code === "KeyM" ? "begin" : null;
  if (event.code === "BracketRight") return 1;
  return event.code === "BracketLeft" ? -1 : null;
}
