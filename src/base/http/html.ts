declare const html: unique symbol

/** Markup that may stand in a page as it is. Made by includes, layouts and the few functions of base that draw. */
export type Html = string & { readonly [html]: true }

/** Text as markup: what a person typed can neither open a tag nor leave an attribute. A missing value is a fault. */
export function escaped(value: unknown): Html {
  if (value === undefined || value === null) throw new Error('a value is missing in a page')
  return String(value).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`) as Html
}
