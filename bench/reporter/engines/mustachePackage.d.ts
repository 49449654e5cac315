/** The package has no types of its own; it keeps what it has parsed by the text of the template. */
declare module "mustache" {
  const mustache: {
    readonly render: (
      template: string,
      view: object,
      partials: Readonly<Record<string, string>>
    ) => string
  }
  export default mustache
}
