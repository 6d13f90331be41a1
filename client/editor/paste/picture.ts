import { isSafeAddress } from "../../../shared/body/schema.ts";

export type PastedPicture = { src: string; alt: string; title: string; dark: string | null };

/** A pasted picture; its words where there is no address that can be kept; null for what nobody sees. */
export function pictureOf(image: Element): PastedPicture | string | null {
  const words = (name: string) => (image.getAttribute(name) ?? "").replaceAll(/\s+/g, " ").trim();
  const [src, alt] = [image.getAttribute("src") ?? "", words("alt")];
  if (/^[01](?:px)?$/.test(image.getAttribute("width") ?? "")) return null;
  if (/^\p{Extended_Pictographic}/u.test(alt) && alt.length < 12) return alt;
  if (src === "" || !isSafeAddress(src)) return alt;
  return { src, alt, title: words("title"), dark: darkOf(image) };
}

/** The picture for dark screens, where the page offers one. */
function darkOf(image: Element): string | null {
  const source = image.closest("picture")?.querySelector("source[media*='dark']");
  const [address = ""] = (source?.getAttribute("srcset") ?? "").trim().split(/[\s,]/);
  return address !== "" && isSafeAddress(address) ? address : null;
}
