const arrows = { ArrowUp: "↑", ArrowDown: "↓" };
const apple: { readonly [key: string]: string } = { ...arrows, Mod: "⌘", Alt: "⌥", Shift: "⇧", Enter: "↵" };
const others: { readonly [key: string]: string } = { ...arrows, Mod: "Ctrl" };

/** A key as people read it on this machine's keyboard, from how keymaps write it: `Mod-Alt-m` is Ctrl+Alt+M, or ⌘⌥M. */
export function keyWords(key: string, platform: string = navigator.platform): string {
  const isApple = /^(Mac|iP)/.test(platform);
  const words = isApple ? apple : others;
  const parts = key.split("-").map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(isApple ? "" : "+");
}
