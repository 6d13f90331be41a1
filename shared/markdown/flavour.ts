/**
 * A dialect of Markdown: `mkdocs` is Python-Markdown with the extensions that writeProject names (the default),
 * `gfm` is that of GitHub and of forums.
 */
export const flavours = ["mkdocs", "gfm"] as const;

export type Flavour = (typeof flavours)[number];
