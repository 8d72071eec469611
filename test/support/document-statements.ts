/** Every statement that reads in the source document, letter by letter. Nothing in here may be edited. */
export const DOCUMENT_STATEMENTS = {
  switchesToday: `SELECT
  new_model_id,
  COUNT(*) as switches,
  switch_type
FROM bedrock_model_switches
WHERE DATE(timestamp) = CURRENT_DATE
GROUP BY new_model_id, switch_type
ORDER BY switches DESC;`,

  recentSwitches: `-- Recent model switches
SELECT
  user_id,
  new_model_id,
  switch_type,
  reason,
  timestamp
FROM bedrock_model_switches
ORDER BY timestamp DESC
LIMIT 20;`,

  switchesByModel: `-- Switches by model (last 7 days)
SELECT
  new_model_id,
  COUNT(*) as total_switches,
  COUNT(*) FILTER (WHERE switch_type = 'auto') as auto_switches,
  COUNT(*) FILTER (WHERE switch_type = 'manual') as manual_switches
FROM bedrock_model_switches
WHERE timestamp > NOW() - INTERVAL '7 days'
GROUP BY new_model_id
ORDER BY total_switches DESC;`,

  costImpact: `-- Estimated cost impact of switching
SELECT
  user_id,
  previous_model_id,
  new_model_id,
  COUNT(*) as switches,
  SUM(COALESCE(cost_impact_estimated, 0)) as total_estimated_savings
FROM bedrock_model_switches
WHERE timestamp > NOW() - INTERVAL '30 days'
GROUP BY user_id, previous_model_id, new_model_id
ORDER BY total_estimated_savings DESC;`,

  userPreferences: `-- View of user model preferences (last 30 days)
SELECT * FROM user_model_preferences
ORDER BY selection_count DESC;`,

  topAdoptedModels: `-- Top adopted models
SELECT
  preferred_model_id,
  COUNT(DISTINCT user_id) as users,
  AVG(auto_adoption_percentage) as avg_auto_adoption
FROM user_model_preferences
GROUP BY preferred_model_id
ORDER BY users DESC;`,

  availableModels: `SELECT * FROM bedrock_models WHERE is_available = true;`,
} as const;
