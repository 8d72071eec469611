/**
 * Quotes `q` that were given in advance and become the price of their model, unless another price is set before. A time
 * in the past is one that no process has applied yet.
 */
export const UPCOMING_PRICES = `
FROM model_price_quotes q JOIN bedrock_models m USING (model_id)
JOIN bedrock_model_prices p ON p.model_id = q.model_id AND p.valid_to IS NULL AND p.valid_from < q.valid_from
WHERE q.valid_from > q.imported_at
  AND (m.price_source = q.source OR m.price_source IS NULL AND m.input_price_per_1k IS NULL)
  AND (m.input_price_per_1k, m.output_price_per_1k, m.cache_read_price_per_1k, m.cache_write_price_per_1k,
      m.price_dimensions)
    IS DISTINCT FROM
    (q.input_price_per_1k, q.output_price_per_1k, q.cache_read_price_per_1k, q.cache_write_price_per_1k,
      q.price_dimensions)`;
