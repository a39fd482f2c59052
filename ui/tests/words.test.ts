// The catalogues say everything, each in its own grammar, and never what a kiosk must not say.
import { describe, expect, it } from "vitest";
import { createFormats } from "../src/present/formats";
import { catalogueFor, catalogueTags } from "../src/words";
import type { Words } from "../src/words/words";
import { forbidden } from "./forbidden";
import { plain } from "./plain";

const languages = ["en", "es", "fr", "de", "pt", "it", "nl", "pl", "ca", "ja", "zh-Hans", "ar"];
const wordsIn = (tag: string): Words => catalogueFor(tag).words;
const en = wordsIn("en");

/** Every text, with samples for what it takes. */
function texts(part: unknown): string[] {
  if (typeof part === "string") return [part];
  if (typeof part === "function") return [part(1, "1", 1, "1"), part(2, "2", 2, "2")].map(String);
  if (part !== null && typeof part === "object") return Object.values(part).flatMap(texts);
  return [];
}

function textsOf(words: Words): string[] {
  return [...texts(words), words.charge("1", null), words.waiting(1, "1", null), words.waiting(2, "2", null)];
}

describe("the languages", () => {
  it("are all there", () => {
    expect([...catalogueTags].sort()).toEqual([...languages].sort());
  });

  describe.each(languages)("%s", (tag) => {
    const words = wordsIn(tag);

    it("has no empty message, and none that was left in English", () => {
      const said = textsOf(words);
      expect(said.length).toBe(textsOf(en).length);
      for (const text of said) expect(text.trim()).not.toBe("");
      const asInEnglish = said.filter((text, index) => /\p{L}{4}/u.test(text) && text === textsOf(en)[index]);
      expect(tag === "en" ? [] : asInEnglish).toEqual([]);
    });

    it("gives each verdict a headline of its own, short enough to be read from afar", () => {
      const headlines = [...Object.values(words.headline), words.nothingChanged, words.outOfOrder.headline, words.closed.headline];
      expect(new Set(headlines).size).toBe(headlines.length);
      for (const headline of headlines) {
        expect(headline.split(/\s+/).length, headline).toBeLessThanOrEqual(3);
        expect(headline.length, headline).toBeLessThanOrEqual(22);
      }
    });

    it("never speaks of access, nor of something denied", () => {
      const never = forbidden[tag];
      if (never === undefined) throw new Error(`no list for ${tag}`);
      expect(textsOf(words).filter((text) => never.test(text))).toEqual([]);
    });

    it("ends each sentence once", () => {
      const end = /[.。]\p{Cf}*$/u;
      expect(words.sentence("Ada")).toMatch(end);
      for (const ended of ["Ada!", "Ada。", "آدا؟", "Ada.\u2069"]) expect(words.sentence(ended)).toBe(ended);
    });

    it("isolates a name, so that it cannot turn the sentence around", () => {
      expect(words.charge("יום", null)).toContain("\u2068יום\u2069");
      expect(words.checkedInAt("09:40")).toContain("\u206809:40\u2069");
    });
  });

  it("are not caught asleep: each list knows what it looks for", () => {
    const samples = [
      "Access denied", "Acceso denegado", "Accès refusé", "Zutritt verweigert", "Acesso negado", "Accesso negato",
      "Toegang geweigerd", "Odmowa dostępu", "Accés denegat", "アクセス拒否", "拒绝访问", "تم رفض الدخول",
    ];
    for (const [index, tag] of languages.entries()) expect(samples[index]).toMatch(forbidden[tag] ?? /$^/);
  });
});

describe("counts", () => {
  const counted = (tag: string, say: (words: Words, count: number, shown: string) => string): string[] => {
    const { words, locale } = catalogueFor(tag);
    const formats = createFormats(locale, "UTC", words);
    return [0, 1, 2, 5, 11, 100].map((count) => plain(say(words, count, formats.count(count))));
  };

  it("follow English", () => {
    expect(counted("en", (words, count, shown) => words.passesLeft(count, shown))).toEqual([
      "No passes left", "1 pass left", "2 passes left", "5 passes left", "11 passes left", "100 passes left",
    ]);
    expect(plain(en.waiting(1, "1", null))).toBe("1 tap waiting");
    expect(plain(en.waiting(2, "2", "09:14"))).toBe("2 taps waiting since 09:14");
    expect(plain(en.needsStaff(1, "1"))).toBe("1 tap needs staff");
    expect(plain(en.needsStaff(3, "3"))).toBe("3 taps need staff");
  });

  it("follow Polish", () => {
    expect(counted("pl", (words, count, shown) => words.waiting(count, shown, null))).toEqual([
      "0 wpisów czeka", "1 wpis czeka", "2 wpisy czekają", "5 wpisów czeka", "11 wpisów czeka", "100 wpisów czeka",
    ]);
    expect(counted("pl", (words, count, shown) => words.passesLeft(count, shown))).toEqual([
      "Nie ma już wejściówek", "Pozostała 1 wejściówka", "Pozostały 2 wejściówki", "Pozostało 5 wejściówek",
      "Pozostało 11 wejściówek", "Pozostało 100 wejściówek",
    ]);
  });

  it("follow Arabic, in the digits of the region", () => {
    expect(counted("ar-EG", (words, count, shown) => words.present(count, shown))).toEqual([
      "لا أحد هنا الآن", "شخص واحد هنا الآن", "شخصان هنا الآن", "٥ أشخاص هنا الآن", "١١ شخصًا هنا الآن", "١٠٠ شخص هنا الآن",
    ]);
    expect(counted("ar-EG", (words, count, shown) => words.duration.minutes(count, shown))).toEqual([
      "٠ دقيقة", "دقيقة واحدة", "دقيقتان", "٥ دقائق", "١١ دقيقة", "١٠٠ دقيقة",
    ]);
  });
});

