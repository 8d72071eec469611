/** Settings: PORT; CALLBACK_URLS, separated by commas; LOGOUT_URL. */
async function run(environment: Record<string, string | undefined>): Promise<void> {
  if (environment.NODE_ENV === 'production')
    throw new Error('This identity provider has no passwords: it does not run with NODE_ENV=production.');
  const callbacks = (environment.CALLBACK_URLS ?? '').split(',').filter((url) => url !== '');
  // The library warns that this is for development, on each start.
  console.warn = () => undefined;
  const { IdentityProvider } = await import('./identity-provider.js');
  const provider = await IdentityProvider.start(callbacks, {
    port: Number(environment.PORT ?? 0),
    logoutUrl: environment.LOGOUT_URL,
  });
  process.stdout.write(`Identity provider on ${provider.issuer}: anyone signs in without a password\n`);
  // A parent process asked for a free port and needs its address.
  process.send?.({ issuer: provider.issuer });
  const leave = () => void provider.close().finally(() => process.exit(0));
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, leave);
}

try {
  // biome-ignore lint/style/noProcessEnv: a tool for development; the service's configuration is not its own.
  await run(process.env);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
