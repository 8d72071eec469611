/** `MeasuredUsage` of a row `s` of `use_case_usage`. */
export const MEASURED_USAGE = `json_build_object('exchanges', s.exchanges,
  'inputTokens', round(s.input_tokens::numeric / s.exchanges, 9), 'outputTokens', round(s.output_tokens::numeric / s.exchanges, 9),
  'cacheReadTokens', round(s.cache_read_tokens::numeric / s.exchanges, 9),
  'cacheWriteTokens', round(s.cache_write_tokens::numeric / s.exchanges, 9), 'medianExchanges', s.median_exchanges,
  'days', least(30, greatest(1.0 / 24, coalesce(extract(epoch FROM s.measured_at - s.measured_since) / 86400, 30))))`;
