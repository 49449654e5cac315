/** The package has no types. It caches parsed templates by their text. */
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
