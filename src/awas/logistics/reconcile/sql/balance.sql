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
  -- COUNT of a column leaves NULL out: stations in the register, and those of them whose voters are known
  COUNT(n.code) AS listed_count,
  COUNT(n.need) AS known_count,
  CAST(COALESCE(SUM(n.need), 0) AS BIGINT) AS need,
  CAST(SUM(CASE WHEN b.passed < n.need THEN 1 ELSE 0 END) AS BIGINT) AS short_count,
  CAST(SUM(CASE WHEN b.passed < n.need THEN n.need - b.passed ELSE 0 END) AS BIGINT) AS need_short,
  CAST(SUM(CASE WHEN b.passed > n.need THEN 1 ELSE 0 END) AS BIGINT) AS over_count,
  CAST(SUM(CASE WHEN b.passed > n.need THEN b.passed - n.need ELSE 0 END) AS BIGINT) AS need_over
FROM stage_rows b
-- ballots alone are needed by the voter list; other things keep their row, and no need
LEFT JOIN needs n ON n.code = b.station AND b.item = 'ballot'
GROUP BY b.district, b.item, b.ballot, b.dapil, b.stage
ORDER BY b.district, b.item, b.ballot, b.dapil, b.stage
