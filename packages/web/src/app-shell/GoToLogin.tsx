import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

/** Leads to the sign-in page, which leads back here. Goes once: the address changes while this is still on the page. */
export function GoToLogin(): ReactNode {
	const router = useRouter();
	useEffect(() => {
		const { pathname, href } = router.history.location;
		if (pathname !== "/login") void router.navigate({ to: "/login", search: { next: href }, replace: true });
	}, [router]);
	return null;
}
