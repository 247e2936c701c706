// sigma reads these two names as soon as it is loaded. Where a browser has no WebGL at all they are
// missing, and the page would stay blank instead of showing its list. Must be imported first.
globalThis.WebGLRenderingContext ??= class {};
globalThis.WebGL2RenderingContext ??= class {};
