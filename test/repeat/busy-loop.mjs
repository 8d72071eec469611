// Keeps one core busy until the process that forked it is gone, for an hour at most.
const end = Date.now() + 3_600_000;
process.once('disconnect', () => process.exit());

function work() {
  const pause = Date.now() + 50;
  while (Date.now() < pause);
  if (Date.now() < end) setImmediate(work);
  else process.exit();
}
work();
