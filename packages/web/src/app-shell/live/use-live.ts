import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { viewerQuery } from "../viewer.queries.ts";
import { setConnectionLost } from "./connection.ts";
import { type Notice, staleAfter } from "./live-keys.ts";
import { followEvents } from "./live-stream.ts";

/** What happens in a row is looked at once. */
const gatherMilliseconds = 200;
/** A busy project does not keep its pages reading all the time. */
const restMilliseconds = 1_500;
/** A connection that comes back at once was never missed. */
const lostAfterMilliseconds = 3_000;

/** Reads again what the server says has changed: what is on the page at once, and in place; the rest when it is opened. */
function createRefresher(client: QueryClient) {
	let waiting: Notice[] | "all" = [];
	let timer: ReturnType<typeof setTimeout> | undefined;
	let notBefore = 0;
	const flush = () => {
		timer = undefined;
		const notices = waiting;
		waiting = [];
		notBefore = performance.now() + restMilliseconds;
		void client.invalidateQueries({ predicate: staleAfter(notices) }, { cancelRefetch: false });
	};
	return {
		add(notices: readonly Notice[] | "all") {
			waiting = notices === "all" || waiting === "all" ? "all" : [...waiting, ...notices];
			timer ??= setTimeout(flush, Math.max(gatherMilliseconds, notBefore - performance.now()));
		},
		stop: () => clearTimeout(timer),
	};
}

/** Keeps what the app shows current, as long as somebody is signed in. */
export function useLive(): void {
	const client = useQueryClient();
	const router = useRouter();
	const { data: viewer } = useQuery(viewerQuery);
	const id = viewer?.id;
	useEffect(() => {
		if (id === undefined) return;
		const refresher = createRefresher(client);
		let lost: ReturnType<typeof setTimeout> | undefined;
		const onConnected = (connected: boolean) => {
			if (!connected) {
				lost ??= setTimeout(() => setConnectionLost(true), lostAfterMilliseconds);
				return;
			}
			if (lost !== undefined) {
				// What failed meanwhile is asked again, on the page that says so too.
				void client.invalidateQueries({ predicate: ({ state }) => state.status === "error" });
				void router.invalidate({ filter: ({ status }) => status === "error" });
			}
			clearTimeout(lost);
			lost = undefined;
			setConnectionLost(false);
		};
		const stop = followEvents({
			onNotices: refresher.add,
			onConnected,
			onRefused: () => void client.invalidateQueries({ queryKey: viewerQuery.queryKey }),
		});
		return () => {
			stop();
			refresher.stop();
			clearTimeout(lost);
			setConnectionLost(false);
		};
	}, [id, client, router]);
}
