/** Makes elements without HTML, which a page with Trusted Types refuses. */

type Tag = keyof HTMLElementTagNameMap

export const make = <T extends Tag>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]>,
  ...children: ReadonlyArray<Node | string>
): HTMLElementTagNameMap[T] => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const drawn = (name: string, attribute: string, value: string): Element => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name)
  element.setAttribute(attribute, value)
  return element
}

/** A thumb that points up. */
export const thumb = (): Element => {
  const svg = drawn("svg", "viewBox", "0 0 24 24")
  svg.append(drawn("path", "d", "M7 21V10l4-8c2 0 3 1 3 3l-1 5h8l-2 11zM3 10h1v11H3z"))
  return svg
}
