// Preloaded into a server that a launcher started: npm passes no SIGKILL on, so a server whose launcher was killed
// would stay behind, holding the data folder. It drains instead.
const launcher = process.ppid;
const watch = setInterval(() => {
	if (process.ppid === launcher) return;
	clearInterval(watch);
	process.kill(process.pid, "SIGTERM");
}, 1_000);
watch.unref();
