import type { FastifyHelmetOptions } from "@fastify/helmet";

/**
 * What browsers are told to forbid. Scripts come from here alone, as files; nothing else may run, whatever gets
 * into a page. Styles may stand in the page, too: the toasts and the dialogs' scroll lock put `<style>` elements
 * there at run time and take no nonce. No style is ever built from what somebody wrote. Trusted types are not
 * asked for: the editor parses pasted and drawn HTML with DOMParser, into documents in which nothing runs.
 */
export function securityHeaders(publicUrl: string | null): FastifyHelmetOptions {
  const isHttps = publicUrl?.startsWith("https:") ?? false;
  // 'self' covers a websocket to the same host in the browsers that we build for.
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "blob:", "data:"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        // The page's own <base> says under which path Plenum stands.
        baseUri: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps,
    referrerPolicy: { policy: "no-referrer" },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: "deny" },
  };
}
