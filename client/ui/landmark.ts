/**
 * What opens over the text is drawn within the page's landmark, so that whoever goes through the screen from one
 * landmark to the next does not pass it by.
 */
export const landmarkOf = (dom: Element): HTMLElement => dom.closest("main") ?? document.body;
