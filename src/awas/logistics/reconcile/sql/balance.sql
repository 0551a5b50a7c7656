SELECT
  b.district,
  b.item,
  b.ballot,
  b.dapil,
  b.stage,
  COUNT(*) AS row_count,
  CAST(SUM(b.taken) AS BIGINT) AS taken,
  CAST(SUM(b.passed) AS BIGINT) AS passed,
  CAST(SUM(b.held) AS BIGINT) AS held,
  CAST(SUM(b.damaged) AS BIGINT) AS damaged,
  CAST(SUM(b.short) AS BIGINT) AS short,
  CAST(SUM(b.over) AS BIGINT) AS over_units,
  CAST(SUM(CASE WHEN b.taken + b.over = b.passed + b.held + b.damaged + b.short THEN 0 ELSE 1 END) AS BIGINT)
    AS unbalanced_rows,
  CAST(SUM(ABS(b.taken + b.over - b.passed - b.held - b.damaged - b.short)) AS BIGINT) AS unbalanced_units,
  CAST(SUM(CASE WHEN b.station <> '' THEN 1 ELSE 0 END) AS BIGINT) AS station_count,
  CAST(SUM(CASE WHEN b.item = 'ballot' AND b.station <> '' AND n.need IS NULL THEN 1 ELSE 0 END) AS BIGINT)
    AS unknown_count,
  CAST(SUM(CASE WHEN b.item = 'ballot' THEN COALESCE(n.need, 0) ELSE 0 END) AS BIGINT) AS need,
  CAST(SUM(CASE WHEN b.item = 'ballot' AND b.passed = n.need THEN 1 ELSE 0 END) AS BIGINT) AS complete_count,
  CAST(SUM(CASE WHEN b.item = 'ballot' AND b.passed < n.need THEN 1 ELSE 0 END) AS BIGINT) AS short_count,
  CAST(SUM(CASE WHEN b.item = 'ballot' AND b.passed < n.need THEN n.need - b.passed ELSE 0 END) AS BIGINT)
    AS need_short,
  CAST(SUM(CASE WHEN b.item = 'ballot' AND b.passed > n.need THEN 1 ELSE 0 END) AS BIGINT) AS over_count,
  CAST(SUM(CASE WHEN b.item = 'ballot' AND b.passed > n.need THEN b.passed - n.need ELSE 0 END) AS BIGINT)
    AS need_over
FROM stage_rows b
LEFT JOIN needs n ON n.code = b.station
GROUP BY b.district, b.item, b.ballot, b.dapil, b.stage
ORDER BY b.district, b.item, b.ballot, b.dapil, b.stage
