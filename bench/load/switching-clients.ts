import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Who switches what. */
export interface Switching {
  url: string;
  token: string;
  userId: string;
  /** Conversations `${prefix}0`, `${prefix}1`, … */
  prefix: string;
  conversations: number;
  /** Three or more: one that was not switched in the round before, because its client left, is switched in the next. */
  models: string[];
}

/** The request at a position: one conversation after the other, and in the next round to the next model. */
export const switchOf = ({ userId, prefix, conversations, models }: Switching, position: number) => ({
  action: 'switch',
  conversationId: `${prefix}${position % conversations}`,
  userId,
  modelId: models[Math.floor(position / conversations) % models.length],
  reason: 'bench',
});

/**
 * Clients that switch one conversation after the other, each waiting for its answer, with wrk: it needs little of the
 * core that it shares with PostgreSQL.
 */
export class SwitchingClients {
  private position = 0;

  constructor(
    private readonly switching: Switching,
    private readonly folder: string,
  ) {}

  /** @returns switches per second. @throws unless every answer says that it switched */
  async perSecond(clients: number, seconds: number): Promise<number> {
    const script = join(this.folder, 'switching.lua');
    writeFileSync(script, luaOf(this.switching, this.position));
    const args = ['-t1', `-c${clients}`, `-d${seconds}s`, '--timeout', '10s', '-s', script];
    const { stdout } = await promisify(execFile)('wrk', [...args, `${this.switching.url}/orchestrate`]);
    const [, sent, refused] = /sent (\d+), not switched (\d+)/.exec(stdout) ?? [];
    if (refused !== '0' || /Non-2xx|Socket errors/.test(stdout))
      throw new Error(`not all were switched: ${stdout}`);
    this.position = Number(sent);
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]);
  }
}

const luaOf = ({ token, userId, prefix, conversations, models }: Switching, position: number) => `
local threads = {}
local conversations = ${conversations}
local models = { ${models.map((id) => `'${id}'`).join(', ')} }
sent = ${position}
refused = 0
wrk.method = 'POST'
wrk.headers['content-type'] = 'application/json'
wrk.headers['authorization'] = 'Bearer ${token}'

function setup(thread) table.insert(threads, thread) end

function request()
  local conversation = '${prefix}' .. (sent % conversations)
  local model = models[math.floor(sent / conversations) % #models + 1]
  sent = sent + 1
  return wrk.format(nil, nil, nil, '{"action":"switch","conversationId":"' .. conversation ..
    '","userId":"${userId}","modelId":"' .. model .. '","reason":"bench"}')
end

function response(status, headers, body)
  if not body:find('"switched":true', 1, true) then refused = refused + 1 end
end

function done()
  for _, thread in ipairs(threads) do
    print('sent ' .. thread:get('sent') .. ', not switched ' .. thread:get('refused'))
  end
end
`;
