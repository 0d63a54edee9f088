/** Has the browser keep what is at an address; without a name, under the one that the server gives it. */
export function download(address: string, name = ""): void {
	const link = document.createElement("a");
	link.href = address;
	link.download = name;
	link.click();
}

/** Has the browser keep what the page itself made. */
export function saveFile(content: Blob, name: string): void {
	const address = URL.createObjectURL(content);
	download(address, name);
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
