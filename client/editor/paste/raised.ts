const raised: { readonly [tag: string]: string } = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", sub: "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ" };

/** Raised or lowered figures have letters of their own: 10² must not become 102. Null for other text. */
export function raisedText(tag: string, text: string): string | null {
  const plain = "0123456789+-()n";
  if (!/^[\d+()n-]+$/.test(text)) return null;
  return Array.from(text, (sign) => raised[tag]?.[plain.indexOf(sign)] ?? sign).join("");
}
