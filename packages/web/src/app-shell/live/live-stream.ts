import type { Notice } from "./live-keys.ts";

export type LiveHandlers = {
	/** Something happened; "all": too much to be told one by one. */
	onNotices: (notices: readonly Notice[] | "all") => void;
	/** Whether the server can be heard. */
	onConnected: (connected: boolean) => void;
	/** The server does not take the session any more. */
	onRefused: () => void;
};

const shortestWait = 2_000;
const longestWait = 30_000;
/** Three signs of life of the server. */
const longestSilence = 45_000;

function isNotice(value: unknown): value is Notice {
	return typeof value === "object" && value !== null && typeof Reflect.get(value, "type") === "string";
}

function readNotices(data: string): readonly Notice[] {
	const parsed: unknown = JSON.parse(data);
	return Array.isArray(parsed) ? parsed.filter(isNotice) : [];
}

/**
 * Listens to what happens while the page can be seen. A browser opens six connections to a server at most, so pages in
 * the background hold none: they are told what they missed when they come back.
 */
export function followEvents({ onNotices, onConnected, onRefused }: LiveHandlers): () => void {
	let source: EventSource | undefined;
	let last = "";
	let wait = shortestWait;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let silence: ReturnType<typeof setTimeout> | undefined;

	const heard = ({ lastEventId }: MessageEvent) => {
		last = lastEventId;
		wait = shortestWait;
		onConnected(true);
		// A machine that slept has connections that nobody ends.
		clearTimeout(silence);
		silence = setTimeout(onSilence, longestSilence);
	};
	const open = () => {
		clearTimeout(timer);
		if (source !== undefined || document.hidden) return;
		const opened = new EventSource(last === "" ? "/api/events" : `/api/events?after=${last}`);
		source = opened;
		opened.addEventListener("open", heard);
		opened.addEventListener("beat", heard);
		opened.addEventListener("changed", (event) => {
			heard(event);
			onNotices(readNotices(event.data));
		});
		opened.addEventListener("reset", (event) => {
			heard(event);
			onNotices("all");
		});
		opened.onerror = () => void failed(opened);
	};
	const close = () => {
		clearTimeout(timer);
		clearTimeout(silence);
		source?.close();
		source = undefined;
	};
	/** The browser tries again by itself where the connection broke; where the server answered with a refusal, we do. */
	const failed = async (broken: EventSource) => {
		if (broken !== source) return;
		onConnected(false);
		if (broken.readyState !== EventSource.CLOSED) return;
		close();
		timer = setTimeout(open, wait);
		wait = Math.min(wait * 2, longestWait);
		const session = await fetch("/api/session").catch(() => undefined);
		if (session?.status !== 401) return;
		close();
		onRefused();
	};
	const onSilence = () => {
		close();
		open();
	};
	const onOffline = () => {
		close();
		onConnected(false);
	};
	const onVisible = () => (document.hidden ? close() : open());
	document.addEventListener("visibilitychange", onVisible);
	window.addEventListener("online", open);
	window.addEventListener("offline", onOffline);
	open();
	return () => {
		document.removeEventListener("visibilitychange", onVisible);
		window.removeEventListener("online", open);
		window.removeEventListener("offline", onOffline);
		close();
	};
}
