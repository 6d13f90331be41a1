export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "plenum-theme";

/** What this browser's person chose to see, or "system". */
export function theme(): Theme {
  const kept = localStorage.getItem(key);
  return themes.find((each) => each === kept) ?? "system";
}

/** Shows Plenum so from now on, in this browser. */
export function setTheme(chosen: Theme): void {
  localStorage.setItem(key, chosen);
  showTheme();
}

/** Marks the document with the chosen theme; without a mark, the system decides. */
export function showTheme(): void {
  const chosen = theme();
  if (chosen === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen;
}
