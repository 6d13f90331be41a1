import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The browser's program: `client/` becomes `dist/client/`. Addresses in it are relative to the `<base>` of
 * index.html, so the server can place it under any path by changing that one element.
 */
export default defineConfig({
  root: "client",
  base: "./",
  plugins: [react()],
  css: { transformer: "lightningcss" },
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    cssMinify: "lightningcss",
    // Fonts as data: addresses would be loaded by everyone and refused by the content security policy.
    assetsInlineLimit: 0,
    // The room is one large piece on purpose: all of it is needed to show a page.
    chunkSizeWarningLimit: 700,
  },
});
