/** When something was, said as shortly as it stays clear: `14:02` today, `9 November` this year, with the year before. */
export function when(atMs: number, nowMs: number, locale: string): string {
  const at = new Date(atMs);
  const now = new Date(nowMs);
  const isThisYear = at.getFullYear() === now.getFullYear();
  const isToday = isThisYear && at.getMonth() === now.getMonth() && at.getDate() === now.getDate();
  if (isToday) return at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return at.toLocaleDateString(locale, {
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
}
