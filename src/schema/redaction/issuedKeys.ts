/** Keys and tokens, recognised by their issuer's prefix or by their place in a URL. */
import type { Recogniser } from "./Recogniser.ts"

const isMixed = /\d|[a-z][A-Z]/

/** Excludes words that are joined by dashes. */
const isRandom = (candidate: string): number =>
  (candidate.length > 80 && isMixed.test(candidate)) ||
  candidate.split(/[-_.]/).some((part) => part.length > 7 && isMixed.test(part))
    ? candidate.length
    : 0

/** A random part may contain dashes and underscores. */
const prefixes =
  "gh[pousr]_|github_pat_|gl[a-z]{2,6}-|xox[a-z]-|xapp-|[rsp]k_(?:live|test)_|whsec_|sk-|AIza" +
  "|ya29\\.|GOCSPX-|npm_|SG\\.|hf_|\\d{8,10}:AA|eyJ|sb_(?:secret|publishable)_|lin_(?:api|oauth)_" +
  "|do[opr]_v1_|shp[a-z]{2,3}_|pypi-|dckr_[a-z]{2,4}_|ATATT|figd_|gls[a-z]_|glc_|sntry[su]_" +
  "|lsv2_[a-z]{2}_|tvly-|pcsk_|hv[sb]\\.|PMAK-|sq0[a-z]{3}-"

/** Words begin in the same way, so the rest has to be one long run of letters and digits. */
const runs =
  "(?:xai-|pplx-|gsk_|sbp_|ntn_|secret_|nfp_|csk-|dapi|key-|vercel_)[a-zA-Z0-9]{32,200}" +
  "|r8_[a-zA-Z0-9]{30,60}|(?:SK|AC)[0-9a-f]{32}|A[KS]IA[A-Z0-9]{16}"

const discordToken = "[MNO][\\w-]{22,28}\\.[\\w-]{6}\\.[\\w-]{27,40}"

const parameters =
  "[\\w-]{0,24}(?:token|key|secret|signature|passw(?:or)?d|pwd)" +
  "|sig|auth|code|otp|jwt|sid|session(?:_?id)?"

/** Pages that a link with a code opens. */
const codePages =
  "reset|recover|forgot|verif|confirm|activat|invit|magic|unsubscribe|opt-?in|one-?time|token" +
  "|passw|passwor[dt]|kennwort|mot-de-passe|contrasena|senha"

/** Part of a path that a generator made rather than an author. */
export const isCode = (part: string): boolean =>
  part
    .split(/[-_.~=%]/)
    .some(
      (word) =>
        /^\d{6,}$/.test(word) ||
        (word.length > 4 && /\d/.test(word) && /[a-z]/i.test(word)) ||
        (word.length > 6 && /[a-z][A-Z].*[a-z][A-Z]|[A-Z]{2}[a-z]+[A-Z]/.test(word)) ||
        (word.length > 19 && /^[a-z]+$/i.test(word))
    )

export const keyAfter = (
  context: string,
  pattern: string,
  flags: string,
  extent?: Recogniser["extent"]
): Recogniser => ({
  label: "key",
  pattern: new RegExp(`(?<context>${context})${pattern}`, flags),
  ...(extent === undefined ? {} : { extent })
})

export const issuedKeys: ReadonlyArray<Recogniser> = [
  keyAfter(
    "",
    "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)",
    "g"
  ),
  keyAfter("(?<![\\w-])", `(?:${runs})(?![\\w-])`, "g", isRandom),
  keyAfter("(?<![\\w-])", `(?:${prefixes})(?:[\\w-]|\\.(?=[\\w-])){12,4096}`, "g", isRandom),
  keyAfter("(?<![\\w.-])", `${discordToken}(?![\\w-])`, "g", isRandom),
  keyAfter("hooks\\.slack\\.com/services/", "[\\w/]{20,80}", "g"),
  keyAfter("discord(?:app)?\\.com/api/(?:v\\d{1,2}/)?webhooks/\\d{15,20}/", "[\\w-]{40,100}", "g"),
  keyAfter("://", "[^\\s/@?#[\\]]{1,128}(?=@[\\w[])", "g"),
  keyAfter(`[?&](?:${parameters})=`, "[^&#\\s\"'<>[\\]]{1,1024}", "gi"),
  keyAfter(
    `(?<=://[^\\s"'<>?#]{1,256})/(?:[\\w-]{0,24}(?:${codePages})[\\w-]{0,24}/){1,3}`,
    "[^\\s\"'<>?#[\\]]{4,512}",
    "gi",
    (path) => (path.split("/").some(isCode) ? path.length : 0)
  ),
  keyAfter("(?<![a-z])(?:bearer|basic) {1,3}", "[\\w+/.~-]{11,4095}[\\w+/~=-]=?", "gi", (token) =>
    /\d|=$/.test(token) ? token.length : 0
  )
]
