/** Copies a text. Servers on a plain-http address get no clipboard API from the browser: there a selection is copied the old way. */
export async function copyText(text: string): Promise<void> {
	if (window.isSecureContext) {
		await navigator.clipboard.writeText(text);
		return;
	}
	const area = document.createElement("textarea");
	area.value = text;
	area.style.position = "fixed";
	area.style.opacity = "0";
	document.body.append(area);
	area.select();
	document.execCommand("copy");
	area.remove();
}
