/** esbuild gathers imported styles in webview.css. */
declare module '*.css';
