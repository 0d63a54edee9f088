import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Dictionary } from "./en/en.ts";

export type { Dictionary };

// Each language is a file of its own: a reader fetches the one that they read.
const dictionaries: Record<string, () => Promise<Dictionary>> = {
	en: async () => (await import("./en/en.ts")).en,
	ja: async () => (await import("./ja/ja.ts")).ja,
};

export const languages = [
	{ code: "en", name: "English" },
	{ code: "ja", name: "日本語" },
] as const;

const storageKey = "keifu-language";

function preferredLanguage(): string {
	const wanted = [localStorage.getItem(storageKey), ...navigator.languages];
	const known = wanted.map((code) => code?.slice(0, 2)).find((code) => languages.some((item) => item.code === code));
	return known ?? "en";
}

async function readTexts(code: string): Promise<Record<string, string>> {
	const read = dictionaries[code] ?? dictionaries.en;
	if (read === undefined) throw new Error(`no texts in ${code}`);
	return byName(await read());
}

/** The texts by their whole names, as they are asked for: no walk from part to part for each. */
function byName(texts: object, before = ""): Record<string, string> {
	const entries = Object.entries(texts).flatMap(([name, text]): [string, string][] => {
		return typeof text === "string" ? [[before + name, text]] : Object.entries(byName(text, `${before}${name}.`));
	});
	return Object.fromEntries(entries);
}

/** Starts the translations in the language chosen before, or else the browser's. */
export async function startI18n(): Promise<i18n> {
	const instance = createInstance();
	instance.on("languageChanged", (code) => {
		document.documentElement.lang = code;
	});
	const code = preferredLanguage();
	await instance.use(initReactI18next).init({
		lng: code,
		resources: { [code]: { translation: await readTexts(code) } },
		...{ keySeparator: false, nsSeparator: false, fallbackLng: false },
		interpolation: { escapeValue: false },
	});
	return instance;
}

/** Changes the language of the page and keeps the choice. */
export async function chooseLanguage(instance: i18n, code: string): Promise<void> {
	localStorage.setItem(storageKey, code);
	if (!instance.hasResourceBundle(code, "translation")) {
		instance.addResourceBundle(code, "translation", await readTexts(code));
	}
	await instance.changeLanguage(code);
}
