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

/** White can be read on the shade of buttons (the eighth), and the lighter ones on dark grounds. */
const red: MantineColorsTuple = [
	"#ffc2bb",
	"#fbdedb",
	"#f6c6c1",
	"#ff9d94",
	"#ff8b80",
	"#d9483f",
	"#c22f27",
	"#b3261e",
	"#97201a",
	"#7c1a15",
];

/** Calm and dense: small type, tight controls, one accent. */
export const theme = createTheme({
	primaryColor: "pine",
	primaryShade: 7,
	colors: { pine, red },
	defaultRadius: "sm",
	fontFamily:
		'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", Meiryo, sans-serif',
	fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
	headings: {
		fontWeight: "600",
		sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "15px" }, h3: { fontSize: "13px" } },
	},
	fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
});
