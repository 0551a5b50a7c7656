SELECT n.district, n.code AS station, a.ballot, n.need
FROM needs n
JOIN asked a ON a.district = n.district
WHERE NOT EXISTS (
  SELECT 1
  FROM stage_rows b
  WHERE b.station = n.code AND b.ballot = a.ballot AND b.item = 'ballot' AND b.stage = ?
)
  AND (? = '' OR a.ballot = ?)
ORDER BY COALESCE(n.need, 0) DESC, n.code, a.ballot
LIMIT ?
