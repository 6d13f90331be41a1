import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Looks at all that is on the screen for what keeps people out: nothing of what a machine can judge. */
export async function keepsNobodyOut(page: Page, where: string): Promise<void> {
  await page.evaluate(stillness);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(found, where).toEqual([]);
}

/** Runs in the page: waits until it is drawn as it will stay, for a colour on its way to another is neither. */
async function stillness(): Promise<void> {
  for (let frames = 2; frames > 0; frames -= 1) await new Promise(requestAnimationFrame);
  const ending = document
    .getAnimations()
    .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map((each) => each.finished));
}
