/** Keys, tokens and passwords, recognised by their issuer's prefix or by the word before. */
import type { Recogniser } from "./Recogniser.ts"

/** Excludes words joined by dashes. */
const isRandom = (candidate: string): number =>
  /\d|[a-z][A-Z]/.test(candidate) ? candidate.length : 0

/** A "." stands for a blank. */
const words = `
  pass(?:word|wd|phrase|code|wort) pwd kennwort mot.de.passe contrase[nñ]a clave senha wachtwoord
  lösenord(?:et)? hasło пароль 密[码碼] パスワード şifre parola salasana adgangskode pin
  (?:api|access|account|secret|private|auth|signing)[\\W_]?(?:access[\\W_]?)?key secret token
  authorization`
  .trim()
  .split(/\s+/)
  .join("|")

const told = "(?:is|ist|lautet|är|est|es|é|è|on|jest|var|was|war)"
const isToldHere = new RegExp(`(?: ${told}|[是は]) ?["'“]?$`, "i")

const isSchemeAlone = /^(?:bearer|basic|token)$/i
/** Excludes words of prose. */
const isMixed = /\d|[a-z][A-Z]|[!#$%^&*_+=~@]/
/** The clause ends after the word. */
const isLast = /^\s*(?:$|[\n.,;)])/

/** The weaker the announcement of a secret, the more it has to look like one. */
const assignedExtent = (value: string, before: string, after: string): number => {
  const [, sign = "", quote = ""] =
    /([:=]?)( ?["'“]?(?:(?:bearer|basic|token) )?)$/i.exec(before) ?? []
  if (isSchemeAlone.test(value)) return 0
  const isQuoted = /["'“]/.test(quote)
  const isSecret =
    sign === "="
      ? quote === "" || isQuoted || isMixed.test(value)
      : sign === ":"
        ? isQuoted || isMixed.test(value) || (value.length > 3 && isLast.test(after))
        : isToldHere.test(before)
          ? isQuoted || (isMixed.test(value) && value.length > 3)
          : /[a-zа-я]\d|\d[a-zа-я]/i.test(value) && value.length > 5
  return isSecret ? value.length : 0
}

const prefixes =
  "gh[pousr]_|github_pat_|glpat-|xox[a-z]-|[rsp]k_(?:live|test)_|whsec_|sk-|AIza|ya29\\.|GOCSPX-" +
  "|npm_|SG\\.|hf_|\\d{8,10}:AA|eyJ"

const parameters =
  "[\\w-]{0,24}(?:token|key|secret|signature|passw(?:or)?d|pwd)" +
  "|sig|auth|code|jwt|sid|session(?:_?id)?"

const value = "[^\\s\"'“”<>,;&[\\]\\u3000-\\uffff"

const key = (context: string, pattern: string, flags: string, extent?: Recogniser["extent"]) => ({
  label: "key" as const,
  pattern: new RegExp(`(?<context>${context})${pattern}`, flags),
  ...(extent === undefined ? {} : { extent })
})

export const secrets: ReadonlyArray<Recogniser> = [
  key(
    "",
    "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)",
    "g"
  ),
  key("(?<![\\w-])", "A[KS]IA[A-Z0-9]{16}", "g"),
  key("(?<![\\w-])", `(?:${prefixes})(?:[\\w-]|\\.(?=[\\w-])){12,4096}`, "g", isRandom),
  key("hooks\\.slack\\.com/services/", "[\\w/]{20,80}", "g"),
  key("://", "[^\\s/@?#[\\]]{1,128}(?=@[\\w[])", "g"),
  key(`[?&](?:${parameters})=`, "[^&#\\s\"'<>[\\]]{1,1024}", "gi"),
  key("(?<![a-z])(?:bearer|basic) {1,3}", "[\\w+/.~-]{11,4095}[\\w+/~=-]=?", "gi", (token) =>
    /\d|=$/.test(token) ? token.length : 0
  ),
  key(
    `(?<![a-zà-ÿ])(?:${words})(?![\\wà-ÿ-])["']?` +
      `(?: {0,2}[:=]{1,2} {0,2}| ${told} | |[是は] ?)["'“]?(?:(?:bearer|basic|token) )?`,
    `${value}]{1,127}${value}:.?)]`,
    "gi",
    assignedExtent
  )
]
