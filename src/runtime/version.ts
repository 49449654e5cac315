/** The product's version, as the e-mail shows it; a test holds it to package.json. */
export const version = "0.1.0"
