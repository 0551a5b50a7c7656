SELECT district, village, item, ballot, MIN(dapil) AS first_dapil, MAX(dapil) AS last_dapil, COUNT(*) AS dapil_count
FROM (
  SELECT DISTINCT district, SUBSTRING(station, 1, 13) AS village, item, ballot, dapil
  FROM stage_rows
  WHERE station <> '' AND dapil <> ''
) seen
GROUP BY district, village, item, ballot
HAVING COUNT(*) > 1
ORDER BY district, village, item, ballot
