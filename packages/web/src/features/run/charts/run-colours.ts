/** Ten colours that tell lines apart on light and on dark. */
const colours = [
	"#2a8f70",
	"#3f7fd6",
	"#d1741c",
	"#b04fc0",
	"#c9453b",
	"#7a8b1f",
	"#1f98a8",
	"#d2578d",
	"#8a6fd8",
	"#8c7355",
];

/** The colour of the run at this place of a comparison. */
export function colourOf(index: number): string {
	return colours[index % colours.length] ?? "#2a8f70";
}
