import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { BudgetsService } from '#libs/budgets/budgets.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequireScope } from '../http/authorization.js';
import {
  BudgetChangePage,
  BudgetChangesQuery,
  BudgetPage,
  BudgetPath,
  BudgetView,
  SetBudget,
  SubjectQuery,
  toBudgetChangeView,
  toBudgetView,
  toSubject,
} from './budgets.schemas.js';

/** Routes for limits of spend. A budget has no name: its subject and its period identify it. */
@ApiTags('budgets')
@Controller('v1/budgets')
export class BudgetsController {
  constructor(private readonly budgets: BudgetsService) {}

  @Get()
  @RequireScope('read', 'operate')
  @ApiOperation({
    summary: 'List budgets',
    description: 'Each budget has its spend of the present day or month. A budget warns, and blocks nothing.',
  })
  @ApiResult(200, BudgetPage, 'The budgets: of all calls, of use cases, of keys, of users')
  async listBudgets() {
    return { items: (await this.budgets.list()).map(toBudgetView), nextCursor: null };
  }

  @Put(':period')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Set the limit of a budget',
    description:
      'The query names the use case, the key or the user of the budget; without one it counts every call. Operators are notified when the spend reaches 50, 80 and 100 % of the limit, each once in a period. Another limit warns separately. Nothing is blocked.',
  })
  @ApiResult(200, BudgetView, 'The budget with its spend')
  @ApiProblems(409)
  async setBudget(
    @Param({ schema: BudgetPath }) { period }: BudgetPath,
    @Query({ schema: SubjectQuery }) query: SubjectQuery,
    @Body({ schema: SetBudget }) { limitUsd }: SetBudget,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toBudgetView(await this.budgets.save(toSubject(query), period, limitUsd, principal));
  }

  @Delete(':period')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Delete a budget',
    description:
      'The query names the use case, the key or the user of the budget; without one it is the budget of every call.',
  })
  @ApiResult(200, BudgetView, 'The deleted budget')
  @ApiProblems(404)
  async deleteBudget(
    @Param({ schema: BudgetPath }) { period }: BudgetPath,
    @Query({ schema: SubjectQuery }) query: SubjectQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toBudgetView(await this.budgets.remove(toSubject(query), period, principal));
  }

  @Get('changes')
  @RequireScope('audit', 'operate')
  @ApiOperation({
    summary: 'List changes of budgets',
    description:
      'Newest first. Each change has its actor and the row before and after it, without the user of a budget.',
  })
  @ApiResult(200, BudgetChangePage, 'A page of changes')
  async listBudgetChanges(
    @Query({ schema: BudgetChangesQuery }) { limit, cursor, budgetId }: BudgetChangesQuery,
  ) {
    const { items, next } = await this.budgets.changes(budgetId, limit, cursor);
    return { items: items.map(toBudgetChangeView), nextCursor: next ? String(next.id) : null };
  }
}
