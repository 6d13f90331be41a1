import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MenuChoice } from "./menu.tsx";
import { setTheme, theme, themes, type Theme } from "./theme.ts";

/** Light, dark, or as the system is: for this browser. */
export function ThemeChoice() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(theme);
  const choose = (value: Theme): void => {
    setTheme(value);
    setChosen(value);
  };
  return (
    <MenuChoice
      label={t("theme.label")}
      value={chosen}
      options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
      onChoose={choose}
    />
  );
}
