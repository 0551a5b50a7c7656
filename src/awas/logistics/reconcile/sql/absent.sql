SELECT e.district, e.ballot, COUNT(*) AS absent_count, CAST(SUM(COALESCE(e.need, 0)) AS BIGINT) AS absent_need
FROM (
  SELECT n.district, n.code, n.need, t.ballot
  FROM needs n
  JOIN entitlements t ON t.district = n.district
) e
LEFT JOIN (
  SELECT DISTINCT b.station, b.ballot
  FROM stage_rows b
  WHERE b.item = 'ballot' AND b.stage = ? AND b.station <> ''
) r ON r.station = e.code AND r.ballot = e.ballot
WHERE r.station IS NULL
GROUP BY e.district, e.ballot
ORDER BY e.district, e.ballot
