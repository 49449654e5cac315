/** The product's version, as the e-mail shows it; a test compares it with package.json. */
export const version = "0.1.0"
