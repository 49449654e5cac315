/** User agents as they are seen in the wild, with what can be told of each. */
const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
const ipad = "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15"
const android = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
const tablet = "Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko)"
const linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"

export const bots: ReadonlyArray<string> = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  `${android} Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
  "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.3; +https://openai.com/gptbot)",
  "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
  "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
  "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)",
  "CCBot/2.0 (https://commoncrawl.org/faq/)",
  "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
  "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
  "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
  `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)`,
  "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
  "curl/8.10.1",
  "Wget/1.21.4",
  "python-requests/2.32.3",
  "python-httpx/0.27.2",
  "Python/3.12 aiohttp/3.10.5",
  "Go-http-client/2.0",
  "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
  "axios/1.7.7",
  "okhttp/4.12.0",
  "Java/21.0.4",
  "PostmanRuntime/7.42.0",
  `${linux} HeadlessChrome/141.0.0.0 Safari/537.36`,
  "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1",
  "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)"
]

/** A person's user agent, with the device and the browser that it names. */
export const people: ReadonlyArray<readonly [string, string, string]> = [
  [`${chrome} Chrome/141.0.0.0 Safari/537.36`, "desktop", "Chrome"],
  [`${linux} Chrome/141.0.0.0 Safari/537.36`, "desktop", "Chrome"],
  [`${chrome} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, "desktop", "Microsoft Edge"],
  [`${chrome} Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0`, "desktop", "Opera"],
  [`${chrome} Chrome/140.0.0.0 Safari/537.36 Vivaldi/7.6.3797.52`, "desktop", "Vivaldi"],
  [
    `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15`,
    "desktop",
    "Safari"
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0",
    "desktop",
    "Firefox"
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "desktop", "Firefox"],
  [
    "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
    "desktop",
    "Internet Explorer"
  ],
  [`${iphone} (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1`, "mobile", "Safari"],
  [
    `${iphone} (KHTML, like Gecko) CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`,
    "mobile",
    "Chrome"
  ],
  [`${iphone} (KHTML, like Gecko) FxiOS/143.0 Mobile/15E148 Safari/605.1.15`, "mobile", "Firefox"],
  [`${android} Chrome/141.0.0.0 Mobile Safari/537.36`, "mobile", "Chrome"],
  ["Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "mobile", "Firefox"],
  [
    `${android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    "mobile",
    "Samsung Internet for Android"
  ],
  [`${ipad} (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1`, "tablet", "Safari"],
  [`${tablet} Chrome/141.0.0.0 Safari/537.36`, "tablet", "Chrome"]
]
