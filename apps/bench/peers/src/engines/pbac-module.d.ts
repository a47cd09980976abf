/** pbac ships no types. */
declare module 'pbac' {
  class PBAC {
    constructor(policies: readonly unknown[], options?: object)
    evaluate(request: unknown): boolean
  }
  export = PBAC
}
