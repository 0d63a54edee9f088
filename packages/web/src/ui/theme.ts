import { createTheme, type MantineColorsTuple } from "@mantine/core";

const pine: MantineColorsTuple = [
	"#eaf7f2",
	"#d5ece4",
	"#abdac9",
	"#7cc6ac",
	"#55b594",
	"#3ba684",
	"#2a8f70",
	"#1f7a60",
	"#1a6a54",
	"#125443",
];

const red: MantineColorsTuple = [
	"#fdecea",
	"#f9d2ce",
	"#f2a9a2",
	"#ff8b80",
	"#e0655b",
	"#d0463b",
	"#c2362c",
	"#b3261e",
	"#9a1f18",
	"#7d1812",
];

/** Grounds, lines and texts of the dark scheme, as the components from outside number them; the same as in tokens.css. */
const night: MantineColorsTuple = [
	"#e5eae7",
	"#b9c3be",
	"#9ca8a2",
	"#6b7670",
	"#434c47",
	"#29302c",
	"#1d2220",
	"#161a18",
	"#0f1211",
	"#0a0c0b",
];

/** Calm and dense: small type, tight controls, one accent. */
export const theme = createTheme({
	primaryColor: "pine",
	primaryShade: 7,
	colors: { pine, red, dark: night },
	defaultRadius: "sm",
	fontFamily:
		'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", Meiryo, sans-serif',
	fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
	headings: {
		fontWeight: "600",
		sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "15px" }, h3: { fontSize: "13px" } },
	},
	// What was chosen from is gone at once: it must not lie beneath the dialog that it opened. Named only: the components
	// themselves are fetched with the pages that show them.
	components: {
		Menu: { defaultProps: { transitionProps: { duration: 0 } } },
		Popover: { defaultProps: { transitionProps: { duration: 0 } } },
	},
	fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
});
