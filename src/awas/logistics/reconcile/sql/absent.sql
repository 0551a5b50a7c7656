SELECT n.district, a.ballot, COUNT(*) AS absent_count, CAST(SUM(COALESCE(n.need, 0)) AS BIGINT) AS absent_need
FROM needs n
JOIN asked a ON a.district = n.district
WHERE NOT EXISTS (
  SELECT 1
  FROM stage_rows b
  WHERE b.station = n.code AND b.ballot = a.ballot AND b.item = 'ballot' AND b.stage = ?
)
GROUP BY n.district, a.ballot
ORDER BY n.district, a.ballot
