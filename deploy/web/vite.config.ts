// SPDX-License-Identifier: Apache-2.0
/// <reference types="vitest/config" />
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  resolve: {
    alias: [
      { find: /^react$/, replacement: "preact/compat" },
      { find: /^react-dom$/, replacement: "preact/compat" },
      { find: "react/jsx-runtime", replacement: "preact/jsx-runtime" },
    ],
  },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  experimental: {
    // The node puts its own path into the page; what loads more finds it beside
    // itself. So the same build works below any path of a site.
    renderBuiltUrl: (name, { hostType }) =>
      hostType === "html" ? `{{BASE_PATH}}/${name}` : { relative: true },
  },
  build: {
    outDir: "../../build/web",
    // Which the node lets browsers keep: every name in it has a hash.
    assetsDir: "immutable",
    emptyOutDir: true,
    target: "es2022",
    // A policy without `unsafe-inline` lets nothing in that is not a file.
    assetsInlineLimit: 0,
    // One style sheet for all: a part that is fetched later cannot come without its own.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  // A test looks at the colours, and one at what the node says.
  test: { css: true },
  server: { fs: { allow: ["../.."] } },
});
