const browsers = [
	{ name: "Edge", pattern: /\bEdg(?:e|A|iOS)?\// },
	{ name: "Opera", pattern: /\b(?:OPR|Opera)\// },
	{ name: "Firefox", pattern: /\b(?:Firefox|FxiOS)\// },
	{ name: "Chrome", pattern: /\b(?:Chrome|HeadlessChrome|CriOS)\// },
	{ name: "Safari", pattern: /\bSafari\// },
] as const;

const systems = [
	{ name: "iPhone", pattern: /\biPhone\b/ },
	{ name: "iPad", pattern: /\biPad\b/ },
	{ name: "Android", pattern: /\bAndroid\b/ },
	{ name: "Windows", pattern: /\bWindows\b/ },
	{ name: "macOS", pattern: /\bMac OS X\b/ },
	{ name: "ChromeOS", pattern: /\bCrOS\b/ },
	{ name: "Linux", pattern: /\bLinux\b/ },
] as const;

/** What a browser calls itself, in the words that people know it by; each null where it is none of the usual ones. */
export function readUserAgent(text: string): { browser: string | null; system: string | null } {
	return {
		browser: browsers.find(({ pattern }) => pattern.test(text))?.name ?? null,
		system: systems.find(({ pattern }) => pattern.test(text))?.name ?? null,
	};
}
