import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { untilAnswered } from './until-answered.js';

/** Roles with rights on what this role was given rights on, that are neither it nor the owner. */
const FOREIGN = `
WITH ours AS (
  SELECT oid, relowner AS owner, relacl AS acl FROM pg_class WHERE relnamespace = to_regnamespace($1)
  UNION ALL SELECT oid, proowner, proacl FROM pg_proc WHERE pronamespace = to_regnamespace($1) AND prosecdef)
SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role,
  string_agg(DISTINCT privilege_type, ', ' ORDER BY privilege_type) AS rights, count(DISTINCT oid)::int AS objects
FROM ours, aclexplode(acl)
WHERE grantee <> owner AND grantee <> current_user::regrole
  AND EXISTS (SELECT FROM aclexplode(acl) own WHERE own.grantee = current_user::regrole)
GROUP BY 1 ORDER BY 1`;

/** Logs at boot which other roles may read or change our tables: such a role can forge keys, switches and erasures. */
@Injectable()
export class ForeignRights implements OnModuleInit {
  private readonly logger = new Logger('ForeignRights');

  constructor(private readonly db: DataSource) {}

  async onModuleInit(): Promise<void> {
    const { schema } = this.db.options as { schema: string };
    const found: { role: string; rights: string; objects: number }[] = await untilAnswered(() =>
      this.db.query(FOREIGN, [`"${schema}"`]),
    );
    for (const { role, rights, objects } of found)
      this.logger.warn(
        `the role ${role} has ${rights} on ${objects} tables or functions of this service: run npm run migrate, which revokes them`,
      );
  }
}
