/** Colours and writing direction come from the page, and a strict policy admits such a sheet. */
export const style = `:host{display:block}
:host(:not([token])),[hidden]{display:none}
button,select,textarea{min-height:2.75rem;border:1px solid;border-radius:.5em;
background:none;color:inherit;font:inherit}
button{min-width:2.75rem}
button+button{margin-inline-start:.5em}
svg{width:1.25em;fill:none;stroke:currentColor;stroke-width:2}
[aria-pressed=true] svg{fill:currentColor}
button+button svg{transform:rotate(180deg)}
form,label{display:grid;margin:.5em 0}
option{background:Canvas;color:CanvasText}
:focus-visible{outline:3px solid}`
