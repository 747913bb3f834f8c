import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** What a webview of the inspector may load: nothing but the bundle. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
}

/** The page of the inspector. Scripts need the nonce; styles and the icon font come from the bundle, all else is refused. */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const bundled = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', file)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource} 'unsafe-inline'; font-src ${webview.cspSource};">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${bundled('webview.css')}" id="vscode-codicon-stylesheet">
  <title>Normscope</title>
</head>
<body>
  <normscope-app></normscope-app>
  <script type="module" nonce="${nonce}" src="${bundled('webview.js')}"></script>
</body>
</html>`;
}
