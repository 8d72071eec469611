import module from 'node:module';

/* To be preloaded with --import: stack traces name our sources. --enable-source-maps would read those of every package, too. */

interface SinceNode22 {
  setSourceMapsSupport?(enabled: boolean, which: { nodeModules: boolean }): void;
}

const { setSourceMapsSupport } = module as SinceNode22;
if (setSourceMapsSupport) setSourceMapsSupport(true, { nodeModules: false });
else process.setSourceMapsEnabled(true);
