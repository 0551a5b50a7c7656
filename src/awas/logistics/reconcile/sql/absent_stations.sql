SELECT e.district, e.code AS station, e.ballot, e.need
FROM (
  SELECT n.district, n.code, n.need, t.ballot
  FROM needs n
  JOIN entitlements t ON t.district = n.district
) e
JOIN (
  -- where nothing at all was recorded of a ballot the stage has not begun, and nobody is late
  SELECT DISTINCT b.district, b.ballot
  FROM stage_rows b
  WHERE b.item = 'ballot' AND b.stage = ? AND b.station <> ''
) begun ON begun.district = e.district AND begun.ballot = e.ballot
LEFT JOIN (
  SELECT DISTINCT b.station, b.ballot
  FROM stage_rows b
  WHERE b.item = 'ballot' AND b.stage = ? AND b.station <> ''
) r ON r.station = e.code AND r.ballot = e.ballot
WHERE r.station IS NULL AND (? = '' OR e.ballot = ?)
ORDER BY COALESCE(e.need, 0) DESC, e.code, e.ballot
LIMIT ?
