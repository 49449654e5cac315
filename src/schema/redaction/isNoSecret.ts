/** Recognises what people write where a secret would stand: code, placeholders, a remark. */

/** `process.env.API_KEY`, `getToken()`, `${TOKEN}`, `$TOKEN`, `{{token}}`, `API_KEY`. */
const code = new RegExp(
  "^(?:\\.{0,2}/|[\\w$.]{1,60}\\(|[$%#@]?\\{|\\$[A-Z_(]+$|%\\w+%$|[A-Z]+(?:_[A-Z]+)+$" +
    "|(?:process|os|re[qs]|request|ctx|env|config|this|self|import|window|\\w+storage|deno|bun" +
    "|settings|secrets?|vars?|params|body|args|input|form|user|data|credentials|options|props" +
    "|state|app|c)\\.[\\w.]+$)"
)

/** `your_api_key_here`, `********`, `xxxx`, `<token>`. */
const placeholder = new RegExp(
  "^(?:(?:your|my|insert|enter|replace|put)[-_][a-z_-]+|[a-z_-]+[-_]here" +
    "|(?:[a-z]{2,6}[-_])+(?:x*|\\**)|[*•.x_-]+|<.*|\\.{3}.*)$",
  "i"
)

/** `8-64`, `30days`, `128k`, `v2.1`, `100%`. */
const amount = new RegExp(
  "^(?:[\\d.,+/%-]{0,6}\\D|\\d+[.,+/%-][\\d.,+/%-]{0,5}|v\\d[\\d.]*" +
    "|\\d+[-+]?(?:char\\w*|digits?|k|[kmg]?b|bits?|bytes?|days?|h|hours?|min\\w*|m?s|zeichen" +
    "|stellig\\w*|st|nd|rd|th|x|fa)\\+?)$",
  "i"
)

const algorithm = new RegExp(
  "^(?:base\\d\\d\\w*|sha-?\\d+|md5|[hrep]s\\d{3}|aes-?\\d.*|rsa-?\\d.*|ed25519|oauth-?2.*|utf-?8" +
    "|x\\.?509|argon2\\w*|pbkdf2.*|saml2|web3|hmac-.*|pkcs.*)$",
  "i"
)

const words = `
  null none undefined nil true false string str boolean bool required optional input text hidden
  value varchar any unknown object password bearer basic token secret key wrong invalid incorrect
  missing empty expired forgotten reset changed unchanged needed mandatory correct denied weak
  mismatch falsch ungültig vergessen abgelaufen erforderlich incorrecte? invalide oublié requis
  expirée? incorrecta inválida olvidada obligatoria caducada esquecida errada dimenticata errata
  scaduta richiesta vergeten verlopen verplicht onjuist glömt fel ogiltigt glemt forkert feil
  zapomniane błędne wymagane неверный забыт забыла? обязателен yanlış unuttum gerekli väärä
  unohtunut špatné elfelejtett`

const remark = new RegExp(`^(?:${words.trim().split(/\s+/).join("|")})$`, "i")

export const isNoSecret = (value: string, after: string): boolean =>
  code.test(value) ||
  placeholder.test(value) ||
  amount.test(value) ||
  algorithm.test(value) ||
  remark.test(value) ||
  /^[([]/.test(after)
