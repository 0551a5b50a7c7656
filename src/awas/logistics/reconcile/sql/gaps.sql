WITH likely AS (
  -- any number would do: the nearer it is to what a station's rows say, the fewer stations are looked at below
  SELECT station, item, MAX(passed) AS units
  FROM stage_rows
  WHERE stage = 'packing'
  GROUP BY station, item
),
uneven AS (
  -- Where all rows of a station took and passed on one and the same number, none differs from its neighbour: only the
  -- other stations are grouped, which spares the engine four million groups of a nation. Ballots, which are most rows,
  -- are joined by the station alone: engines look up one key through a file's dictionary, and two row by row.
  SELECT b.station
  FROM stage_rows b
  LEFT JOIN (SELECT station, units FROM likely WHERE item = 'ballot') l ON l.station = b.station
  WHERE b.item = 'ballot' AND b.station <> '' AND (l.units IS NULL OR b.taken <> l.units OR b.passed <> l.units)
  UNION
  SELECT b.station
  FROM stage_rows b
  LEFT JOIN likely l ON l.station = b.station AND l.item = b.item
  WHERE b.item <> 'ballot' AND b.station <> '' AND (l.units IS NULL OR b.taken <> l.units OR b.passed <> l.units)
),
stations_wide AS (
  -- one line a station and thing: NULL is a stage that has recorded nothing of it yet
  SELECT
    b.district,
    b.station,
    b.item,
    b.ballot,
    b.dapil,
    SUM(CASE WHEN b.stage = 'packing' THEN b.passed END) AS passed_0,
    SUM(CASE WHEN b.stage = 'to_kecamatan' THEN b.passed END) AS passed_1,
    SUM(CASE WHEN b.stage = 'to_kecamatan' THEN b.taken END) AS taken_1,
    SUM(CASE WHEN b.stage = 'to_village' THEN b.passed END) AS passed_2,
    SUM(CASE WHEN b.stage = 'to_village' THEN b.taken END) AS taken_2,
    SUM(CASE WHEN b.stage = 'to_station' THEN b.passed END) AS passed_3,
    SUM(CASE WHEN b.stage = 'to_station' THEN b.taken END) AS taken_3,
    SUM(CASE WHEN b.stage = 'return' THEN b.passed END) AS passed_4,
    SUM(CASE WHEN b.stage = 'return' THEN b.taken END) AS taken_4,
    SUM(CASE WHEN b.stage = 'recapitulation' THEN b.passed END) AS passed_5,
    SUM(CASE WHEN b.stage = 'recapitulation' THEN b.taken END) AS taken_5
  FROM stage_rows b
  JOIN uneven u ON u.station = b.station
  GROUP BY b.district, b.station, b.item, b.ballot, b.dapil
)
-- what a stage took, less what the nearest stage before it that recorded anything passed on
SELECT
  district,
  station,
  item,
  ballot,
  dapil,
  taken_1 - passed_0 AS gap_1,
  taken_2 - COALESCE(passed_1, passed_0) AS gap_2,
  taken_3 - COALESCE(passed_2, passed_1, passed_0) AS gap_3,
  taken_4 - COALESCE(passed_3, passed_2, passed_1, passed_0) AS gap_4,
  taken_5 - COALESCE(passed_4, passed_3, passed_2, passed_1, passed_0) AS gap_5
FROM stations_wide