describe("times and durations", () => {
  const at = (tag: string): string[] => {
    const { words, locale } = catalogueFor(tag);
    const formats = createFormats(locale, "Europe/Madrid", words);
    const evening = new Date("2026-03-05T17:05:00Z");
    return [formats.moment(evening.toISOString(), evening), formats.date(evening), formats.duration(50), formats.duration(80)].map(plain);
  };

  it.each([
    ["en", "18:05", "Thursday 5 March", "50 min", "1 h 20 min"],
    ["en-US", "06:05 PM", "Thursday, March 5", "50 min", "1 h 20 min"],
    ["es", "18:05", "jueves, 5 de marzo", "50 min", "1 h 20 min"],
    ["fr", "18:05", "jeudi 5 mars", "50 min", "1 h 20 min"],
    ["de", "18:05", "Donnerstag, 5. März", "50 Min.", "1 Std. 20 Min."],
    ["pt", "18:05", "quinta-feira, 5 de março", "50 min", "1 h 20 min"],
    ["it", "18:05", "giovedì 5 marzo", "50 min", "1 h 20 min"],
    ["nl", "18:05", "donderdag 5 maart", "50 min", "1 uur 20 min"],
    ["pl", "18:05", "czwartek, 5 marca", "50 min", "1 godz. 20 min"],
    ["ca", "18:05", "dijous, 5 de març", "50 min", "1 h 20 min"],
    ["ja", "18:05", "3月5日木曜日", "50 分", "1 時間 20 分"],
    ["zh-Hans", "18:05", "3月5日星期四", "50 分钟", "1 小时 20 分钟"],
    ["ar-EG", "٠٦:٠٥ م", "الخميس، ٥ مارس", "٥٠ دقيقة", "ساعة و٢٠ دقيقة"],
  ])("are those of %s", (tag, time, date, minutes, hours) => {
    const [said, ...rest] = at(tag);
    expect(said).toBe(time);
    // The comma after a weekday comes and goes with the version of the system's language data.
    expect([(rest[0] ?? "").replace(",", ""), ...rest.slice(1)]).toEqual([date.replace(",", ""), minutes, hours]);
  });
});

describe("catalogueFor", () => {
  it("keeps the region that was asked for", () => {
    expect(catalogueFor("en-US")).toMatchObject({ language: "en-US", locale: "en-US", direction: "ltr" });
    expect(catalogueFor("en")).toMatchObject({ language: "en", locale: "en-GB" });
    expect(catalogueFor("de-AT")).toMatchObject({ language: "de-AT", locale: "de-AT" });
    expect(catalogueFor("de-AT").words.headline.checked_in).toBe("Hallo!");
  });

  it("writes from right to left where the language does", () => {
    for (const tag of languages) expect(catalogueFor(tag).direction).toBe(tag === "ar" ? "rtl" : "ltr");
    expect(catalogueFor("ar-EG").direction).toBe("rtl");
  });

  it("knows simplified Chinese by its script or region, and does not pass it off as traditional", () => {
    for (const tag of ["zh", "zh-CN", "zh-SG", "zh-Hans", "zh-Hans-HK"]) {
      expect(catalogueFor(tag).words.headline.checked_in, tag).toBe("欢迎");
    }
    for (const tag of ["zh-TW", "zh-Hant"]) expect(catalogueFor(tag), tag).toMatchObject({ words: en, language: "en" });
  });

  it("speaks English, and says so, where a language has no catalogue or no sense", () => {
    for (const tag of ["sv-SE", "he", "", "not a tag"]) {
      expect(catalogueFor(tag)).toMatchObject({ words: en, language: "en", direction: "ltr" });
    }
  });
});
