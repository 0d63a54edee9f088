import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en.json" with { type: "json" };
import ja from "./ja.json" with { type: "json" };

export type Dictionary = typeof en;

// A text missing in one language, or left over in it, fails the type check.
const dictionaries = { en: { translation: en satisfies typeof ja }, ja: { translation: ja satisfies Dictionary } };

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

/** Starts the translations in the language chosen before, or else the browser's. */
export async function startI18n(): Promise<i18n> {
	const instance = createInstance();
	instance.on("languageChanged", (code) => {
		document.documentElement.lang = code;
	});
	await instance.use(initReactI18next).init({
		lng: preferredLanguage(),
		fallbackLng: "en",
		resources: dictionaries,
		interpolation: { escapeValue: false },
	});
	return instance;
}

/** Changes the language of the page and keeps the choice. */
export async function chooseLanguage(instance: i18n, code: string): Promise<void> {
	localStorage.setItem(storageKey, code);
	await instance.changeLanguage(code);
}
